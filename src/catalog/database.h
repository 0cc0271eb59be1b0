// One SQLite connection: opening, statements, transactions, errors.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "catalog/statement.h"

struct sqlite3;

namespace spotisearch {

/// A connection to one database file, for one thread at a time. Knows nothing of music.
/// Statements borrow from it and must not outlive it, so it never moves.
class Database {
 public:
  enum class Access {
    kReadWrite,  ///< creates the file when it is missing
    kReadOnly,
    kImmutable,  ///< no locks, no side files: for a file that nobody can be writing to
  };

  /// How long a second writer waits before kUnavailable.
  static constexpr std::chrono::milliseconds kBusyTimeout{5000};

  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Access access);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// A statement from the pool. `sql` must be a fixed text: every distinct one is kept prepared.
  Statement prepare(std::string_view sql);

  /// A statement that is dropped after use, for SQL put together at run time.
  Statement prepare_once(std::string_view sql);

  /// Runs one or more statements without parameters or results.
  Status execute(const std::string& sql);

  /// The first column of the first row as a number; 0 when there is no row.
  Result<std::int64_t> number(std::string_view sql);

  std::int64_t last_row() const;
  bool in_transaction() const;
  void set_busy_timeout(std::chrono::milliseconds timeout);

  /// Whether closing the last connection may write the log back into the file (it does unless told
  /// otherwise). Off while a file may turn out not to be ours.
  void set_checkpoint_on_close(bool on);

  /// The error of the last call that returned `code`, in our terms and with advice.
  Error error(int code) const;

 private:
  friend class Statement;
  Database(sqlite3* handle, std::string name) : handle_(handle), name_(std::move(name)) {}
  sqlite3_stmt* compile(std::string_view sql, bool lasting, int& code);
  void give_back(std::string_view pool_key, sqlite3_stmt* statement);

  sqlite3* handle_;
  std::string name_;  ///< The file, for messages.
  /// Prepared statements that nobody holds. A statement in use is absent, so that a visitor may
  /// run the same query again inside its own.
  std::unordered_map<std::string_view, std::vector<sqlite3_stmt*>> pool_;
  std::vector<std::unique_ptr<std::string>> pool_keys_;
};

}  // namespace spotisearch

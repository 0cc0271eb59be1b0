// One prepared SQL statement: bind, step, read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3_stmt;

namespace spotisearch {

class Database;

/// A statement lent by its Database, given back (and reset) on destruction. Parameters are bound in
/// the order of the calls. A failure to prepare or to bind is kept and reported by step(), so that
/// a chain of calls needs one check. Bound text is borrowed until the next reset() or destruction.
class Statement {
 public:
  Statement(Database& database, std::string_view pool_key, sqlite3_stmt* handle);
  Statement(Database& database, Error error);
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind_integer(std::int64_t value);
  Statement& bind_real(double value);
  Statement& bind_text(std::string_view value);
  Statement& bind_text(std::string&&) = delete;  // would dangle
  Statement& bind_null();

  /// Runs to the next row; false when there is none. Columns are then read from the first again.
  Result<bool> step();

  /// Runs to the end and resets; for statements that return nothing of interest.
  Status run();

  /// Makes the statement ready to be bound and stepped anew.
  void reset();

  /// Column values of the current row, left to right; NULL reads as 0, 0.0 and "".
  std::int64_t read_integer();
  double read_real();
  std::string read_text();
  bool next_is_null() const;

 private:
  void note(int code);

  Database* database_;
  std::string_view pool_key_;  ///< Owned by the pool; empty for a statement that is not pooled.
  sqlite3_stmt* handle_ = nullptr;
  std::optional<Error> error_;
  int next_parameter_ = 1;
  int next_column_ = 0;
};

}  // namespace spotisearch

#include "catalog/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "catalog/keyword_rank.h"

namespace spotisearch {
namespace {

/// A `file:` URI of the path, in which SQLite finds no options but ours.
std::string immutable_uri(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '?' || c == '#' || c == '%') {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

int open_flags(Database::Access access) {
  // One thread at a time uses a connection, so SQLite's own mutexes would be pure cost.
  constexpr int kAlways = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (access) {
    case Database::Access::kReadWrite:
      return kAlways | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Database::Access::kReadOnly:
      return kAlways | SQLITE_OPEN_READONLY;
    case Database::Access::kImmutable:
      return kAlways | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  }
  return kAlways;
}

Error translate(int code, const std::string& name, std::string_view message) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {
          ErrorCode::kUnavailable,
          fmt::format("{}: another process is writing to the library; try again when it is done",
                      name)};
    case SQLITE_NOTADB:
      return {ErrorCode::kCorrupt,
              fmt::format("{}: this file is no database; move it away or choose another library "
                          "folder",
                          name)};
    case SQLITE_CORRUPT:
      return {ErrorCode::kCorrupt,
              fmt::format("{}: the database is damaged ({}); restore a copy, or import anew into "
                          "another folder",
                          name, message)};
    case SQLITE_READONLY:
      return {ErrorCode::kIo,
              fmt::format("{}: cannot be written ({}); check the permissions of the library folder",
                          name, message)};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::kIo,
              fmt::format("{}: cannot be opened ({}); check that the library folder exists and its "
                          "permissions",
                          name, message)};
    case SQLITE_IOERR:
      return {ErrorCode::kIo, fmt::format("{}: reading or writing failed ({})", name, message)};
    case SQLITE_FULL:
      return {ErrorCode::kResourceExhausted,
              fmt::format("{}: the disk is full; nothing was changed", name)};
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
      return {ErrorCode::kResourceExhausted, fmt::format("{}: {}", name, message)};
    default:
      return {ErrorCode::kInternal, fmt::format("{}: {} (SQLite code {})", name, message, code)};
  }
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Access access) {
  const std::string name = file.string();
  const std::string target = access == Access::kImmutable ? immutable_uri(file) : name;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(target.c_str(), &handle, open_flags(access), nullptr);
  if (code != SQLITE_OK) {
    const Error error = translate(code, name, handle ? sqlite3_errmsg(handle) : "out of memory");
    sqlite3_close_v2(handle);
    return tl::unexpected<Error>(error);
  }
  std::unique_ptr<Database> database(new Database(handle, name));
  database->set_busy_timeout(kBusyTimeout);
  SPOTISEARCH_TRY(register_keyword_rank(handle));
  return database;
}

Database::~Database() {
  for (auto& [sql, statements] : pool_) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
  sqlite3_close_v2(handle_);
}

sqlite3_stmt* Database::compile(std::string_view sql, bool lasting, int& code) {
  sqlite3_stmt* statement = nullptr;
  code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                            lasting ? SQLITE_PREPARE_PERSISTENT : 0, &statement, nullptr);
  return statement;
}

Statement Database::prepare(std::string_view sql) {
  auto found = pool_.find(sql);
  if (found == pool_.end()) {
    pool_keys_.push_back(std::make_unique<std::string>(sql));
    found = pool_.emplace(*pool_keys_.back(), std::vector<sqlite3_stmt*>()).first;
  }
  std::vector<sqlite3_stmt*>& idle = found->second;
  if (!idle.empty()) {
    sqlite3_stmt* statement = idle.back();
    idle.pop_back();
    return Statement(*this, found->first, statement);
  }
  int code = SQLITE_OK;
  sqlite3_stmt* statement = compile(sql, true, code);
  if (statement == nullptr) return Statement(*this, error(code));
  return Statement(*this, found->first, statement);
}

Statement Database::prepare_once(std::string_view sql) {
  int code = SQLITE_OK;
  sqlite3_stmt* statement = compile(sql, false, code);
  if (statement == nullptr) return Statement(*this, error(code));
  return Statement(*this, {}, statement);
}

void Database::give_back(std::string_view pool_key, sqlite3_stmt* statement) {
  if (pool_key.empty()) {
    sqlite3_finalize(statement);
    return;
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  pool_.at(pool_key).push_back(statement);
}

Status Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected<Error>(error(code));
  return {};
}

Result<std::int64_t> Database::number(std::string_view sql) {
  Statement statement = prepare_once(sql);
  const Result<bool> row = statement.step();
  if (!row) return tl::unexpected<Error>(row.error());
  return *row ? statement.read_integer() : 0;
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void Database::set_busy_timeout(std::chrono::milliseconds timeout) {
  sqlite3_busy_timeout(handle_, static_cast<int>(timeout.count()));
}

void Database::set_checkpoint_on_close(bool on) {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on ? 0 : 1, nullptr);
}

Error Database::error(int code) const { return translate(code, name_, sqlite3_errmsg(handle_)); }

}  // namespace spotisearch

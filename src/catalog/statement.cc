#include "catalog/statement.h"

#include <sqlite3.h>

#include <utility>

#include "catalog/database.h"

namespace spotisearch {

Statement::Statement(Database& database, std::string_view pool_key, sqlite3_stmt* handle)
    : database_(&database), pool_key_(pool_key), handle_(handle) {}

Statement::Statement(Database& database, Error error)
    : database_(&database), error_(std::move(error)) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      pool_key_(other.pool_key_),
      handle_(std::exchange(other.handle_, nullptr)),
      error_(std::move(other.error_)),
      next_parameter_(other.next_parameter_),
      next_column_(other.next_column_) {}

Statement::~Statement() {
  if (handle_ != nullptr) database_->give_back(pool_key_, handle_);
}

void Statement::note(int code) {
  if (code != SQLITE_OK && !error_) error_ = database_->error(code);
}

Statement& Statement::bind_integer(std::int64_t value) {
  if (handle_ != nullptr) note(sqlite3_bind_int64(handle_, next_parameter_++, value));
  return *this;
}

Statement& Statement::bind_real(double value) {
  if (handle_ != nullptr) note(sqlite3_bind_double(handle_, next_parameter_++, value));
  return *this;
}

Statement& Statement::bind_text(std::string_view value) {
  if (handle_ == nullptr) return *this;
  const char* data = value.data() == nullptr ? "" : value.data();  // a null pointer would be NULL
  note(sqlite3_bind_text64(handle_, next_parameter_++, data, value.size(), SQLITE_STATIC,
                           SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_null() {
  if (handle_ != nullptr) note(sqlite3_bind_null(handle_, next_parameter_++));
  return *this;
}

Result<bool> Statement::step() {
  if (error_) return tl::unexpected<Error>(*error_);
  next_column_ = 0;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return tl::unexpected<Error>(database_->error(code));
}

Status Statement::run() {
  for (;;) {
    const Result<bool> more = step();
    if (!more || !*more) {
      reset();
      return more ? Status{} : Status(tl::unexpected<Error>(more.error()));
    }
  }
}

void Statement::reset() {
  if (handle_ == nullptr) return;
  sqlite3_reset(handle_);  // repeats the error of the last step, which was reported there
  sqlite3_clear_bindings(handle_);
  next_parameter_ = 1;
}

std::int64_t Statement::read_integer() { return sqlite3_column_int64(handle_, next_column_++); }

double Statement::read_real() { return sqlite3_column_double(handle_, next_column_++); }

std::string Statement::read_text() {
  const int column = next_column_++;
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Statement::next_is_null() const {
  return sqlite3_column_type(handle_, next_column_) == SQLITE_NULL;
}

}  // namespace spotisearch

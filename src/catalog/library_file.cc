#include "catalog/library_file.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "catalog/schema.h"

namespace spotisearch {
namespace {

// synchronous=NORMAL never damages a database in WAL mode. A power cut may lose the last committed
// transaction whole; an import is one transaction, so such an import is simply run again, and
// nothing is paid for a sync per commit.
constexpr const char* kWriterPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -131072; PRAGMA journal_size_limit = 67108864";
constexpr const char* kReaderPragmas =
    "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768";

Status prepare_writer(Database& database) {
  // Until the file is known to be ours, nothing of it may change, not even by tidying up its log.
  database.set_checkpoint_on_close(false);
  SPOTISEARCH_TRY(check_schema(database, true));
  // The tables come before WAL mode: the file's first commit then carries our mark in the file
  // itself, not in a log beside it.
  SPOTISEARCH_TRY(migrate_schema(database));
  SPOTISEARCH_TRY(database.execute(kWriterPragmas));
  database.set_checkpoint_on_close(true);
  return {};
}

Result<std::unique_ptr<Database>> open_checked(const std::filesystem::path& file,
                                               Database::Access access) {
  Result<std::unique_ptr<Database>> database = Database::open(file, access);
  SPOTISEARCH_TRY(database);
  SPOTISEARCH_TRY(check_schema(**database, false));
  SPOTISEARCH_TRY((*database)->execute(kReaderPragmas));
  return database;
}

bool has_unwritten_log(std::filesystem::path file) {
  file += "-wal";
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return !error && size > 0;
}

}  // namespace

Result<std::unique_ptr<Database>> open_library(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::kIo, fmt::format("{}: the library folder cannot be made ({})",
                                            folder.string(), error.message()));
  }
  Result<std::unique_ptr<Database>> database =
      Database::open(folder / kLibraryFileName, Database::Access::kReadWrite);
  SPOTISEARCH_TRY(database);
  if (Status ready = prepare_writer(**database); !ready) {
    return fail(folder.string() + ": ", std::move(ready).error());
  }
  return database;
}

Result<std::unique_ptr<Database>> open_library_read_only(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / kLibraryFileName;
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return fail(ErrorCode::kNotFound,
                fmt::format("no library in {}; import something into it first", folder.string()));
  }
  Result<std::unique_ptr<Database>> database = open_checked(file, Database::Access::kReadOnly);
  if (!database && database.error().code == ErrorCode::kIo) {
    if (has_unwritten_log(file)) {
      return fail(ErrorCode::kIo,
                  fmt::format("{}: the library was not closed cleanly, and its folder cannot be "
                              "written; open it once where it can be",
                              folder.string()));
    }
    database = open_checked(file, Database::Access::kImmutable);
  }
  if (!database) return fail(folder.string() + ": ", std::move(database).error());
  return database;
}

}  // namespace spotisearch

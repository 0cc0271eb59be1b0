// What a library remembers of itself: settings, imported files, generation, counts.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/database.h"

namespace spotisearch {

/// Borrows the database. Writes REQUIRE an open transaction.
class LibraryLog {
 public:
  explicit LibraryLog(Database& database) : database_(&database) {}

  Result<std::string> setting(std::string_view name);
  Status set_setting(std::string_view name, std::string_view value);

  Result<bool> was_imported(std::string_view content_hash);
  Status record_import(std::string_view content_hash, std::string_view file_name,
                       std::string_view format);

  Result<std::int64_t> generation();
  Status raise_generation();

  Result<CatalogCounts> counts();

 private:
  Database* database_;
};

}  // namespace spotisearch

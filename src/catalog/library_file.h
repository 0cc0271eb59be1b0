// Finding, checking and opening library.db.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "catalog/database.h"

namespace spotisearch {

inline constexpr const char* kLibraryFileName = "library.db";

/// See Catalog::open().
Result<std::unique_ptr<Database>> open_library(const std::filesystem::path& folder);

/// See Catalog::open_read_only(). In a folder that cannot be written, SQLite cannot place the side
/// files of its log, so a library that was closed cleanly is then read as immutable.
Result<std::unique_ptr<Database>> open_library_read_only(const std::filesystem::path& folder);

}  // namespace spotisearch

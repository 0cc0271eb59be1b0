// Files to catalogue: the import driver.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "catalog/catalog.h"
#include "ingest/import_report.h"

namespace spotisearch {

/// How far an import is; bytes and rows are over all files.
struct ImportProgress {
  std::string_view file;  ///< The one being read; valid during the call.
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_total = 0;
  std::int64_t rows = 0;
};

struct ImportOptions {
  /// A format's name, or "auto": each file's header decides. Set it for a file with unusual
  /// columns.
  std::string format = "auto";

  /// Whether tracks get a playlist named after their file ("bath_time_.csv" -> "bath time").
  /// Unset: yes for untouched single-playlist exports of exportify.net (they tell when each song
  /// was added) whose name is not one of a whole library, such as liked_songs.csv.
  std::optional<bool> playlist_from_file_name;

  /// Called now and then from the importing thread, and at the end of each file.
  std::function<void(const ImportProgress&)> progress;
};

/// Imports files, and the *.csv files in and under folders, one transaction per file: after a crash
/// a file is wholly in or wholly out. A file that fails does not stop the others; its error is in
/// the report (see ImportReport::status()). A file whose content was imported before in the same
/// way is skipped. Albums are made from the tracks at the end. Fails itself only when `paths` is
/// empty, or when the catalogue cannot make the albums; then the files are in all the same.
Result<ImportReport> import_files(Catalog& catalog, std::span<const std::filesystem::path> paths,
                                  const ImportOptions& options = {});

}  // namespace spotisearch

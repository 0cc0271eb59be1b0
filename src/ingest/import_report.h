// What an import did, file by file and in total, and that as text for a terminal.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "music/audio_features.h"

namespace spotisearch {

/// Rows of one file or of all.
struct ImportCounts {
  std::int64_t read = 0;       ///< Rows with anything in them; the sum of the next four.
  std::int64_t added = 0;      ///< Stored for the first time.
  std::int64_t updated = 0;    ///< Known before, and something was learned.
  std::int64_t duplicate = 0;  ///< Known before with all of this.
  std::int64_t rejected = 0;   ///< Not usable; see RowNote.
  std::int64_t warnings = 0;   ///< Values left out because they could not be understood.
  std::int64_t tracks = 0;     ///< Of the rows not rejected, those that are tracks.
  std::int64_t albums = 0;     ///< And those that are albums.
  std::array<std::int64_t, kFeatureCount> per_feature{};  ///< Of `tracks`, those that have it.

  ImportCounts& operator+=(const ImportCounts& other);
};

/// A rejected row or a value left out.
struct RowNote {
  std::string file;
  std::size_t line = 0;
  std::string column;  ///< The column's name; empty when it is about the whole row.
  std::string reason;
};

struct FileReport {
  std::string file;
  std::string format;             ///< The importer's name; empty when none was found.
  std::string playlist;           ///< The playlist the file was taken for, if any.
  ImportCounts counts;            ///< All zero when the file failed or was skipped.
  bool already_imported = false;  ///< The same content was imported before; nothing was done.
  std::optional<Error> error;     ///< Nothing of the file was kept.
};

/// What import_files() answers; a default one is an import of nothing.
struct ImportReport {
  static constexpr std::size_t kNotesKept = 1000;

  std::vector<FileReport> files;
  ImportCounts total;
  std::vector<RowNote> rejected;  ///< The first kNotesKept; total.rejected is exact.
  std::vector<RowNote> warnings;  ///< The first kNotesKept; total.warnings is exact.

  /// Success, or, where a file failed, the first one's error with the number of files that did.
  Status status() const;
};

/// A few short lines: totals, feature coverage, failed files, the first ten rejected rows. Ends
/// with a line end.
std::string format_report(const ImportReport& report);

}  // namespace spotisearch

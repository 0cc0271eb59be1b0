// One importer per format: recognises its header and turns rows into tracks or albums.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "base/result.h"
#include "csv/csv_record.h"
#include "ingest/row_cells.h"
#include "music/album.h"
#include "music/track.h"

namespace spotisearch {

using ImportedItem = std::variant<Track, Album>;

/// What a row held, and what in it could not be understood and was left out.
struct ImportedRow {
  ImportedItem item;
  std::vector<RowProblem> warnings;
};

/// Reads the rows of one file at a time. One thread.
class Importer {
 public:
  virtual ~Importer() = default;

  /// What --format takes: "exportify", "exportify-app", "kaggle", "top-hits", "albums", "generic".
  virtual std::string_view name() const = 0;

  /// How sure this importer is that the header is its own: 0 (cannot read it) to 1.
  virtual double recognise(std::span<const std::string> header) const = 0;

  /// Starts a file: finds its columns. kInvalidArgument when a needed one is missing.
  virtual Status begin(std::span<const std::string> header) = 0;

  /// Looks at a row before reading begins, to learn how the file joins artists. A few hundred rows
  /// from its start are enough; none is fine.
  virtual void observe(const CsvRecord& record) = 0;

  /// The item of a row. A row that cannot be used is a problem with its column and reason.
  /// REQUIRES: begin() succeeded.
  virtual tl::expected<ImportedRow, RowProblem> read(const CsvRecord& record) const = 0;
};

/// One of each.
std::vector<std::unique_ptr<Importer>> all_importers();

/// The surest importer for `header`, or the one called `format` where that is neither empty nor
/// "auto", begun. kInvalidArgument names the columns found and those that are needed, or the
/// formats there are.
Result<std::unique_ptr<Importer>> importer_for(std::span<const std::string> header,
                                               std::string_view format);

}  // namespace spotisearch

#include "ingest/importer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "ingest/cell_values.h"
#include "ingest/import_format.h"
#include "ingest/item_rows.h"

namespace spotisearch {
namespace {

constexpr std::size_t kColumnsShown = 40;

/// Every format differs by its rows in the table alone.
class TableImporter : public Importer {
 public:
  explicit TableImporter(std::span<const ImportFormat> rows) : rows_(rows), format_(rows.front()) {}

  std::string_view name() const override { return rows_.front().name; }

  double recognise(std::span<const std::string> header) const override {
    return confidence(best_row(header), header);
  }

  Status begin(std::span<const std::string> header) override {
    format_ = best_row(header);
    columns_ = ColumnMap(header, aliases_of(format_.kind));
    if (!columns_.has(Column::kTitle)) {
      return fail(
          ErrorCode::kInvalidArgument,
          fmt::format("format {} needs a title column; found: {}", name(),
                      fmt::join(header.first(std::min(header.size(), kColumnsShown)), ", ")));
    }
    return {};
  }

  void observe(const CsvRecord& record) override {
    // exportify.net changed from "," to ";", and collections hold files of both kinds joined, so
    // there each cell speaks for itself. Elsewhere one ';' shows that commas belong to names.
    if (format_.artists != ArtistStyle::kSpacedComma) return;
    for (const std::size_t index : columns_.indices(Column::kArtists)) {
      if (index < record.fields.size() &&
          record.fields[index].find(';') != std::string_view::npos) {
        format_.artists = ArtistStyle::kSemicolon;
      }
    }
  }

  tl::expected<ImportedRow, RowProblem> read(const CsvRecord& record) const override {
    ImportedRow row;
    if (auto problem = check_width(record, row.warnings))
      return tl::unexpected(*std::move(problem));
    RowCells cells(record, columns_, row.warnings);
    if (format_.kind == ItemKind::kTrack) {
      auto track = read_track(cells, format_.artists);
      if (!track) return tl::unexpected(std::move(track).error());
      row.item = *std::move(track);
    } else {
      auto album = read_album(cells, format_.artists);
      if (!album) return tl::unexpected(std::move(album).error());
      row.item = *std::move(album);
    }
    return row;
  }

 private:
  const ImportFormat& best_row(std::span<const std::string> header) const {
    return *std::max_element(rows_.begin(), rows_.end(),
                             [&](const ImportFormat& a, const ImportFormat& b) {
                               return confidence(a, header) < confidence(b, header);
                             });
  }

  /// A row wider than its header has slipped: no cell of it can be trusted. A row that lacks just
  /// the twelve features is one whose features could not be fetched.
  std::optional<RowProblem> check_width(const CsvRecord& record,
                                        std::vector<RowProblem>& warnings) const {
    const auto& fields = record.fields;
    const std::size_t width = columns_.size();
    if (fields.size() > width &&
        std::any_of(fields.begin() + static_cast<std::ptrdiff_t>(width), fields.end(),
                    [](std::string_view cell) { return !trimmed_cell(cell).empty(); })) {
      return RowProblem{"", fmt::format("{} cells where the header has {}; a quote or separator "
                                        "inside a cell is not marked as such",
                                        fields.size(), width)};
    }
    const bool only_features_missing =
        fields.size() + kFeatureCount == width && columns_.ends_with_features();
    if (fields.size() < width && !only_features_missing) {
      warnings.push_back(
          {"", fmt::format("the row ends after {} of {} columns", fields.size(), width)});
    }
    return std::nullopt;
  }

  std::span<const ImportFormat> rows_;
  ImportFormat format_;
  ColumnMap columns_;
};

tl::unexpected<Error> not_recognised(std::span<const std::string> header) {
  const auto shown = header.first(std::min(header.size(), kColumnsShown));
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("the columns are not those of a song or album file; found: {}. Songs "
                          "need a title (Track Name, title, song, name) and an artist (Artist "
                          "Name(s), artist, artists) or a Spotify id; albums need title and artist "
                          "and one of album_id, descriptors, review, release_type",
                          fmt::join(shown, ", ")));
}

}  // namespace

std::vector<std::unique_ptr<Importer>> all_importers() {
  std::vector<std::unique_ptr<Importer>> importers;
  const auto formats = import_formats();
  for (std::size_t begin = 0; begin < formats.size();) {
    std::size_t end = begin + 1;
    while (end < formats.size() && formats[end].name == formats[begin].name) ++end;
    importers.push_back(std::make_unique<TableImporter>(formats.subspan(begin, end - begin)));
    begin = end;
  }
  return importers;
}

Result<std::unique_ptr<Importer>> importer_for(std::span<const std::string> header,
                                               std::string_view format) {
  const bool automatic = format.empty() || format == "auto";
  std::unique_ptr<Importer> best;
  double best_confidence = 0.0;
  for (auto& importer : all_importers()) {
    if (!automatic) {
      if (importer->name() == format) best = std::move(importer);
      continue;
    }
    const double sure = importer->recognise(header);
    if (sure > best_confidence) {
      best_confidence = sure;
      best = std::move(importer);
    }
  }
  if (!best && automatic) return not_recognised(header);
  if (!best) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("there is no format '{}'; there are: {}",
                                                         format, import_format_names()));
  }
  SPOTISEARCH_TRY(best->begin(header));
  return best;
}

}  // namespace spotisearch

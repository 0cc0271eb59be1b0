#include "ingest/file_import.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "ingest/cell_values.h"
#include "ingest/import_paths.h"
#include "ingest/list_cell.h"

namespace spotisearch {
namespace {

constexpr std::size_t kRowsObserved = 500;
constexpr std::int64_t kRowsPerAdvance = 500;

void keep(std::vector<RowNote>& notes, RowNote note) {
  if (notes.size() < ImportReport::kNotesKept) notes.push_back(std::move(note));
}

/// Spreadsheets leave rows of empty cells behind.
bool is_blank(const CsvRecord& record) {
  return std::all_of(record.fields.begin(), record.fields.end(),
                     [](std::string_view cell) { return trimmed_cell(cell).empty(); });
}

/// An export that nobody rewrote still says when each song was added to the playlist.
bool is_single_playlist_export(std::string_view format, std::span<const std::string> header) {
  return format == "exportify" && std::any_of(header.begin(), header.end(), [](const auto& name) {
           return column_key(name) == "addedat";
         });
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

FileImport::FileImport(Catalog& catalog, const std::filesystem::path& path,
                       const ImportOptions& options, const Advance& advance)
    : catalog_(catalog), path_(path), options_(options), advance_(advance) {
  report.file = path.string();
}

void FileImport::run() {
  if (Status status = import(); !status) {
    report.error = std::move(status).error();
    report.counts = {};
    rejected.clear();
    warnings.clear();
  }
}

Status FileImport::import() {
  const auto file = MappedFile::open(path_);
  if (!file) return tl::unexpected<Error>(file.error());
  const std::string_view bytes = text_of(file->bytes());
  SPOTISEARCH_TRY(choose_importer(bytes));
  const std::string hash = content_hash(bytes);
  const auto known = catalog_.was_imported(hash);
  if (!known) return tl::unexpected<Error>(known.error());
  if (*known) {
    report.already_imported = true;
    return {};
  }
  return catalog_.transaction([&]() -> Status {
    SPOTISEARCH_TRY(read_rows(bytes));
    return catalog_.record_import(hash, report.file, report.format);
  });
}

/// By the header, and by a look at the first rows.
Status FileImport::choose_importer(std::string_view bytes) {
  CsvReader reader(bytes);
  const auto header = reader.read_header();
  if (!header) return tl::unexpected<Error>(header.error());
  auto importer = importer_for(*header, options_.format);
  if (!importer) return tl::unexpected<Error>(std::move(importer).error());
  importer_ = *std::move(importer);
  report.format = importer_->name();
  if (options_.playlist_from_file_name.value_or(
          is_single_playlist_export(report.format, *header))) {
    report.playlist = playlist_of_file(path_);
  }
  for (std::size_t i = 0; i < kRowsObserved; ++i) {
    const auto record = reader.next();
    if (record && !*record) break;
    if (record) importer_->observe(**record);
  }
  return {};
}

Status FileImport::read_rows(std::string_view bytes) {
  CsvReader reader(bytes);
  SPOTISEARCH_TRY(reader.read_header());
  for (;;) {
    const auto record = reader.next();
    if (record && !*record) break;
    if (!record) {
      ++report.counts.read;
      reject(reader.line(), "", record.error().message);
    } else if (!is_blank(**record)) {
      ++report.counts.read;
      SPOTISEARCH_TRY(read_row(**record));
    }
    if (report.counts.read % kRowsPerAdvance == 0) {
      advance_(std::min<std::uint64_t>(reader.bytes_read(), bytes.size()), report.counts.read);
    }
  }
  return {};
}

Status FileImport::read_row(const CsvRecord& record) {
  auto row = importer_->read(record);
  if (!row) {
    reject(record.line, std::move(row.error().column), std::move(row.error().reason));
    return {};
  }
  for (RowProblem& problem : row->warnings) {
    ++report.counts.warnings;
    keep(warnings,
         {report.file, record.line, std::move(problem.column), std::move(problem.reason)});
  }
  return store(row->item);
}

Status FileImport::store(ImportedItem& item) {
  Result<UpsertOutcome> outcome = UpsertOutcome::kUnchanged;
  ImportCounts& counts = report.counts;
  if (Track* const track = std::get_if<Track>(&item)) {
    add_unique(track->playlists, report.playlist);
    ++counts.tracks;
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      if (track->features.has(static_cast<Feature>(i))) ++counts.per_feature[i];
    }
    outcome = catalog_.upsert_track(*track);
  } else {
    ++counts.albums;
    outcome = catalog_.upsert_album(std::get<Album>(item));
  }
  if (!outcome) return tl::unexpected<Error>(std::move(outcome).error());
  switch (*outcome) {
    case UpsertOutcome::kNew:
      ++counts.added;
      break;
    case UpsertOutcome::kUpdated:
      ++counts.updated;
      break;
    case UpsertOutcome::kUnchanged:
      ++counts.duplicate;
      break;
  }
  return {};
}

void FileImport::reject(std::size_t line, std::string column, std::string reason) {
  ++report.counts.rejected;
  keep(rejected, {report.file, line, std::move(column), std::move(reason)});
}

/// The same bytes read as another format, or for another playlist, are another import.
std::string FileImport::content_hash(std::string_view bytes) const {
  return to_hex(stable_hash(bytes)) + '-' + std::to_string(bytes.size()) + '-' + report.format +
         '-' + to_hex(stable_hash(report.playlist));
}

}  // namespace spotisearch

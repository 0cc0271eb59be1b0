#include "knowledge/own_knowledge.h"

#include <fmt/format.h>

#include <array>
#include <sstream>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "base/file_lock.h"
#include "base/mapped_file.h"
#include "csv/csv_writer.h"
#include "knowledge/knowledge_csv.h"
#include "knowledge/name_key.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

fs::path own_folder(const fs::path& library) { return library / "knowledge"; }
fs::path genres_path(const fs::path& library) { return own_folder(library) / "genres.csv"; }
fs::path artists_path(const fs::path& library) { return own_folder(library) / "artists.csv"; }

/// Held while the own rows are read and written again.
Result<FileLock> lock_own_rows(const fs::path& library) {
  return FileLock::acquire(own_folder(library) / "LOCK");
}

/// The own rows kept so far; a file that is not there has none.
Result<KnowledgeRows> kept_rows(const fs::path& library) {
  KnowledgeRows rows;
  for (const fs::path& path : {genres_path(library), artists_path(library)}) {
    const auto bytes = read_file(path);
    if (!bytes && bytes.error().code == ErrorCode::kNotFound) continue;
    if (!bytes) return tl::unexpected(bytes.error());
    KnowledgeCsv csv = read_knowledge_csv(*bytes, path.string());
    if (!csv.faults.empty()) {
      return fail(ErrorCode::kCorrupt,
                  fmt::format("{}; mend that line, or remove the file", csv.faults.front()));
    }
    if (!csv.rows.genres.empty()) rows.genres = std::move(csv.rows.genres);
    if (!csv.rows.artists.empty()) rows.artists = std::move(csv.rows.artists);
  }
  return rows;
}

/// Puts `fresh` behind `rows`, in place of those of the same name.
template <class Row, class Key>
void replace_rows(std::vector<Row>& rows, std::vector<Row> fresh, Key key) {
  std::unordered_set<std::string> names;
  for (const Row& row : fresh) names.insert(key(row.name));
  std::erase_if(rows, [&](const Row& row) { return names.contains(key(row.name)); });
  for (Row& row : fresh) rows.push_back(std::move(row));
}

/// Which of two rows has an alias does not matter; but a file with both could not be read again.
template <class Row, class Key>
void drop_repeated_aliases(std::vector<Row>& rows, Key key) {
  std::unordered_set<std::string> names;
  for (const Row& row : rows) names.insert(key(row.name));
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    std::erase_if(row->aliases,
                  [&](const std::string& alias) { return !names.insert(key(alias)).second; });
  }
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ";") + item;
  return text;
}

std::string as_csv(std::span<const GenreRow> rows) {
  std::ostringstream out;
  out << kGenreColumns << '\n';
  CsvWriter writer(out);
  for (const GenreRow& row : rows) {
    writer.write(std::array<std::string, 9>{
        row.name, joined(row.aliases), joined(row.parents), row.family, joined(row.regions),
        row.era, row.description, joined(row.moods), joined(row.scenes)});
  }
  return std::move(out).str();
}

std::string as_csv(std::span<const ArtistRow> rows) {
  std::ostringstream out;
  out << kArtistColumns << '\n';
  CsvWriter writer(out);
  for (const ArtistRow& row : rows) {
    writer.write(std::array<std::string, 9>{
        row.name, joined(row.aliases), joined(row.genres), row.active, joined(row.countries),
        joined(row.languages), joined(row.voices), joined(row.moods), row.description});
  }
  return std::move(out).str();
}

}  // namespace

Result<Knowledge> knowledge_of_library(const Knowledge& shipped, const fs::path& folder) {
  auto rows = kept_rows(folder);
  SPOTISEARCH_TRY(rows);
  if (rows->genres.empty() && rows->artists.empty()) return shipped;
  auto own = KnowledgeFile::parse(make_knowledge_file(*rows));
  SPOTISEARCH_TRY(own);
  return shipped.with_own(std::move(*own));
}

Result<OwnKnowledgeReport> add_own_knowledge(const fs::path& folder,
                                             std::span<const fs::path> files) {
  OwnKnowledgeReport report;
  auto lock = lock_own_rows(folder);
  if (!lock) return tl::unexpected(std::move(lock).error());
  auto rows = kept_rows(folder);
  SPOTISEARCH_TRY(rows);
  const auto key_of_genre = [](const std::string& name) { return genre_key(name); };
  const auto key_of_artist = [](const std::string& name) { return artist_key(name); };
  for (const fs::path& file : files) {
    const auto bytes = read_file(file);
    if (!bytes) return tl::unexpected(bytes.error());
    KnowledgeCsv csv = read_knowledge_csv(*bytes, file.string());
    report.faults.insert(report.faults.end(), csv.faults.begin(), csv.faults.end());
    replace_rows(rows->genres, std::move(csv.rows.genres), key_of_genre);
    replace_rows(rows->artists, std::move(csv.rows.artists), key_of_artist);
  }
  if (!report.faults.empty()) return report;
  drop_repeated_aliases(rows->genres, key_of_genre);
  drop_repeated_aliases(rows->artists, key_of_artist);
  report.genres = rows->genres.size();
  report.artists = rows->artists.size();
  SPOTISEARCH_TRY(write_file_atomically(genres_path(folder), as_csv(rows->genres)));
  SPOTISEARCH_TRY(write_file_atomically(artists_path(folder), as_csv(rows->artists)));
  return report;
}

Result<std::size_t> forget_own_knowledge(const fs::path& folder) {
  std::size_t forgotten = 0;
  std::error_code error;
  if (!fs::exists(own_folder(folder), error)) return forgotten;
  auto lock = lock_own_rows(folder);
  if (!lock) return tl::unexpected(std::move(lock).error());
  for (const fs::path& path : {genres_path(folder), artists_path(folder)}) {
    if (const auto bytes = read_file(path)) {
      const KnowledgeRows rows = read_knowledge_csv(*bytes, "").rows;
      forgotten += rows.genres.size() + rows.artists.size();
    }
    if (fs::remove(path, error); error) {
      return fail(ErrorCode::kIo,
                  fmt::format("cannot remove {}: {}", path.string(), error.message()));
    }
  }
  return forgotten;
}

}  // namespace spotisearch

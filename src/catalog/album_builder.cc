#include "catalog/album_builder.h"

#include <algorithm>
#include <utility>

#include "catalog/album_grouping.h"
#include "catalog/feature_columns.h"
#include "catalog/match_key.h"
#include "catalog/string_list.h"

namespace spotisearch {
namespace {

constexpr std::string_view kTracksOfTitle =
    "SELECT year, " SPOTISEARCH_FEATURE_COLUMNS
    ", artists, album, release_date, genres FROM tracks WHERE album_hash = ? ORDER BY row";

Result<std::vector<std::uint64_t>> dirty_titles(Database& database) {
  std::vector<std::uint64_t> hashes;
  Statement statement = database.prepare("SELECT title_hash FROM dirty_album_titles");
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return hashes;
    hashes.push_back(static_cast<std::uint64_t>(statement.read_integer()));
  }
}

Result<std::vector<AlbumTrack>> tracks_of_title(Database& database, std::uint64_t title_hash) {
  std::vector<AlbumTrack> tracks;
  Statement statement = database.prepare(kTracksOfTitle);
  statement.bind_integer(static_cast<std::int64_t>(title_hash));
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return tracks;
    AlbumTrack& track = tracks.emplace_back();
    track.year = static_cast<int>(statement.read_integer());
    track.features = read_features(statement);
    std::vector<std::string> artists = split_list(statement.read_text());
    if (!artists.empty()) track.first_artist = std::move(artists.front());
    track.album = statement.read_text();
    track.release_date = statement.read_text();
    track.genres = split_list(statement.read_text());
  }
}

/// Takes the record of the album's first artist out of `records`, or makes a new one. Of several
/// albums with one title and artist (two given ids) the tracks go to the oldest.
AlbumRecord take_record(std::vector<AlbumRecord>& records, const Album& album) {
  const std::string artist =
      matching_name(album.artists.empty() ? std::string() : album.artists.front());
  const auto found = std::find_if(records.begin(), records.end(), [&](const AlbumRecord& record) {
    return matching_name(record.first_artist()) == artist;
  });
  if (found == records.end()) return {};
  AlbumRecord record = std::move(*found);
  records.erase(found);
  return record;
}

Result<bool> store(AlbumStore& albums, const AlbumRecord& before, const Album& derived) {
  AlbumRecord record = before;
  if (!record.learn_from_tracks(derived)) return false;
  const bool is_new = record.album.row == 0;
  SPOTISEARCH_TRY(is_new ? albums.insert(record) : albums.update(before, record));
  return true;
}

Result<bool> retire(AlbumStore& albums, const AlbumRecord& before) {
  if (!before.from_file) {
    SPOTISEARCH_TRY(albums.remove(before));
    return true;
  }
  AlbumRecord record = before;
  if (!record.forget_tracks()) return false;
  SPOTISEARCH_TRY(albums.update(before, record));
  return true;
}

Result<bool> rebuild_title(Database& database, AlbumStore& albums, std::uint64_t title_hash) {
  const Result<std::vector<AlbumTrack>> tracks = tracks_of_title(database, title_hash);
  SPOTISEARCH_TRY(tracks);
  Result<std::vector<AlbumRecord>> records = albums.with_title_hash(title_hash);
  SPOTISEARCH_TRY(records);
  bool changed = false;
  for (const Album& derived : group_into_albums(*tracks)) {
    const Result<bool> stored = store(albums, take_record(*records, derived), derived);
    SPOTISEARCH_TRY(stored);
    changed |= *stored;
  }
  for (const AlbumRecord& left : *records) {
    const Result<bool> retired = retire(albums, left);
    SPOTISEARCH_TRY(retired);
    changed |= *retired;
  }
  return changed;
}

}  // namespace

Result<bool> build_albums(Database& database, AlbumStore& store) {
  const Result<std::vector<std::uint64_t>> titles = dirty_titles(database);
  SPOTISEARCH_TRY(titles);
  bool changed = false;
  for (const std::uint64_t title : *titles) {
    const Result<bool> rebuilt = rebuild_title(database, store, title);
    SPOTISEARCH_TRY(rebuilt);
    changed |= *rebuilt;
  }
  if (!titles->empty()) SPOTISEARCH_TRY(database.execute("DELETE FROM dirty_album_titles"));
  return changed;
}

}  // namespace spotisearch

#include "catalog/library_log.h"

namespace spotisearch {
namespace {

// One pass over each table. total() would count in floating point; count(x) skips NULL.
constexpr std::string_view kCountTracks = R"sql(
SELECT count(*), count(nullif(genres, '')),
  count(danceability + energy + "key" + loudness + mode + speechiness + acousticness
        + instrumentalness + liveness + valence + tempo + time_signature),
  count(coalesce(danceability, energy, "key", loudness, mode, speechiness, acousticness,
        instrumentalness, liveness, valence, tempo, time_signature)),
  count(CASE WHEN features_estimated = 0 THEN coalesce(danceability, energy, "key", loudness, mode,
        speechiness, acousticness, instrumentalness, liveness, valence, tempo, time_signature) END),
  count(danceability), count(energy), count("key"), count(loudness), count(mode),
  count(speechiness), count(acousticness), count(instrumentalness), count(liveness),
  count(valence), count(tempo), count(time_signature)
FROM tracks)sql";

constexpr std::string_view kCountAlbums =
    "SELECT count(*), count(nullif(description, '')), count(nullif(descriptors, '')) FROM albums";

}  // namespace

Result<std::string> LibraryLog::setting(std::string_view name) {
  Statement statement = database_->prepare("SELECT value FROM settings WHERE name = ?");
  const Result<bool> found = statement.bind_text(name).step();
  SPOTISEARCH_TRY(found);
  return *found ? statement.read_text() : std::string();
}

Status LibraryLog::set_setting(std::string_view name, std::string_view value) {
  Statement statement = database_->prepare("INSERT OR REPLACE INTO settings VALUES (?, ?)");
  return statement.bind_text(name).bind_text(value).run();
}

Result<bool> LibraryLog::was_imported(std::string_view content_hash) {
  Statement statement = database_->prepare("SELECT 1 FROM imports WHERE content_hash = ?");
  return statement.bind_text(content_hash).step();
}

Status LibraryLog::record_import(std::string_view content_hash, std::string_view file_name,
                                 std::string_view format) {
  Statement statement = database_->prepare(
      "INSERT OR REPLACE INTO imports VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))");
  return statement.bind_text(content_hash).bind_text(file_name).bind_text(format).run();
}

Result<std::int64_t> LibraryLog::generation() {
  Statement statement = database_->prepare("SELECT generation FROM state");
  const Result<bool> found = statement.step();
  SPOTISEARCH_TRY(found);
  return *found ? statement.read_integer() : 0;
}

Status LibraryLog::raise_generation() {
  return database_->prepare("UPDATE state SET generation = generation + 1").run();
}

Result<CatalogCounts> LibraryLog::counts() {
  CatalogCounts counts;
  Statement tracks = database_->prepare(kCountTracks);
  const Result<bool> counted_tracks = tracks.step();
  SPOTISEARCH_TRY(counted_tracks);
  counts.tracks = tracks.read_integer();
  counts.tracks_with_genres = tracks.read_integer();
  counts.tracks_with_all_features = tracks.read_integer();
  counts.tracks_with_any_feature = tracks.read_integer();
  counts.tracks_with_measured_features = tracks.read_integer();
  for (std::int64_t& count : counts.per_feature) count = tracks.read_integer();

  Statement albums = database_->prepare(kCountAlbums);
  const Result<bool> counted_albums = albums.step();
  SPOTISEARCH_TRY(counted_albums);
  counts.albums = albums.read_integer();
  counts.albums_with_description = albums.read_integer();
  counts.albums_with_descriptors = albums.read_integer();
  return counts;
}

}  // namespace spotisearch

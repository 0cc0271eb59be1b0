#include "catalog/track_store.h"

#include <fmt/format.h>

#include <utility>

#include "catalog/feature_columns.h"
#include "catalog/match_key.h"
#include "catalog/merge.h"
#include "catalog/string_list.h"

namespace spotisearch {
namespace {

// bind_track() and read_track() follow this order. 28 columns.
#define SPOTISEARCH_TRACK_COLUMNS                                                 \
  "match_hash, album_hash, year, duration_ms, popularity, is_explicit, "          \
  "features_estimated, " SPOTISEARCH_FEATURE_COLUMNS                              \
  ", spotify_id, title, artists, album, release_date, genres, playlists, label, " \
  "description"
#define SPOTISEARCH_TRACK_PARAMETERS "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?"

constexpr std::string_view kInsert =
    "INSERT INTO tracks(" SPOTISEARCH_TRACK_COLUMNS ") VALUES (" SPOTISEARCH_TRACK_PARAMETERS ")";
constexpr std::string_view kUpdate = "UPDATE tracks SET (" SPOTISEARCH_TRACK_COLUMNS
                                     ") = (" SPOTISEARCH_TRACK_PARAMETERS ") WHERE row = ?";
constexpr std::string_view kSelectOne =
    "SELECT row, " SPOTISEARCH_TRACK_COLUMNS " FROM tracks WHERE row = ?";
constexpr std::string_view kSelectAfter =
    "SELECT row, " SPOTISEARCH_TRACK_COLUMNS " FROM tracks WHERE row > ? ORDER BY row";
constexpr std::string_view kFindSpotifyId = "SELECT row FROM tracks WHERE spotify_id = ?";
constexpr std::string_view kFindMatch =
    "SELECT row FROM tracks WHERE match_hash = ? ORDER BY row LIMIT 1";
constexpr std::string_view kFindMatchWithoutId =
    "SELECT row FROM tracks WHERE match_hash = ? AND spotify_id IS NULL ORDER BY row LIMIT 1";

template <class T>
void bind_optional(Statement& statement, const std::optional<T>& value) {
  if (value) {
    statement.bind_integer(*value);
  } else {
    statement.bind_null();
  }
}

template <class T>
std::optional<T> read_optional(Statement& statement) {
  const bool missing = statement.next_is_null();
  const std::int64_t value = statement.read_integer();
  return missing ? std::nullopt : std::optional<T>(static_cast<T>(value));
}

Track read_track(Statement& statement) {
  Track track;
  track.row = statement.read_integer();
  const auto match_hash = static_cast<std::uint64_t>(statement.read_integer());
  statement.read_integer();  // album_hash
  track.year = static_cast<int>(statement.read_integer());
  track.duration_ms = statement.read_integer();
  track.popularity = read_optional<int>(statement);
  track.is_explicit = read_optional<bool>(statement);
  track.features_estimated = statement.read_integer() != 0;
  track.features = read_features(statement);
  track.spotify_id = statement.read_text();
  track.title = statement.read_text();
  track.artists = split_list(statement.read_text());
  track.album = statement.read_text();
  track.release_date = statement.read_text();
  track.genres = split_list(statement.read_text());
  track.playlists = split_list(statement.read_text());
  track.label = statement.read_text();
  track.description = statement.read_text();
  track.id = track.spotify_id.empty() ? made_up_id('t', match_hash) : track.spotify_id;
  return track;
}

Error no_such_row(std::int64_t row) {
  return {ErrorCode::kNotFound, fmt::format("no track in row {} of the library", row)};
}

}  // namespace

TrackStore::TrackStore(Database& database)
    : database_(&database),
      genres_(database, "genre_names", "track_genres"),
      artists_(database, "artist_names", "track_artists") {}

Result<UpsertOutcome> TrackStore::upsert(Track& track) {
  track.spotify_id = std::string(bare_id(track.spotify_id));
  if (!track.features.any()) track.features_estimated = false;
  const std::uint64_t match_hash = track_match_hash(track);
  const Result<std::int64_t> row = find_duplicate(track, match_hash);
  SPOTISEARCH_TRY(row);
  return *row == 0 ? insert(track, match_hash) : merge_into(*row, track);
}

/// The row of the track's duplicate, or 0. Tracks with different Spotify ids are never duplicates,
/// though one recording has several of them: playlists and judgements refer to tracks by id.
Result<std::int64_t> TrackStore::find_duplicate(const Track& track, std::uint64_t match_hash) {
  if (!track.spotify_id.empty()) {
    Statement by_id = database_->prepare(kFindSpotifyId);
    const Result<bool> found = by_id.bind_text(track.spotify_id).step();
    SPOTISEARCH_TRY(found);
    if (*found) return by_id.read_integer();
  }
  Statement by_match =
      database_->prepare(track.spotify_id.empty() ? kFindMatch : kFindMatchWithoutId);
  const Result<bool> found = by_match.bind_integer(static_cast<std::int64_t>(match_hash)).step();
  SPOTISEARCH_TRY(found);
  return *found ? by_match.read_integer() : 0;
}

/// Runs kInsert or kUpdate; the latter for `track.row`.
Status TrackStore::write(std::string_view sql, const Track& track, std::uint64_t match_hash) {
  const std::string artists = join_list(track.artists);
  const std::string genres = join_list(track.genres);
  const std::string playlists = join_list(track.playlists);
  Statement statement = database_->prepare(sql);
  statement.bind_integer(static_cast<std::int64_t>(match_hash));
  if (track.album.empty()) {
    statement.bind_null();
  } else {
    statement.bind_integer(static_cast<std::int64_t>(album_title_hash(track.album)));
  }
  bind_known(statement, track.year);
  bind_known(statement, track.duration_ms);
  bind_optional(statement, track.popularity);
  bind_optional(statement, track.is_explicit);
  statement.bind_integer(track.features_estimated);
  bind_features(statement, track.features);
  if (track.spotify_id.empty()) {
    statement.bind_null();
  } else {
    statement.bind_text(track.spotify_id);
  }
  statement.bind_text(track.title).bind_text(artists).bind_text(track.album);
  statement.bind_text(track.release_date).bind_text(genres).bind_text(playlists);
  statement.bind_text(track.label).bind_text(track.description);
  if (sql == kUpdate) statement.bind_integer(track.row);
  return statement.run();
}

Result<UpsertOutcome> TrackStore::insert(Track& track, std::uint64_t match_hash) {
  SPOTISEARCH_TRY(write(kInsert, track, match_hash));
  track.row = database_->last_row();
  track.id = track.spotify_id.empty() ? made_up_id('t', match_hash) : track.spotify_id;
  SPOTISEARCH_TRY(link(track));
  return UpsertOutcome::kNew;
}

Result<UpsertOutcome> TrackStore::merge_into(std::int64_t row, Track& track) {
  Result<std::vector<Track>> stored = read(std::span(&row, 1));
  SPOTISEARCH_TRY(stored);
  Track& known = stored->front();
  if (!merge_track(known, track)) {
    track.row = row;
    track.id = known.id;
    return UpsertOutcome::kUnchanged;
  }
  const std::uint64_t match_hash = track_match_hash(known);  // a title or an artist may be new
  SPOTISEARCH_TRY(write(kUpdate, known, match_hash));
  SPOTISEARCH_TRY(link(known));
  track.row = row;
  track.id = known.spotify_id.empty() ? made_up_id('t', match_hash) : known.spotify_id;
  return UpsertOutcome::kUpdated;
}

/// Makes the names of the track known to the filters, and its album due for a rebuild.
Status TrackStore::link(const Track& track) {
  SPOTISEARCH_TRY(genres_.link(track.row, track.genres));
  SPOTISEARCH_TRY(artists_.link(track.row, track.artists));
  if (track.album.empty()) return {};
  Statement dirty = database_->prepare("INSERT OR IGNORE INTO dirty_album_titles VALUES (?)");
  return dirty.bind_integer(static_cast<std::int64_t>(album_title_hash(track.album))).run();
}

Result<std::vector<Track>> TrackStore::read(std::span<const std::int64_t> rows) {
  std::vector<Track> tracks;
  tracks.reserve(rows.size());
  Statement statement = database_->prepare(kSelectOne);
  for (const std::int64_t row : rows) {
    const Result<bool> found = statement.bind_integer(row).step();
    SPOTISEARCH_TRY(found);
    if (!*found) return tl::unexpected<Error>(no_such_row(row));
    tracks.push_back(read_track(statement));
    statement.reset();
  }
  return tracks;
}

Result<std::vector<std::uint64_t>> TrackStore::match_hashes(std::span<const std::int64_t> rows) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(rows.size());
  Statement statement = database_->prepare("SELECT match_hash FROM tracks WHERE row = ?");
  for (const std::int64_t row : rows) {
    const Result<bool> found = statement.bind_integer(row).step();
    SPOTISEARCH_TRY(found);
    if (!*found) return tl::unexpected<Error>(no_such_row(row));
    hashes.push_back(static_cast<std::uint64_t>(statement.read_integer()));
    statement.reset();
  }
  return hashes;
}

Result<std::int64_t> TrackStore::row_of(std::string_view id) {
  const std::string_view bare = bare_id(id);
  Statement by_id = database_->prepare(kFindSpotifyId);
  const Result<bool> found = by_id.bind_text(bare).step();
  SPOTISEARCH_TRY(found);
  if (*found) return by_id.read_integer();
  // A made-up id stays good when the track has since been given a Spotify id.
  if (const std::uint64_t hash = hash_of_made_up_id('t', bare); hash != 0) {
    Statement by_match = database_->prepare(kFindMatch);
    const Result<bool> match = by_match.bind_integer(static_cast<std::int64_t>(hash)).step();
    SPOTISEARCH_TRY(match);
    if (*match) return by_match.read_integer();
  }
  return fail(ErrorCode::kNotFound, fmt::format("no track '{}' in the library", id));
}

Status TrackStore::for_each(std::int64_t after, const std::function<Status(const Track&)>& visit) {
  Statement statement = database_->prepare(kSelectAfter);
  statement.bind_integer(after);
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return {};
    SPOTISEARCH_TRY(visit(read_track(statement)));
  }
}

}  // namespace spotisearch

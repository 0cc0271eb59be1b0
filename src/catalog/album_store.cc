#include "catalog/album_store.h"

#include <fmt/format.h>

#include <utility>

#include "catalog/feature_columns.h"
#include "catalog/match_key.h"
#include "catalog/string_list.h"

namespace spotisearch {
namespace {

// write() and read_record() follow this order. 25 columns.
#define SPOTISEARCH_ALBUM_COLUMNS                                    \
  "match_hash, title_hash, year, track_count, from_file, own_year, " \
  "own_genres, " SPOTISEARCH_FEATURE_COLUMNS                         \
  ", given_id, title, artists, genres, descriptors, description"
#define SPOTISEARCH_ALBUM_PARAMETERS "?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?"
#define SPOTISEARCH_ALBUM_SELECT "SELECT row, " SPOTISEARCH_ALBUM_COLUMNS " FROM albums "

constexpr std::string_view kInsert =
    "INSERT INTO albums(" SPOTISEARCH_ALBUM_COLUMNS ") VALUES (" SPOTISEARCH_ALBUM_PARAMETERS ")";
constexpr std::string_view kUpdate = "UPDATE albums SET (" SPOTISEARCH_ALBUM_COLUMNS
                                     ") = (" SPOTISEARCH_ALBUM_PARAMETERS ") WHERE row = ?";
constexpr std::string_view kSelectOne = SPOTISEARCH_ALBUM_SELECT "WHERE row = ?";
constexpr std::string_view kSelectAfter = SPOTISEARCH_ALBUM_SELECT "WHERE row > ? ORDER BY row";
constexpr std::string_view kSelectTitle =
    SPOTISEARCH_ALBUM_SELECT "WHERE title_hash = ? ORDER BY row";
constexpr std::string_view kSelectGivenId = SPOTISEARCH_ALBUM_SELECT "WHERE given_id = ?";
constexpr std::string_view kSelectMatch =
    SPOTISEARCH_ALBUM_SELECT "WHERE match_hash = ? ORDER BY row LIMIT 1";
constexpr std::string_view kSelectMatchWithoutId =
    SPOTISEARCH_ALBUM_SELECT "WHERE match_hash = ? AND given_id IS NULL ORDER BY row LIMIT 1";

std::uint64_t match_hash_of(const AlbumRecord& record) {
  return album_match_hash(record.album.title, record.first_artist());
}

std::string public_id(const AlbumRecord& record) {
  return record.given_id.empty() ? made_up_id('a', match_hash_of(record)) : record.given_id;
}

AlbumRecord read_record(Statement& statement) {
  AlbumRecord record;
  Album& album = record.album;
  album.row = statement.read_integer();
  const auto match_hash = static_cast<std::uint64_t>(statement.read_integer());
  statement.read_integer();  // title_hash
  album.year = static_cast<int>(statement.read_integer());
  album.track_count = static_cast<int>(statement.read_integer());
  record.from_file = statement.read_integer() != 0;
  record.own_year = statement.read_integer() != 0;
  record.own_genres = statement.read_integer() != 0;
  album.features = read_features(statement);
  record.given_id = statement.read_text();
  album.title = statement.read_text();
  album.artists = split_list(statement.read_text());
  album.genres = split_list(statement.read_text());
  album.descriptors = split_list(statement.read_text());
  album.description = statement.read_text();
  album.id = record.given_id.empty() ? made_up_id('a', match_hash) : record.given_id;
  return record;
}

}  // namespace

AlbumStore::AlbumStore(Database& database)
    : database_(&database),
      genres_(database, "genre_names", "album_genres"),
      artists_(database, "artist_names", "album_artists") {}

Result<UpsertOutcome> AlbumStore::upsert(Album& album) {
  // An id that we made up ourselves is no id of a file: it came from an earlier answer.
  if (hash_of_made_up_id('a', album.id) != 0) album.id.clear();
  Result<std::optional<AlbumRecord>> found = find_duplicate(album);
  SPOTISEARCH_TRY(found);
  AlbumRecord record = *found ? **found : AlbumRecord{};
  const bool changed = record.learn_from_file(album);
  if (*found && changed) SPOTISEARCH_TRY(update(**found, record));
  if (!*found) SPOTISEARCH_TRY(insert(record));
  album.row = record.album.row;
  album.id = record.album.id;
  if (!*found) return UpsertOutcome::kNew;
  return changed ? UpsertOutcome::kUpdated : UpsertOutcome::kUnchanged;
}

/// By id; else by title and first artist, where, as with tracks, two given ids are two albums.
Result<std::optional<AlbumRecord>> AlbumStore::find_duplicate(const Album& album) {
  if (!album.id.empty()) {
    Statement by_id = database_->prepare(kSelectGivenId);
    const Result<bool> found = by_id.bind_text(album.id).step();
    SPOTISEARCH_TRY(found);
    if (*found) return read_record(by_id);
  }
  const std::string first_artist = album.artists.empty() ? std::string() : album.artists.front();
  const std::uint64_t match_hash = album_match_hash(album.title, first_artist);
  Statement by_match = database_->prepare(album.id.empty() ? kSelectMatch : kSelectMatchWithoutId);
  const Result<bool> found = by_match.bind_integer(static_cast<std::int64_t>(match_hash)).step();
  SPOTISEARCH_TRY(found);
  if (!*found) return std::nullopt;
  return read_record(by_match);
}

/// Runs kInsert or kUpdate; the latter for `record.album.row`.
Status AlbumStore::write(std::string_view sql, AlbumRecord& record) {
  const Album& album = record.album;
  const std::string artists = join_list(album.artists);
  const std::string genres = join_list(album.genres);
  const std::string descriptors = join_list(album.descriptors);
  Statement statement = database_->prepare(sql);
  statement.bind_integer(static_cast<std::int64_t>(match_hash_of(record)));
  statement.bind_integer(static_cast<std::int64_t>(album_title_hash(album.title)));
  bind_known(statement, album.year);
  statement.bind_integer(album.track_count).bind_integer(record.from_file);
  statement.bind_integer(record.own_year).bind_integer(record.own_genres);
  bind_features(statement, album.features);
  if (record.given_id.empty()) {
    statement.bind_null();
  } else {
    statement.bind_text(record.given_id);
  }
  statement.bind_text(album.title).bind_text(artists).bind_text(genres);
  statement.bind_text(descriptors).bind_text(album.description);
  if (sql == kUpdate) statement.bind_integer(album.row);
  SPOTISEARCH_TRY(statement.run());
  record.album.id = public_id(record);
  return {};
}

Status AlbumStore::insert(AlbumRecord& record) {
  SPOTISEARCH_TRY(write(kInsert, record));
  record.album.row = database_->last_row();
  return link(record);
}

Status AlbumStore::update(const AlbumRecord& before, AlbumRecord& record) {
  SPOTISEARCH_TRY(write(kUpdate, record));
  if (before.album.genres != record.album.genres) {
    SPOTISEARCH_TRY(genres_.unlink(record.album.row, before.album.genres));
  }
  if (before.album.artists != record.album.artists) {
    SPOTISEARCH_TRY(artists_.unlink(record.album.row, before.album.artists));
  }
  return link(record);
}

Status AlbumStore::link(const AlbumRecord& record) {
  SPOTISEARCH_TRY(genres_.link(record.album.row, record.album.genres));
  return artists_.link(record.album.row, record.album.artists);
}

Status AlbumStore::remove(const AlbumRecord& record) {
  const std::int64_t row = record.album.row;
  SPOTISEARCH_TRY(genres_.unlink(row, record.album.genres));
  SPOTISEARCH_TRY(artists_.unlink(row, record.album.artists));
  Statement words = database_->prepare("DELETE FROM album_words WHERE rowid = ?");
  SPOTISEARCH_TRY(words.bind_integer(row).run());
  return database_->prepare("DELETE FROM albums WHERE row = ?").bind_integer(row).run();
}

Result<std::vector<AlbumRecord>> AlbumStore::with_title_hash(std::uint64_t title_hash) {
  std::vector<AlbumRecord> records;
  Statement statement = database_->prepare(kSelectTitle);
  statement.bind_integer(static_cast<std::int64_t>(title_hash));
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return records;
    records.push_back(read_record(statement));
  }
}

Result<std::vector<Album>> AlbumStore::read(std::span<const std::int64_t> rows) {
  std::vector<Album> albums;
  albums.reserve(rows.size());
  Statement statement = database_->prepare(kSelectOne);
  for (const std::int64_t row : rows) {
    const Result<bool> found = statement.bind_integer(row).step();
    SPOTISEARCH_TRY(found);
    if (!*found) {
      return fail(ErrorCode::kNotFound, fmt::format("no album in row {} of the library", row));
    }
    albums.push_back(read_record(statement).album);
    statement.reset();
  }
  return albums;
}

Result<std::int64_t> AlbumStore::row_of(std::string_view id) {
  // Album files may use any string as an id, links included, so the string itself comes first.
  for (const std::string_view candidate : {id, bare_id(id)}) {
    Statement by_id = database_->prepare(kSelectGivenId);
    const Result<bool> found = by_id.bind_text(candidate).step();
    SPOTISEARCH_TRY(found);
    if (*found) return by_id.read_integer();
  }
  if (const std::uint64_t hash = hash_of_made_up_id('a', id); hash != 0) {
    Statement by_match = database_->prepare(kSelectMatch);
    const Result<bool> match = by_match.bind_integer(static_cast<std::int64_t>(hash)).step();
    SPOTISEARCH_TRY(match);
    if (*match) return by_match.read_integer();
  }
  return fail(ErrorCode::kNotFound, fmt::format("no album '{}' in the library", id));
}

Status AlbumStore::for_each(std::int64_t after, const std::function<Status(const Album&)>& visit) {
  Statement statement = database_->prepare(kSelectAfter);
  statement.bind_integer(after);
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return {};
    SPOTISEARCH_TRY(visit(read_record(statement).album));
  }
}

}  // namespace spotisearch

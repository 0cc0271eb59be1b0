#include "catalog/schema.h"

#include <fmt/format.h>

#include <array>
#include <string>

namespace spotisearch {
namespace {

// Lists are one column of text (string_list.h): a search reads whole items, and one row per item is
// the fastest way to do so. The side tables of names exist for filters alone. Small numbers stand
// before the texts, so that SQLite reads them without walking through the texts.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE tracks (
  row INTEGER PRIMARY KEY,
  match_hash INTEGER NOT NULL,   -- of normalised title and artists (match_key.h)
  album_hash INTEGER,            -- of the normalised album title
  year INTEGER, duration_ms INTEGER, popularity INTEGER, is_explicit INTEGER,
  features_estimated INTEGER NOT NULL,
  danceability REAL, energy REAL, "key" REAL, loudness REAL, mode REAL, speechiness REAL,
  acousticness REAL, instrumentalness REAL, liveness REAL, valence REAL, tempo REAL,
  time_signature REAL,
  spotify_id TEXT,
  title TEXT NOT NULL, artists TEXT NOT NULL, album TEXT NOT NULL, release_date TEXT NOT NULL,
  genres TEXT NOT NULL, playlists TEXT NOT NULL, label TEXT NOT NULL, description TEXT NOT NULL
);
CREATE UNIQUE INDEX tracks_spotify_id ON tracks(spotify_id) WHERE spotify_id IS NOT NULL;
CREATE INDEX tracks_match_hash ON tracks(match_hash);
CREATE INDEX tracks_album_hash ON tracks(album_hash) WHERE album_hash IS NOT NULL;
-- Covering: a filter reads these and never the wide rows.
CREATE INDEX tracks_year ON tracks(year, tempo, is_explicit);
CREATE INDEX tracks_tempo ON tracks(tempo, is_explicit);

CREATE TABLE albums (
  row INTEGER PRIMARY KEY AUTOINCREMENT,  -- albums can vanish; their rows are not given out again
  match_hash INTEGER NOT NULL,   -- of normalised title and first artist
  title_hash INTEGER NOT NULL,   -- as album_hash of the tracks
  year INTEGER, track_count INTEGER NOT NULL,
  from_file INTEGER NOT NULL,    -- an album file named it; else its tracks alone did
  own_year INTEGER NOT NULL,     -- the year is the file's, not one of its tracks'
  own_genres INTEGER NOT NULL,   -- the genres are the file's
  danceability REAL, energy REAL, "key" REAL, loudness REAL, mode REAL, speechiness REAL,
  acousticness REAL, instrumentalness REAL, liveness REAL, valence REAL, tempo REAL,
  time_signature REAL,
  given_id TEXT,
  title TEXT NOT NULL, artists TEXT NOT NULL, genres TEXT NOT NULL, descriptors TEXT NOT NULL,
  description TEXT NOT NULL
);
CREATE UNIQUE INDEX albums_given_id ON albums(given_id) WHERE given_id IS NOT NULL;
CREATE INDEX albums_match_hash ON albums(match_hash);
CREATE INDEX albums_title_hash ON albums(title_hash);
CREATE INDEX albums_year ON albums(year, tempo);
CREATE INDEX albums_tempo ON albums(tempo);

-- Album titles whose tracks changed since the albums were last built.
CREATE TABLE dirty_album_titles (title_hash INTEGER PRIMARY KEY);

-- Normalised names, and who bears them. No foreign key to tracks and albums: checking one when an
-- album is deleted would need a second index on each of these tables.
CREATE TABLE genre_names (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE artist_names (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE track_genres (name_id INTEGER NOT NULL REFERENCES genre_names, row INTEGER NOT NULL,
  PRIMARY KEY (name_id, row)) WITHOUT ROWID;
CREATE TABLE track_artists (name_id INTEGER NOT NULL REFERENCES artist_names, row INTEGER NOT NULL,
  PRIMARY KEY (name_id, row)) WITHOUT ROWID;
CREATE TABLE album_genres (name_id INTEGER NOT NULL REFERENCES genre_names, row INTEGER NOT NULL,
  PRIMARY KEY (name_id, row)) WITHOUT ROWID;
CREATE TABLE album_artists (name_id INTEGER NOT NULL REFERENCES artist_names, row INTEGER NOT NULL,
  PRIMARY KEY (name_id, row)) WITHOUT ROWID;

CREATE VIRTUAL TABLE track_words USING fts5(title, artists, tags, body,
  tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE album_words USING fts5(title, artists, tags, body,
  tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE imports (content_hash TEXT PRIMARY KEY, file_name TEXT NOT NULL, format TEXT NOT NULL,
  imported_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE state (generation INTEGER NOT NULL);
INSERT INTO state VALUES (0);
)sql";

// A column for what the program knows about artists and genres. The words themselves come back with
// the next indexing, which the new way of composing texts makes necessary anyway.
constexpr const char* kVersion2 = R"sql(
DROP TABLE track_words;
DROP TABLE album_words;
CREATE VIRTUAL TABLE track_words USING fts5(title, artists, tags, body, known,
  tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE album_words USING fts5(title, artists, tags, body, known,
  tokenize = 'unicode61 remove_diacritics 2');
)sql";

/// kMigrations[v] takes a database from version v to v + 1.
constexpr std::array<const char*, kSchemaVersion> kMigrations = {kVersion1, kVersion2};

struct Identity {
  std::int64_t application = 0;
  std::int64_t version = 0;
  std::int64_t tables = 0;
};

Result<Identity> identify(Database& database) {
  const auto application = database.number("PRAGMA application_id");
  SPOTISEARCH_TRY(application);
  const auto version = database.number("PRAGMA user_version");
  SPOTISEARCH_TRY(version);
  const auto tables = database.number("SELECT count(*) FROM sqlite_master");
  SPOTISEARCH_TRY(tables);
  return Identity{*application, *version, *tables};
}

Status run_migrations(Database& database) {
  // Read again under the lock: another process may have migrated meanwhile.
  const auto version = database.number("PRAGMA user_version");
  SPOTISEARCH_TRY(version);
  for (std::int64_t v = *version; v < kSchemaVersion; ++v) {
    SPOTISEARCH_TRY(database.execute(kMigrations[static_cast<std::size_t>(v)]));
  }
  SPOTISEARCH_TRY(database.execute(fmt::format("PRAGMA application_id = {}", kApplicationId)));
  return database.execute(fmt::format("PRAGMA user_version = {}", kSchemaVersion));
}

}  // namespace

Status check_schema(Database& database, bool may_be_empty) {
  const Result<Identity> found = identify(database);
  SPOTISEARCH_TRY(found);
  const bool empty = found->application == 0 && found->version == 0 && found->tables == 0;
  if (empty && may_be_empty) return {};
  if (found->application != kApplicationId) {
    return fail(ErrorCode::kInvalidArgument,
                "library.db is not a SpotiSearch library, so it was left alone; choose another "
                "library folder");
  }
  if (found->version < 0 || found->version > kSchemaVersion) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the library was made by a newer version of SpotiSearch (its schema is "
                            "{}, this program knows up to {}); update SpotiSearch",
                            found->version, kSchemaVersion));
  }
  // Only a writer can bring it up to date.
  if (!may_be_empty && found->version < kSchemaVersion) {
    return fail(ErrorCode::kInvalidArgument,
                "the library was made by an older version of SpotiSearch; run `spotisearch import` "
                "on any of its files once to bring it up to date");
  }
  return {};
}

Status migrate_schema(Database& database) {
  const auto version = database.number("PRAGMA user_version");
  SPOTISEARCH_TRY(version);
  if (*version == kSchemaVersion) return {};
  SPOTISEARCH_TRY(database.execute("BEGIN IMMEDIATE"));
  Status migrated = run_migrations(database);
  if (migrated) migrated = database.execute("COMMIT");
  if (!migrated && database.in_transaction()) (void)database.execute("ROLLBACK");
  return migrated;
}

}  // namespace spotisearch

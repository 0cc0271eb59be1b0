// The SQLite store of a library: tracks, albums, keywords.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "music/album.h"
#include "music/search_query.h"
#include "music/track.h"

namespace spotisearch {

/// Which of the two collections a call is about.
enum class Collection { kTracks, kAlbums };

/// What an upsert did with an item.
enum class UpsertOutcome {
  kNew,        ///< stored for the first time
  kUpdated,    ///< was there, and learned something (a genre, a playlist, a missing feature)
  kUnchanged,  ///< was there with all of this already
};

/// How much the words found in names and tags, in prose, and in what the program knows, count. Only
/// the ratio matters to the order. The default is the order of plain BM25 over everything.
struct KeywordWeights {
  double tags = 0.3;   ///< title, artists, genres, descriptors, playlists
  double body = 1.0;   ///< description
  double known = 0.3;  ///< what is known about the artists and genres
};

/// A row found by its keywords. `score` is the weighted sum of three shares, each from 0 to 1, of
/// the best score that the query could get (keyword_rank.h); always > 0.
struct KeywordMatch {
  std::int64_t row = 0;
  double score = 0.0;
};

struct CatalogCounts {
  std::int64_t tracks = 0;
  std::int64_t albums = 0;
  std::int64_t tracks_with_genres = 0;
  std::int64_t tracks_with_all_features = 0;
  std::int64_t tracks_with_any_feature = 0;
  std::int64_t tracks_with_measured_features = 0;  ///< any feature, and not marked as estimates
  std::int64_t albums_with_description = 0;
  std::int64_t albums_with_descriptors = 0;
  std::array<std::int64_t, kFeatureCount> per_feature{};  ///< tracks that have it
};

/// The database of one library folder (`library.db`, WAL). The database is the truth; vectors can
/// be rebuilt from it. One Catalog may be used by one thread at a time; open one per thread.
/// Several processes may read while one writes; a second writer waits, then gets kUnavailable.
class Catalog {
 public:
  /// Opens `folder`/library.db for reading and writing, creating folder and database if missing,
  /// and brings an older schema up to date. A newer schema, or a file that is no database of ours,
  /// is kCorrupt / kInvalidArgument with a message that says what to do.
  static Result<Catalog> open(const std::filesystem::path& folder);

  /// Opens an existing library for reading only. kNotFound when there is none.
  static Result<Catalog> open_read_only(const std::filesystem::path& folder);

  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  /// Runs `work` in one transaction: everything it did is kept when it succeeds, nothing when it
  /// fails or the process dies. One inside another joins it. A write that failed inside `work`
  /// dooms the transaction even when `work` ignores it. A write outside any transaction is one of
  /// its own; many of those are slow.
  Status transaction(const std::function<Status()>& work);

  /// Stores a track or merges it into the one it duplicates (same Spotify id; else same normalised
  /// title and artists). Lists are united, unknown values filled in, known ones kept (measured
  /// features win over estimated ones). Sets `track.row` and `track.id`. Two different Spotify ids
  /// stay two tracks even with the same title and artists, since playlists and judgements refer to
  /// ids; match_hashes() tells a search that they are one song. kInvalidArgument without a title
  /// and a Spotify id.
  Result<UpsertOutcome> upsert_track(Track& track);

  /// The same for an album from an album file: by `id`, else by normalised title and first artist.
  /// `track_count` and `features` are not taken: they come from the tracks alone.
  Result<UpsertOutcome> upsert_album(Album& album);

  /// Makes or refreshes the albums of the tracks stored or changed since the last call: artists,
  /// year, genres, mean features, track count. Albums from album files keep their own words.
  Status build_albums_from_tracks();

  /// Items by row, in the order of `rows`; a row that is gone is kNotFound.
  Result<std::vector<Track>> tracks(std::span<const std::int64_t> rows) const;
  Result<std::vector<Album>> albums(std::span<const std::int64_t> rows) const;

  /// For each row a number that is the same for tracks of the same normalised title and artists:
  /// one song, whatever its ids. Stable across libraries and versions.
  Result<std::vector<std::uint64_t>> match_hashes(std::span<const std::int64_t> rows) const;

  /// The row of a public id, a Spotify URI or a link to open.spotify.com. The made-up id of a track
  /// ("t-...") still finds it after the track was given a Spotify id.
  Result<std::int64_t> row_of(Collection collection, std::string_view id) const;

  /// Visits every item in ascending row order with rows > `after`; stops when `visit` fails.
  Status for_each_track(std::int64_t after, const std::function<Status(const Track&)>& visit) const;
  Status for_each_album(std::int64_t after, const std::function<Status(const Album&)>& visit) const;

  /// Sets the text that the keyword search sees for a row: fields separated as below, replacing
  /// what it saw before. `title`, `artists` and `tags` weigh more than `body`.
  struct KeywordText {
    std::string title = {};
    std::string artists = {};
    std::string tags = {};   ///< genres, descriptors, playlists
    std::string body = {};   ///< description
    std::string known = {};  ///< what is known about the artists and genres
  };
  Status set_keyword_text(Collection collection, std::int64_t row, const KeywordText& text);

  /// The best `limit` rows for the words of `query` (any of them; common words ignored), best
  /// first. Never an error for odd punctuation: the query is words, not FTS5 syntax.
  Result<std::vector<KeywordMatch>> search_keywords(Collection collection, std::string_view query,
                                                    const KeywordWeights& weights,
                                                    std::size_t limit) const;

  /// Rows that meet `filters`, ascending; nullopt when the filters are empty. Filters that albums
  /// do not have (explicit) are kInvalidArgument for albums; tempo uses the album's mean.
  Result<std::optional<std::vector<std::int64_t>>> filter(Collection collection,
                                                          const Filters& filters) const;

  Result<CatalogCounts> counts() const;

  /// Rises with every committed change to tracks or albums; vectors remember which one they show.
  Result<std::int64_t> generation() const;

  /// Small named values kept with the library ("encoder", ...). Absent is an empty string.
  Result<std::string> setting(std::string_view name) const;
  Status set_setting(std::string_view name, std::string_view value);

  /// The import log: a file's content hash that was already imported wholly.
  Result<bool> was_imported(std::string_view content_hash) const;
  Status record_import(std::string_view content_hash, std::string_view file_name,
                       std::string_view format);

 private:
  struct Impl;
  explicit Catalog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotisearch

#include "ingest/column_map.h"

#include <algorithm>

namespace spotisearch {
namespace {

constexpr ColumnAlias kTrackAliases[] = {
    {"trackuri", Column::kTrackId},
    {"trackid", Column::kTrackId},
    {"spotifyuri", Column::kTrackId},
    {"spotifyid", Column::kTrackId},
    {"spotifytrackid", Column::kTrackId},
    {"spotifytrackuri", Column::kTrackId},
    {"uri", Column::kTrackId},
    {"id", Column::kTrackId},
    {"spotifyurl", Column::kTrackId},
    {"trackurl", Column::kTrackId},
    {"url", Column::kTrackId},
    {"trackname", Column::kTitle},
    {"tracktitle", Column::kTitle},
    {"songname", Column::kTitle},
    {"songtitle", Column::kTitle},
    {"song", Column::kTitle},
    {"track", Column::kTitle},
    {"title", Column::kTitle},
    {"name", Column::kTitle},
    {"artistname", Column::kArtists},
    {"trackartist", Column::kArtists},
    {"artists", Column::kArtists},
    {"artist", Column::kArtists},
    {"artistnames", Column::kArtists},
    {"albumname", Column::kAlbum},
    {"trackalbumname", Column::kAlbum},
    {"albumtitle", Column::kAlbum},
    {"album", Column::kAlbum},
    {"releasedate", Column::kReleaseDate},
    {"albumreleasedate", Column::kReleaseDate},
    {"trackalbumreleasedate", Column::kReleaseDate},
    {"year", Column::kYear},
    {"releaseyear", Column::kYear},
    {"yearreleased", Column::kYear},
    {"durationms", Column::kDurationMs},
    {"trackdurationms", Column::kDurationMs},
    {"duration", Column::kDuration},
    {"length", Column::kDuration},
    {"popularity", Column::kPopularity},
    {"trackpopularity", Column::kPopularity},
    {"explicit", Column::kExplicit},
    {"isexplicit", Column::kExplicit},
    {"genres", Column::kGenres},
    {"genre", Column::kGenres},
    {"artistgenres", Column::kGenres},
    {"trackgenre", Column::kGenres},
    {"playlistgenre", Column::kGenres},
    {"playlistsubgenre", Column::kGenres},
    {"albumgenres", Column::kGenres},
    {"playlistname", Column::kPlaylist},
    {"playlist", Column::kPlaylist},
    {"recordlabel", Column::kLabel},
    {"label", Column::kLabel},
    {"description", Column::kDescription},
    {"featuressource", Column::kFeaturesSource},
    {"danceability", column_of(0)},
    {"energy", column_of(1)},
    {"key", column_of(2)},
    {"loudness", column_of(3)},
    {"mode", column_of(4)},
    {"speechiness", column_of(5)},
    {"acousticness", column_of(6)},
    {"instrumentalness", column_of(7)},
    {"liveness", column_of(8)},
    {"valence", column_of(9)},
    {"tempo", column_of(10)},
    {"timesignature", column_of(11)},
};

// Only these are read of an album file: ratings, and the queries of a measurement, are not.
constexpr ColumnAlias kAlbumAliases[] = {
    {"albumid", Column::kAlbumId},
    {"title", Column::kTitle},
    {"albumtitle", Column::kTitle},
    {"albumname", Column::kTitle},
    {"album", Column::kTitle},
    {"artists", Column::kArtists},
    {"artist", Column::kArtists},
    {"artistname", Column::kArtists},
    {"albumartist", Column::kArtists},
    {"releasedate", Column::kReleaseDate},
    {"year", Column::kYear},
    {"yearreleased", Column::kYear},
    {"releaseyear", Column::kYear},
    {"genres", Column::kGenres},
    {"genre", Column::kGenres},
    {"primarygenres", Column::kGenres},
    {"secondarygenres", Column::kGenres},
    {"descriptors", Column::kDescriptors},
    {"moods", Column::kDescriptors},
    {"description", Column::kDescription},
    {"review", Column::kDescription},
};

}  // namespace

std::span<const ColumnAlias> track_aliases() { return kTrackAliases; }
std::span<const ColumnAlias> album_aliases() { return kAlbumAliases; }

std::string column_key(std::string_view header) {
  std::string key;
  for (const char c : header) {
    if (c >= 'A' && c <= 'Z') {
      key += static_cast<char>(c - 'A' + 'a');
    } else if (std::string_view{" \t_-\0", 5}.find(c) == std::string_view::npos) {
      key += c;
    }
  }
  if (key.ends_with("(s)")) key.resize(key.size() - 3);
  std::erase_if(key, [](char c) { return c == '(' || c == ')'; });
  return key;
}

ColumnMap::ColumnMap(std::span<const std::string> header, std::span<const ColumnAlias> aliases)
    : names_(header.begin(), header.end()) {
  std::vector<std::string> keys;
  for (const std::string& name : header) keys.push_back(column_key(name));
  for (const ColumnAlias& alias : aliases) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == alias.key) indices_[static_cast<std::size_t>(alias.column)].push_back(i);
    }
  }
}

bool ColumnMap::ends_with_features() const {
  for (std::size_t feature = 0; feature < kFeatureCount; ++feature) {
    const auto columns = indices(column_of(feature));
    if (columns.empty() || columns.front() + kFeatureCount < size()) return false;
  }
  return size() >= kFeatureCount;
}

}  // namespace spotisearch

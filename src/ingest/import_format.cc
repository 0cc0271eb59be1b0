#include "ingest/import_format.h"

#include <algorithm>
#include <vector>

namespace spotisearch {
namespace {

constexpr auto kTrack = ItemKind::kTrack;
constexpr auto kAlbum = ItemKind::kAlbum;

constexpr ImportFormat kFormats[] = {
    // exportify.net. Its first version joined artists with ", ", then with ",", now with ";".
    {"exportify",
     kTrack,
     ArtistStyle::kSpacedComma,
     0.92,
     {"spotifyuri", "trackname", "artistname", "albumname", "durationms"}},
    {"exportify", kTrack, ArtistStyle::kTightComma, 0.9, {"trackname", "artistname", "albumname"}},
    // exportify.app.
    {"exportify-app",
     kTrack,
     ArtistStyle::kEscapedComma,
     0.95,
     {"artisturi", "artistname", "trackname", "trackdurationms"}},
    {"exportify-app",
     kTrack,
     ArtistStyle::kSpacedComma,
     0.8,
     {"spotifyuri", "name", "artistname", "albumname"}},
    // The well-known data sets.
    {"kaggle", kTrack, ArtistStyle::kSpacedComma, 0.9, {"trackname", "trackartist"}},
    {"kaggle", kTrack, ArtistStyle::kSemicolon, 0.9, {"trackname", "artists", "trackgenre"}},
    {"kaggle", kTrack, ArtistStyle::kSpacedComma, 0.9, {"name", "artists", "idartists"}},
    {"kaggle", kTrack, ArtistStyle::kSpacedComma, 0.9, {"name", "artists", "artistids"}},
    {"top-hits", kTrack, ArtistStyle::kSemicolon, 0.9, {"artist", "song", "year", "genre"}},
    // Lists of albums; a lone artist and album is one when no song is named.
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.9, {"title", "albumid"}},
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.9, {"title", "descriptors"}},
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.9, {"title", "review"}},
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.9, {"title", "releasetype"}},
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.9, {"title", "yearreleased"}},
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.6, {"albumtitle"}},
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.5, {"albumname"}},
    {"albums", kAlbum, ArtistStyle::kSemicolon, 0.5, {"album"}},
    {"generic", kTrack, ArtistStyle::kSpacedComma, 0.3, {}},
};

bool has_marker(std::span<const std::string> header, std::string_view marker) {
  return std::any_of(header.begin(), header.end(),
                     [&](const std::string& name) { return column_key(name) == marker; });
}

/// Whether a header speaks of songs: an album's columns may stand beside a song's, not vice versa.
bool names_songs(std::span<const std::string> header) {
  const ColumnMap columns(header, track_aliases());
  const auto keyed = [&](std::string_view key) { return has_marker(header, key); };
  // "title" is a song's where "album" stands beside it.
  const bool title_of_song = keyed("title") && (keyed("album") || keyed("albumname"));
  return title_of_song || keyed("trackname") || keyed("song") || keyed("track") || keyed("name") ||
         keyed("tracktitle") || keyed("songname") || keyed("songtitle") ||
         columns.has(Column::kDurationMs) || columns.has(Column::kDuration) ||
         columns.has(column_of(0));
}

}  // namespace

std::span<const ImportFormat> import_formats() { return kFormats; }

std::span<const ColumnAlias> aliases_of(ItemKind kind) {
  return kind == ItemKind::kTrack ? track_aliases() : album_aliases();
}

double confidence(const ImportFormat& format, std::span<const std::string> header) {
  const ColumnMap columns(header, aliases_of(format.kind));
  if (!columns.has(Column::kTitle)) return 0.0;
  const bool attributed = columns.has(Column::kArtists) || columns.has(Column::kTrackId);
  if (!attributed) return 0.0;
  if (format.kind == ItemKind::kAlbum && names_songs(header)) return 0.0;
  const bool all = std::all_of(
      format.markers.begin(), format.markers.end(),
      [&](std::string_view marker) { return marker.empty() || has_marker(header, marker); });
  return all ? format.confidence : 0.0;
}

std::string import_format_names() {
  std::string names;
  std::string_view last;
  for (const ImportFormat& format : kFormats) {
    if (format.name == last) continue;
    last = format.name;
    if (!names.empty()) names += ", ";
    names += last;
  }
  return names;
}

}  // namespace spotisearch

// Which tracks of one album title make which album.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "music/album.h"
#include "music/audio_features.h"

namespace spotisearch {

/// A title shared by tracks of more first artists than this, released on one day, is a compilation.
inline constexpr std::size_t kMostArtistsOfOneAlbum = 4;

/// Genres that an album takes over from its tracks, most frequent first.
inline constexpr std::size_t kMostAlbumGenres = 12;

inline constexpr std::string_view kVariousArtists = "Various Artists";

/// What an album needs to know of one of its tracks.
struct AlbumTrack {
  std::string album;         ///< Title as the track's source wrote it.
  std::string first_artist;  ///< May be empty.
  std::string release_date;
  int year = 0;
  std::vector<std::string> genres;
  AudioFeatures features;
};

/// The albums made by tracks whose album titles are the same when normalised: one per first artist,
/// but a compilation by "Various Artists" where one title and release day gather more than
/// kMostArtistsOfOneAlbum first artists. Only a date with a day counts for that: among a hundred
/// "Greatest Hits" many share a year. Title and artist are those of the first track; the year is
/// the earliest; features are means over the tracks that have them, but never a key, of which there
/// is no mean. In order of their first tracks.
std::vector<Album> group_into_albums(std::span<const AlbumTrack> tracks);

}  // namespace spotisearch

// An album as it is stored: what a file said of it apart from what its tracks say.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "catalog/merge.h"
#include "music/album.h"

namespace spotisearch {

struct AlbumRecord {
  Album album;
  std::string given_id;     ///< `album_id` of its file, or empty.
  bool from_file = false;   ///< An album file named it; else its tracks alone did.
  bool own_year = false;    ///< `album.year` is the file's.
  bool own_genres = false;  ///< `album.genres` are the file's.

  std::string_view first_artist() const {
    return album.artists.empty() ? std::string_view() : std::string_view(album.artists.front());
  }

  /// Takes in what an album file says. Its year and genres replace those of the tracks; what an
  /// earlier file said is kept and added to. Whether anything changed.
  bool learn_from_file(const Album& found);

  /// Takes in what the tracks say: features and track count always, title, artists, year and
  /// genres where no file named them. Whether anything changed.
  bool learn_from_tracks(const Album& derived);

  /// No track belongs to it any more: keeps what the file said alone.
  bool forget_tracks();
};

}  // namespace spotisearch

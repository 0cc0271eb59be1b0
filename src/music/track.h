// A song of a library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "music/audio_features.h"

namespace spotisearch {

/// What is known of one song. Empty strings and lists, nullopt and NaN mean "not known".
/// All text is valid UTF-8 as its source wrote it (not normalised).
struct Track {
  std::int64_t row = 0;    ///< The catalogue's own number; 0 = not stored yet.
  std::string id;          ///< Public id: the bare Spotify id where there is one.
  std::string spotify_id;  ///< 22 characters, bare, or empty.
  std::string title;
  std::vector<std::string> artists;
  std::string album;
  std::string release_date;  ///< YYYY, YYYY-MM or YYYY-MM-DD.
  int year = 0;              ///< 0 = not known.
  std::int64_t duration_ms = 0;
  std::optional<int> popularity;  ///< 0-100
  std::optional<bool> is_explicit;
  std::vector<std::string> genres;     ///< Lower-case, unique.
  std::vector<std::string> playlists;  ///< Names of the playlists it was seen in, unique.
  std::string label;
  std::string description;
  AudioFeatures features;
  bool features_estimated = false;  ///< The source says the features are not measurements.
  /// Predicted from the song's text, for features that its source lacks. A search sets them; they
  /// are not stored with the song.
  AudioFeatures estimates;
};

}  // namespace spotisearch

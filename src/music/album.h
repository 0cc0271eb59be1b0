// An album of a library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "music/audio_features.h"

namespace spotisearch {

/// What is known of one album: from an album file, from its tracks, or from both.
struct Album {
  std::int64_t row = 0;  ///< The catalogue's own number; 0 = not stored yet.
  std::string id;        ///< Public id: `album_id` of its file where there is one.
  std::string title;
  std::vector<std::string> artists;
  int year = 0;                          ///< 0 = not known.
  std::vector<std::string> genres;       ///< Lower-case, unique, primary ones first.
  std::vector<std::string> descriptors;  ///< Mood words ("melancholic"), most characteristic first.
  std::string description;               ///< Review or description, prose.
  int track_count = 0;                   ///< Tracks of the library that belong to it.
  AudioFeatures features;                ///< Means over those tracks.
};

}  // namespace spotisearch

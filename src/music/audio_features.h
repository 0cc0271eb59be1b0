// The twelve audio features of a song, as Spotify defines them.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>

namespace spotisearch {

/// Order of the features in every vector, file and model of this project.
enum class Feature : std::size_t {
  kDanceability,      ///< 0-1
  kEnergy,            ///< 0-1
  kKey,               ///< 0-11 pitch class, 0 = C; -1 = none found
  kLoudness,          ///< dB, about -60 to +2
  kMode,              ///< 1 major, 0 minor
  kSpeechiness,       ///< 0-1
  kAcousticness,      ///< 0-1
  kInstrumentalness,  ///< 0-1
  kLiveness,          ///< 0-1
  kValence,           ///< 0-1
  kTempo,             ///< beats per minute; 0 = none found
  kTimeSignature,     ///< beats per bar, 1-7
};

inline constexpr std::size_t kFeatureCount = 12;

/// Columns of a library's features file: the standardised values, NaN = missing, then as many
/// spreads, 0 where a value is its source's and greater where it was predicted from the song's
/// text.
inline constexpr std::size_t kFeatureColumns = 2 * kFeatureCount;

/// Lower-case names in the order of Feature ("danceability", ..., "time_signature").
inline constexpr std::array<std::string_view, kFeatureCount> kFeatureNames = {
    "danceability", "energy",           "key",      "loudness", "mode",  "speechiness",
    "acousticness", "instrumentalness", "liveness", "valence",  "tempo", "time_signature"};

inline constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// Twelve values in natural units; a feature that is not known is NaN, never a default.
struct AudioFeatures {
  std::array<float, kFeatureCount> values = {kMissing, kMissing, kMissing, kMissing,
                                             kMissing, kMissing, kMissing, kMissing,
                                             kMissing, kMissing, kMissing, kMissing};

  float& operator[](Feature feature) { return values[static_cast<std::size_t>(feature)]; }
  float operator[](Feature feature) const { return values[static_cast<std::size_t>(feature)]; }

  bool has(Feature feature) const { return !std::isnan((*this)[feature]); }
  bool any() const {
    for (const float value : values) {
      if (!std::isnan(value)) return true;
    }
    return false;
  }
};

/// The feature of that lower-case name, if there is one.
std::optional<Feature> feature_named(std::string_view name);

/// Whether a value in natural units can be a measurement of that feature.
bool plausible(Feature feature, double value);

}  // namespace spotisearch

#include "music/audio_features.h"

#include <algorithm>

namespace spotisearch {

std::optional<Feature> feature_named(std::string_view name) {
  const auto found = std::find(kFeatureNames.begin(), kFeatureNames.end(), name);
  if (found == kFeatureNames.end()) return std::nullopt;
  return static_cast<Feature>(found - kFeatureNames.begin());
}

bool plausible(Feature feature, double value) {
  switch (feature) {
    case Feature::kKey:
      return value >= -1 && value <= 11;
    case Feature::kLoudness:
      return value >= -100 && value <= 10;
    case Feature::kTempo:
      return value >= 0 && value <= 400;
    case Feature::kTimeSignature:
      return value >= 0 && value <= 16;
    default:
      return value >= 0 && value <= 1;
  }
}

}  // namespace spotisearch

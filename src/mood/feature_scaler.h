// Natural units to standard units and back.
#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "music/audio_features.h"

namespace spotisearch {

/// Mean and standard deviation per feature, fixed when the model was trained and never refitted on
/// a user's library: a query and a song must live in the same space.
class FeatureScaler {
 public:
  /// REQUIRES: every deviation > 0.
  FeatureScaler(const std::array<double, kFeatureCount>& mean,
                const std::array<double, kFeatureCount>& deviation);

  /// Reads {"features":[12 names in order],"mean":[12],"deviation":[12]}.
  static Result<FeatureScaler> open(const std::filesystem::path& path);
  Status save(const std::filesystem::path& path) const;

  /// Names the statistics: features standardised by scalers with the same fingerprint can be
  /// compared.
  std::string fingerprint() const;

  /// (value - mean) / deviation; a missing value stays missing (NaN).
  std::array<float, kFeatureCount> standardise(const AudioFeatures& features) const;
  AudioFeatures restore(const std::array<float, kFeatureCount>& standard) const;

 private:
  std::array<double, kFeatureCount> mean_;
  std::array<double, kFeatureCount> deviation_;
};

}  // namespace spotisearch

// From a query's vector to the audio features that a fitting song would have.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "mood/feature_scaler.h"
#include "music/audio_features.h"

namespace spotisearch {

/// Twelve features, standardised, with how sure the head is of each.
struct MoodPrediction {
  std::array<float, kFeatureCount> mean{};    ///< standard units (FeatureScaler)
  std::array<float, kFeatureCount> spread{};  ///< standard deviation, standard units, > 0
};

/// A small network (one hidden layer, GELU) on top of the frozen encoder, trained by
/// `spotisearch-train` with a Gaussian negative log likelihood. Immutable; any thread.
class MoodHead {
 public:
  /// Loads `folder`/mood_head.safetensors and `folder`/feature_scaler.json.
  static Result<MoodHead> open(const std::filesystem::path& folder);

  MoodHead(MoodHead&&) noexcept;
  MoodHead& operator=(MoodHead&&) noexcept;
  ~MoodHead();

  /// Length of the query vectors it takes.
  std::size_t input_dimension() const;

  /// The statistics that its features are standardised with.
  const FeatureScaler& scaler() const;

  /// Heads with the same weights have the same; stable across machines.
  std::string fingerprint() const;

  /// REQUIRES: query_vector.size() == input_dimension().
  MoodPrediction predict(std::span<const float> query_vector) const;

 private:
  struct Impl;
  explicit MoodHead(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotisearch

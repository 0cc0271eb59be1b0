#include "search/feature_match.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace spotisearch {
namespace {

// A head that is surer than this of a feature would let that feature alone decide.
constexpr float kLeastSpread = 0.4F;

// One outlying feature must not outweigh eleven that fit: squared distances end here.
constexpr float kLargestSquaredDistance = 9.0F;

float squared_distance(float x, float mean, float inverse_spread) {
  const float distance = (x - mean) * inverse_spread;
  return std::min(distance * distance, kLargestSquaredDistance);
}

/// Its mean over ordinary songs: library features are standardised, so x has mean 0 and variance 1.
/// Summed over a grid, because the limit of the distance leaves no short formula.
float ordinary_squared_distance(float mean, float inverse_spread) {
  constexpr int kSteps = 16;  // on each side, of a quarter deviation
  float sum = 0;
  float weights = 0;
  for (int step = -kSteps; step <= kSteps; ++step) {
    const float x = 0.25F * static_cast<float>(step);
    const float weight = std::exp(-0.5F * x * x);
    sum += weight * squared_distance(x, mean, inverse_spread);
    weights += weight;
  }
  return sum / weights;
}

}  // namespace

FeatureMatch::FeatureMatch(const MoodPrediction& prediction) : mean_(prediction.mean) {
  float sum = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    inverse_spread_[i] = 1.0F / std::max(prediction.spread[i], kLeastSpread);
    ordinary_[i] = ordinary_squared_distance(mean_[i], inverse_spread_[i]);
    sum += mean_[i] * mean_[i];
  }
  length_ = std::sqrt(sum);
}

float FeatureMatch::cosine(std::span<const float> features) const {
  assert(features.size() == kFeatureColumns);
  float product = 0;
  float square = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (std::isnan(features[i])) continue;
    product += mean_[i] * features[i];
    square += features[i] * features[i];
  }
  if (square == 0 || length_ == 0) return kMissing;
  return product / (length_ * std::sqrt(square));
}

float FeatureMatch::likelihood(std::span<const float> features) const {
  assert(features.size() == kFeatureColumns);
  float sum = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (std::isnan(features[i])) {
      sum += ordinary_[i];
      continue;
    }
    // E[(x - mean)^2] of a value that is known up to its own spread.
    const float doubt = features[kFeatureCount + i] * inverse_spread_[i];
    sum += std::min(squared_distance(features[i], mean_[i], inverse_spread_[i]) + doubt * doubt,
                    kLargestSquaredDistance);
  }
  return -0.5F * sum / static_cast<float>(kFeatureCount);
}

MoodPrediction mood_of(std::span<const float> features) {
  assert(features.size() == kFeatureColumns);
  constexpr float kSimilarSpread = 0.7F;   // of features within one playlist, in standard units
  constexpr float kUnknownSpread = 10.0F;  // so wide that the feature does not count
  MoodPrediction mood;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const bool known = !std::isnan(features[i]);
    mood.mean[i] = known ? features[i] : 0.0F;
    mood.spread[i] =
        known ? std::hypot(kSimilarSpread, features[kFeatureCount + i]) : kUnknownSpread;
  }
  return mood;
}

}  // namespace spotisearch

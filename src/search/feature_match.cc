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

}  // namespace

FeatureMatch::FeatureMatch(const MoodPrediction& prediction) : mean_(prediction.mean) {
  float sum = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    inverse_spread_[i] = 1.0F / std::max(prediction.spread[i], kLeastSpread);
    // Library features are standardised: an ordinary song's x has mean 0 and variance 1.
    ordinary_[i] = std::min((1.0F + mean_[i] * mean_[i]) * inverse_spread_[i] * inverse_spread_[i],
                            kLargestSquaredDistance);
    sum += mean_[i] * mean_[i];
  }
  length_ = std::sqrt(sum);
}

float FeatureMatch::cosine(std::span<const float> features) const {
  assert(features.size() == kFeatureCount);
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
  assert(features.size() == kFeatureCount);
  float sum = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (std::isnan(features[i])) {
      sum += ordinary_[i];
      continue;
    }
    const float distance = (features[i] - mean_[i]) * inverse_spread_[i];
    sum += std::min(distance * distance, kLargestSquaredDistance);
  }
  return -0.5F * sum / static_cast<float>(kFeatureCount);
}

MoodPrediction mood_of(std::span<const float> features) {
  assert(features.size() == kFeatureCount);
  constexpr float kSimilarSpread = 0.7F;   // of features within one playlist, in standard units
  constexpr float kUnknownSpread = 10.0F;  // so wide that the feature does not count
  MoodPrediction mood;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const bool known = !std::isnan(features[i]);
    mood.mean[i] = known ? features[i] : 0.0F;
    mood.spread[i] = known ? kSimilarSpread : kUnknownSpread;
  }
  return mood;
}

}  // namespace spotisearch

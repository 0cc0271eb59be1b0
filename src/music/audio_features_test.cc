#include "music/audio_features.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

TEST(AudioFeaturesTest, StartsWithEverythingMissing) {
  AudioFeatures features;
  EXPECT_FALSE(features.any());
  features[Feature::kTempo] = 0.0F;  // a tempo of zero is a value, not an absence
  EXPECT_TRUE(features.any());
  EXPECT_TRUE(features.has(Feature::kTempo));
}

TEST(AudioFeaturesTest, NamesAndNumbersAgree) {
  EXPECT_EQ(feature_named("danceability"), Feature::kDanceability);
  EXPECT_EQ(feature_named("time_signature"), Feature::kTimeSignature);
  EXPECT_EQ(feature_named("Tempo"), std::nullopt);
}

TEST(AudioFeaturesTest, RealOdditiesArePlausible) {
  EXPECT_TRUE(plausible(Feature::kLoudness, 1.318));
  EXPECT_TRUE(plausible(Feature::kKey, -1));
  EXPECT_TRUE(plausible(Feature::kTempo, 0));
  EXPECT_TRUE(plausible(Feature::kTimeSignature, 1));
  EXPECT_FALSE(plausible(Feature::kValence, 1.5));
  EXPECT_FALSE(plausible(Feature::kTempo, -3));
}

}  // namespace
}  // namespace spotisearch

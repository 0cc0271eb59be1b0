#include "search/feature_match.h"

#include <gtest/gtest.h>

#include <cmath>

namespace spotisearch {
namespace {

/// A row of measured features.
std::array<float, kFeatureColumns> all(float value) {
  std::array<float, kFeatureColumns> row{};
  std::fill_n(row.begin(), kFeatureCount, value);
  return row;
}

/// Calm (energy two deviations down, surely), nothing else said.
MoodPrediction calm() {
  MoodPrediction prediction;
  prediction.spread.fill(1.0F);
  prediction.mean[1] = -2.0F;
  prediction.spread[1] = 0.5F;
  return prediction;
}

TEST(FeatureMatchTest, WhatTheQueryIsSureOfDecides) {
  const FeatureMatch match(calm());
  auto calm_song = all(0.0F);
  calm_song[1] = -2.0F;
  auto loud_song = all(0.0F);
  loud_song[1] = 2.0F;
  EXPECT_GT(match.likelihood(calm_song), match.likelihood(loud_song));
  EXPECT_GT(match.cosine(calm_song), match.cosine(loud_song));
}

TEST(FeatureMatchTest, AnEstimateCountsLessTheLessSureItIs) {
  const FeatureMatch match(calm());
  const auto gain = [&](float spread) {
    auto fits = all(0.0F);
    fits[1] = -2.0F;
    auto wrong = all(0.0F);
    wrong[1] = -1.0F;
    fits[kFeatureCount + 1] = wrong[kFeatureCount + 1] = spread;
    return match.likelihood(fits) - match.likelihood(wrong);
  };
  EXPECT_GT(gain(0.0F), 0.0F);
  EXPECT_LT(gain(1.4F), gain(0.0F));
  auto measured = all(0.0F);
  measured[1] = -2.0F;
  auto estimated = measured;
  estimated[kFeatureCount + 1] = 0.5F;
  EXPECT_GT(match.likelihood(measured), match.likelihood(estimated));
}

TEST(FeatureMatchTest, AMissingFeatureIsNeitherAPerfectNorAWrongOne) {
  const FeatureMatch match(calm());
  auto unknown = all(0.0F);
  unknown[1] = kMissing;
  auto fits = all(0.0F);
  fits[1] = -2.0F;
  auto contradicts = all(0.0F);
  contradicts[1] = 2.0F;
  EXPECT_LT(match.likelihood(unknown), match.likelihood(fits));
  EXPECT_GT(match.likelihood(unknown), match.likelihood(contradicts));
}

TEST(FeatureMatchTest, ASongWithoutFeaturesHasNoCosine) {
  const FeatureMatch match(calm());
  EXPECT_TRUE(std::isnan(match.cosine(all(kMissing))));
  EXPECT_FALSE(std::isnan(match.likelihood(all(kMissing))));
}

TEST(FeatureMatchTest, FewerKnownFeaturesEarnALowerCosine) {
  MoodPrediction prediction;
  prediction.spread.fill(1.0F);
  prediction.mean.fill(1.0F);
  const FeatureMatch match(prediction);
  auto half = all(1.0F);
  for (std::size_t i = 0; i < 6; ++i) half[i] = kMissing;
  EXPECT_NEAR(match.cosine(all(1.0F)), 1.0F, 1e-6F);
  EXPECT_LT(match.cosine(half), 0.8F);
}

}  // namespace
}  // namespace spotisearch

#include "mood/feature_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>

#include "mood/mood_fixture.h"

namespace spotisearch {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What a listener would accept as true: wider than the program's own limits, and independent of
// them.
const std::map<std::string, std::pair<Feature, std::function<bool(float)>>> kMeanings = {
    {"very calm", {Feature::kEnergy, [](float v) { return v <= 0.25F; }}},
    {"calm", {Feature::kEnergy, [](float v) { return v <= 0.45F; }}},
    {"energetic", {Feature::kEnergy, [](float v) { return v >= 0.65F; }}},
    {"intense", {Feature::kEnergy, [](float v) { return v >= 0.8F; }}},
    {"sad", {Feature::kValence, [](float v) { return v <= 0.25F; }}},
    {"melancholy", {Feature::kValence, [](float v) { return v <= 0.4F; }}},
    {"bright", {Feature::kValence, [](float v) { return v >= 0.6F; }}},
    {"happy", {Feature::kValence, [](float v) { return v >= 0.7F; }}},
    {"slow", {Feature::kTempo, [](float v) { return v > 0 && v <= 95; }}},
    {"fast", {Feature::kTempo, [](float v) { return v >= 130; }}},
    {"acoustic", {Feature::kAcousticness, [](float v) { return v >= 0.5F; }}},
    {"electric", {Feature::kAcousticness, [](float v) { return v <= 0.1F; }}},
    {"danceable", {Feature::kDanceability, [](float v) { return v >= 0.6F; }}},
    {"without a dance beat", {Feature::kDanceability, [](float v) { return v <= 0.4F; }}},
    {"instrumental", {Feature::kInstrumentalness, [](float v) { return v >= 0.5F; }}},
    {"sung", {Feature::kInstrumentalness, [](float v) { return v <= 0.1F; }}},
    {"quiet", {Feature::kLoudness, [](float v) { return v <= -13; }}},
    {"loud", {Feature::kLoudness, [](float v) { return v >= -6; }}},
    {"spoken or rapped", {Feature::kSpeechiness, [](float v) { return v >= 0.25F; }}},
    {"live", {Feature::kLiveness, [](float v) { return v >= 0.6F; }}},
    {"in a minor key", {Feature::kMode, [](float v) { return v < 0.5F; }}},
    {"in a major key", {Feature::kMode, [](float v) { return v > 0.5F; }}},
};

/// Any features an import can bring: within their ranges, often at the ends, often missing.
AudioFeatures random_features(std::mt19937_64& random) {
  std::uniform_real_distribution<float> share(0, 1);
  AudioFeatures features;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const float at = share(random) < 0.2F ? std::round(share(random)) : share(random);
    features.values[i] = at;
  }
  features[Feature::kKey] = std::round(share(random) * 11);
  features[Feature::kLoudness] = -60 + 62 * share(random);
  features[Feature::kMode] = std::round(share(random));
  features[Feature::kTempo] = 30 + 200 * share(random);
  features[Feature::kTimeSignature] = 1 + std::round(share(random) * 6);
  for (float& value : features.values) {
    if (share(random) < 0.25F) value = kMissing;
  }
  return features;
}

void expect_true_of(const AudioFeatures& features, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const auto meaning = kMeanings.find(word);
    ASSERT_NE(meaning, kMeanings.end()) << "a word without a meaning here: " << word;
    const auto& [feature, holds] = meaning->second;
    ASSERT_TRUE(features.has(feature)) << word << " said of a missing feature";
    EXPECT_TRUE(holds(features[feature])) << word << " said of " << features[feature];
  }
}

TEST(FeatureWordsTest, EveryWordSaidOfASongIsTrueOfIt) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const AudioFeatures features = random_features(random);
    expect_true_of(features, describe(features, ordinary_scaler()));
  }
}

TEST(FeatureWordsTest, EveryWordSharedIsTrueOfTheSongAndAskedFor) {
  std::mt19937_64 random(11);
  std::normal_distribution<float> normal(0, 1.5F);
  std::size_t said = 0;
  for (int i = 0; i < 20'000; ++i) {
    const AudioFeatures features = random_features(random);
    MoodPrediction prediction;
    for (float& mean : prediction.mean) mean = normal(random);
    for (float& spread : prediction.spread) spread = std::exp(0.5F * normal(random));
    const auto words = shared_words(features, prediction, ordinary_scaler(), 3);
    EXPECT_LE(words.size(), 3U);
    expect_true_of(features, words);
    // Asked for: the prediction is on the word's side of the ordinary, and says so with some
    // confidence.
    for (const std::string& word : words) {
      const auto feature = static_cast<std::size_t>(kMeanings.at(word).first);
      const bool of_high_values = kMeanings.at(word).second(1000.0F);
      EXPECT_EQ(prediction.mean[feature] > 0, of_high_values) << word;
      EXPECT_LE(prediction.spread[feature], 1.5F) << word;
      ++said;
    }
  }
  EXPECT_GT(said, 1000U);
}

TEST(FeatureWordsTest, NothingIsSaidOfWhatIsNotKnownOrOrdinary) {
  EXPECT_THAT(describe(AudioFeatures(), ordinary_scaler()), IsEmpty());
  EXPECT_THAT(describe(ordinary_scaler().restore({}), ordinary_scaler()), IsEmpty());
  MoodPrediction sure;
  sure.mean.fill(2);
  sure.spread.fill(0.1F);
  EXPECT_THAT(shared_words(AudioFeatures(), sure, ordinary_scaler(), 5), IsEmpty());
}

TEST(FeatureWordsTest, WhatStandsOutMostIsSaidFirst) {
  AudioFeatures features;
  features[Feature::kTempo] = 84;           // 1.3 deviations below
  features[Feature::kAcousticness] = 1.0F;  // 2 deviations above
  EXPECT_THAT(describe(features, ordinary_scaler()), ElementsAre("acoustic", "slow"));
}

TEST(FeatureWordsTest, AQueryThatIsNotSureSharesNothing) {
  AudioFeatures features;
  features[Feature::kTempo] = 60;
  MoodPrediction prediction;
  prediction.mean.fill(-2);
  prediction.spread.fill(0.3F);
  EXPECT_THAT(shared_words(features, prediction, ordinary_scaler(), 3), ElementsAre("slow"));
  prediction.spread.fill(3.0F);
  EXPECT_THAT(shared_words(features, prediction, ordinary_scaler(), 3), IsEmpty());
}

TEST(FeatureWordsTest, ATempoThatWasNotFoundIsNotSlow) {
  AudioFeatures features;
  features[Feature::kTempo] = 0;
  EXPECT_THAT(describe(features, ordinary_scaler()), IsEmpty());
}

}  // namespace
}  // namespace spotisearch

#include "train/spoken_features.h"

#include <gtest/gtest.h>

#include <set>

namespace spotisearch {
namespace {

TEST(SpokenFeaturesTest, NothingIsSaidOfWhatIsNotKnown) {
  std::mt19937_64 random(1);
  EXPECT_EQ(speak(AudioFeatures(), random), "");
}

TEST(SpokenFeaturesTest, OneThingIsSaidInVariedWordsThatAreTrue) {
  AudioFeatures features;
  features[Feature::kTempo] = 60;
  std::mt19937_64 random(1);
  std::set<std::string> said;
  for (int i = 0; i < 100; ++i) said.insert(speak(features, random));
  EXPECT_GT(said.size(), 2U);
  for (const std::string& text : said) {
    EXPECT_TRUE(text.find("slow") != std::string::npos ||
                text.find("unhurried") != std::string::npos)
        << text;
    EXPECT_EQ(text.find("fast"), std::string::npos) << text;
  }
}

TEST(SpokenFeaturesTest, TheSameSeedSaysTheSame) {
  AudioFeatures features;
  features[Feature::kTempo] = 170;
  features[Feature::kEnergy] = 0.95F;
  features[Feature::kValence] = 0.1F;
  std::mt19937_64 first(7), second(7);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(speak(features, first), speak(features, second));
}

}  // namespace
}  // namespace spotisearch

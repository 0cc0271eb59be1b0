#include "mood/feature_scaler.h"

#include <gtest/gtest.h>

#include <fstream>

#include "mood/mood_fixture.h"

namespace spotisearch {
namespace {

const std::string kNames =
    R"(["danceability","energy","key","loudness","mode","speechiness","acousticness",)"
    R"("instrumentalness","liveness","valence","tempo","time_signature"])";
const std::string kOnes = "[1,1,1,1,1,1,1,1,1,1,1,1]";

std::string document(const std::string& names, const std::string& mean,
                     const std::string& deviation) {
  return "{\"features\":" + names + ",\"mean\":" + mean + ",\"deviation\":" + deviation + "}";
}

class FeatureScalerTest : public MoodFolderTest {
 protected:
  Result<FeatureScaler> open(const std::string& text) {
    std::ofstream(path()) << text;
    return FeatureScaler::open(path());
  }
  std::filesystem::path path() const { return folder_ / "feature_scaler.json"; }
};

TEST_F(FeatureScalerTest, StandardUnitsAndBack) {
  AudioFeatures features;
  features[Feature::kTempo] = 91.0F;
  features[Feature::kLoudness] = -19.5F;
  const auto standard = ordinary_scaler().standardise(features);
  EXPECT_FLOAT_EQ(standard[static_cast<std::size_t>(Feature::kTempo)], -1.0F);
  EXPECT_FLOAT_EQ(standard[static_cast<std::size_t>(Feature::kLoudness)], -2.0F);
  const AudioFeatures back = ordinary_scaler().restore(standard);
  EXPECT_NEAR(back[Feature::kTempo], 91.0F, 1e-4F);
  EXPECT_NEAR(back[Feature::kLoudness], -19.5F, 1e-4F);
}

TEST_F(FeatureScalerTest, MissingStaysMissing) {
  AudioFeatures features;
  features[Feature::kEnergy] = 0.5F;
  const auto standard = ordinary_scaler().standardise(features);
  const AudioFeatures back = ordinary_scaler().restore(standard);
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const bool known = static_cast<Feature>(i) == Feature::kEnergy;
    EXPECT_EQ(std::isnan(standard[i]), !known) << kFeatureNames[i];
    EXPECT_EQ(back.has(static_cast<Feature>(i)), known) << kFeatureNames[i];
  }
}

TEST_F(FeatureScalerTest, WhatWasSavedIsReadBack) {
  ASSERT_TRUE(ordinary_scaler().save(path()));
  const auto read = FeatureScaler::open(path());
  ASSERT_TRUE(read) << read.error().message;
  std::array<float, kFeatureCount> standard{};
  standard.fill(1.5F);
  EXPECT_EQ(read->restore(standard).values, ordinary_scaler().restore(standard).values);
}

TEST_F(FeatureScalerTest, AFileThatIsNotThereIsNotFound) {
  const auto read = FeatureScaler::open(path());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kNotFound);
  EXPECT_NE(read.error().message.find(path().string()), std::string::npos);
}

TEST_F(FeatureScalerTest, DamagedFilesAreCorruptAndNamed) {
  ASSERT_TRUE(open(document(kNames, kOnes, kOnes)));
  const std::string eleven = "[1,1,1,1,1,1,1,1,1,1,1]";
  const std::string with_text = "[1,1,1,1,1,\"1\",1,1,1,1,1,1]";
  const std::string with_huge = "[1,1,1,1,1,1e999,1,1,1,1,1,1]";
  const std::string with_zero = "[1,1,1,1,1,0,1,1,1,1,1,1]";
  const std::string with_minus = "[1,1,1,1,1,-2,1,1,1,1,1,1]";
  const std::string other_names = R"(["energy","danceability"])";
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("\xff\xfe\x00\x01", 4),
        document(other_names, kOnes, kOnes), document("null", kOnes, kOnes),
        document(kNames, eleven, kOnes), document(kNames, kOnes, eleven),
        document(kNames, with_text, kOnes), document(kNames, with_huge, kOnes),
        document(kNames, kOnes, with_zero), document(kNames, kOnes, with_minus),
        document(kNames, kOnes, "7"), "{\"features\":" + kNames + "}"}) {
    const auto read = open(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, ErrorCode::kCorrupt) << text;
    EXPECT_NE(read.error().message.find("feature_scaler.json"), std::string::npos);
  }
}

}  // namespace
}  // namespace spotisearch

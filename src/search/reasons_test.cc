#include "search/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mood/mood_fixture.h"

namespace spotisearch {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ReasonsTest : public ::testing::Test {
 protected:
  ReasonsTest() {
    sad_and_slow_.spread.fill(2.0F);
    for (const Feature feature : {Feature::kValence, Feature::kTempo}) {
      sad_and_slow_.mean[static_cast<std::size_t>(feature)] = -1.5F;
      sad_and_slow_.spread[static_cast<std::size_t>(feature)] = 0.5F;
    }
    input_.mood = &sad_and_slow_;
    input_.scaler = &scaler_;
  }

  FeatureScaler scaler_ = ordinary_scaler();
  MoodPrediction sad_and_slow_;
  ExplanationInput input_;
};

TEST_F(ReasonsTest, OnlyTheFeaturesThatTheSongSharesAreNamed) {
  Track track;
  track.features[Feature::kTempo] = 60;
  track.features[Feature::kValence] = 0.9F;
  const auto reasons = explain(track, {.features = 0.5F}, {}, input_);
  ASSERT_THAT(reasons, SizeIs(1));
  EXPECT_EQ(reasons[0].signal, "features");
  EXPECT_THAT(reasons[0].text, AllOf(HasSubstr("slow"), Not(HasSubstr("sad")),
                                     Not(HasSubstr("happy")), Not(HasSubstr("probably"))));
}

TEST_F(ReasonsTest, EstimatesAreCalledProbable) {
  Track track;
  track.features[Feature::kTempo] = 60;
  track.features_estimated = true;
  EXPECT_THAT(explain(track, {.features = 0.5F}, {}, input_)[0].text, HasSubstr("probably slow"));
}

TEST_F(ReasonsTest, WordsThatWereFoundAreNamed) {
  const std::vector<std::string> words = {"rain", "piano"};
  const auto reasons = explain(Track(), {.keywords = 0.5F}, words, input_);
  ASSERT_THAT(reasons, SizeIs(1));
  EXPECT_EQ(reasons[0].text, "keywords: rain, piano");
  EXPECT_DOUBLE_EQ(reasons[0].weight, 1.0);
}

TEST_F(ReasonsTest, WeightsAreSharesOfWhatLiftsItAboveTheUsual) {
  const std::vector<std::string> words = {"rain"};
  input_.usual = {.text = 0.3F, .features = -0.2F, .keywords = 0.0F};
  const auto reasons =
      explain(Track(), {.text = 0.6F, .features = -0.5F, .keywords = 0.1F}, words, input_);
  ASSERT_THAT(reasons, SizeIs(2));
  EXPECT_EQ(reasons[0].signal, "text");
  EXPECT_NEAR(reasons[0].weight, 0.75, 1e-6);
  EXPECT_EQ(reasons[1].signal, "keywords");
  EXPECT_NEAR(reasons[1].weight, 0.25, 1e-6);
}

TEST_F(ReasonsTest, ATextReasonSpeaksOnlyOfTextsThatAreThere) {
  const auto text_of = [&](const auto& item) {
    const auto reasons = explain(item, {.text = 0.5F}, {}, input_);
    return reasons.empty() ? std::string() : reasons.front().text;
  };
  Track bare;
  bare.title = "Rain";
  EXPECT_THAT(text_of(bare), AllOf(Not(HasSubstr("description")), Not(HasSubstr("genre"))));
  bare.genres = {"ambient"};
  EXPECT_THAT(text_of(bare), Not(HasSubstr("description")));
  bare.description = "A long one.";
  EXPECT_THAT(text_of(bare), HasSubstr("description"));
  Album album;
  album.title = "Low Tide";
  EXPECT_THAT(text_of(album), AllOf(Not(HasSubstr("description")), Not(HasSubstr("mood words"))));
}

TEST_F(ReasonsTest, WhatDoesNotCountIsNoReason) {
  EXPECT_THAT(explain(Track(), {}, {}, input_), IsEmpty());
  EXPECT_THAT(explain(Album(), {}, {}, ExplanationInput()), IsEmpty());
}

}  // namespace
}  // namespace spotisearch

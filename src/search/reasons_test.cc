#include "search/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "knowledge/knowledge_fixture.h"
#include "mood/mood_fixture.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
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

TEST_F(ReasonsTest, FeaturesToldFromTheTextAreCalledProbableToo) {
  Track track;
  track.estimates[Feature::kTempo] = 60;
  EXPECT_THAT(explain(track, {.features = 0.5F}, {}, input_)[0].text, HasSubstr("probably slow"));
  track.features[Feature::kValence] = 0.05F;
  EXPECT_EQ(explain(track, {.features = 0.5F}, {}, input_)[0].text, "sad, like your query");
}

class KnowingReasonsTest : public ReasonsTest {
 protected:
  /// A query that is exactly `mood`, of the moods of tiny_knowledge().
  void ask(const std::string& mood) {
    const std::vector<std::string> moods = {"hushed", "lonely", "patient", "shiny", "smoky"};
    std::vector<std::pair<std::int64_t, std::size_t>> order;
    for (std::size_t i = 0; i < moods.size(); ++i) order.emplace_back(term_id(moods[i]), i);
    std::ranges::sort(order);
    std::vector<std::int64_t> ids;
    for (const auto& [id, i] : order) ids.push_back(id);
    const std::vector<std::uint64_t> hashes(ids.size());
    const auto vector_of = [&](std::size_t i) {
      std::vector<float> vector(moods.size());
      vector[i] = 1.0F;
      return vector;
    };
    std::vector<float> row;
    const auto path = std::filesystem::path(::testing::TempDir()) /
                      ("reasons_terms_" + std::to_string(::getpid()) + ".vec");
    ASSERT_TRUE(write_vector_file(path, {.dimension = moods.size(),
                                         .fingerprint = "test",
                                         .ids = ids,
                                         .hashes = hashes,
                                         .row = [&](std::size_t i) {
                                           row = vector_of(order[i].second);
                                           return std::span<const float>(row);
                                         }}));
    terms_.emplace(VectorFile::open(path).value());
    std::filesystem::remove(path);
    const auto asked = std::ranges::find(moods, mood);
    query_ = vector_of(static_cast<std::size_t>(asked - moods.begin()));
    input_.terms = &*terms_;
    input_.query_vector = query_;
    input_.knowledge = &knowledge_;
  }
  std::vector<std::string> texts(const Track& track) {
    std::vector<std::string> said;
    for (const Reason& reason : explain(track, {.text = 0.5F}, {}, input_)) {
      EXPECT_EQ(reason.signal, "text");
      said.push_back(reason.text);
    }
    return said;
  }

  Knowledge knowledge_ = tiny_knowledge();
  std::optional<VectorFile> terms_;
  std::vector<float> query_;
};

TEST_F(KnowingReasonsTest, TheArtistIsCited) {
  ask("hushed");
  Track track;
  track.title = "Low Tide";
  track.artists = {"Ropewalkers"};
  EXPECT_THAT(texts(track), ElementsAre("artist: hushed (Brushed drums under a low voice)"));
}

TEST_F(KnowingReasonsTest, OfSeveralArtistsTheOneThatFitsIsNamed) {
  ask("smoky");
  Track track;
  track.title = "Low Tide";
  track.artists = {"Ropewalkers", "Ada Quill"};
  EXPECT_THAT(texts(track), ElementsAre("Ada Quill: smoky"));
}

TEST_F(KnowingReasonsTest, TheGenreIsCited) {
  ask("patient");
  Track track;
  track.title = "Low Tide";
  track.genres = {"slowcore"};
  EXPECT_THAT(texts(track), ElementsAre("genre: slowcore is patient"));
}

TEST_F(KnowingReasonsTest, ReasonsOfOneSignalShareItsWeight) {
  ask("lonely");
  Track track;
  track.title = "Low Tide";
  track.artists = {"Ropewalkers"};
  const auto reasons = explain(track, {.text = 0.5F}, {}, input_);
  ASSERT_THAT(reasons, SizeIs(2));
  EXPECT_DOUBLE_EQ(reasons[0].weight + reasons[1].weight, 1.0);
}

TEST_F(KnowingReasonsTest, WhatSpeaksNotForTheItemIsNotCited) {
  ask("shiny");
  Track track;
  track.title = "Low Tide";
  track.artists = {"Ropewalkers"};
  EXPECT_THAT(texts(track), ElementsAre(HasSubstr("name")));
}

TEST_F(ReasonsTest, WhatDoesNotCountIsNoReason) {
  EXPECT_THAT(explain(Track(), {}, {}, input_), IsEmpty());
  EXPECT_THAT(explain(Album(), {}, {}, ExplanationInput()), IsEmpty());
}

}  // namespace
}  // namespace spotisearch

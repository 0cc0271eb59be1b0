#include "train/mood_pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "catalog/library_fixture.h"
#include "mood/mood_fixture.h"

namespace spotisearch {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr auto kEnergy = static_cast<std::size_t>(Feature::kEnergy);
constexpr auto kTempo = static_cast<std::size_t>(Feature::kTempo);

class MoodPairTest : public LibraryTest {
 protected:
  /// A row of the queries' CSV: the ordinary song, but for its energy and the spread of that.
  static std::string row(const std::string& query, const std::string& energy,
                         const std::string& energy_spread) {
    const AudioFeatures ordinary = ordinary_scaler().restore({});
    std::string line = query;
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      line += "," + (i == kEnergy ? energy : std::to_string(ordinary.values[i]));
      line += "," + (i == kEnergy ? energy_spread : std::string("0.1"));
    }
    return line + "\n";
  }
  static std::string header() {
    std::string line = "query";
    for (const std::string_view name : kFeatureNames) {
      line.append(",").append(name).append(",").append(name).append("_spread");
    }
    return line + "\n";
  }
  Result<std::vector<MoodPair>> read(const std::string& text) {
    std::ofstream(folder_ / "queries.csv") << text;
    return pairs_from_queries(folder_ / "queries.csv", ordinary_scaler());
  }
  std::string error_of(const std::string& text) {
    const auto pairs = read(text);
    EXPECT_FALSE(pairs) << text;
    return pairs ? "" : pairs.error().message;
  }
  static Track with_features(Track track, float shift) {
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      track.features.values[i] = static_cast<float>(i) + shift;
    }
    return track;
  }
};

TEST_F(MoodPairTest, QueriesAreReadInStandardUnits) {
  const auto pairs =
      read(header() + row("sleepy", "0.06", "0.13") + row("\"loud, fast\"", "1", "0.26"));
  ASSERT_TRUE(pairs) << pairs.error().message;
  ASSERT_EQ(pairs->size(), 2U);
  EXPECT_EQ(pairs->at(1).text, "loud, fast");
  const MoodPair& sleepy = pairs->at(0);
  EXPECT_TRUE(sleepy.is_query);
  EXPECT_NEAR(sleepy.mean[kEnergy], -2.0F, 1e-4F);
  EXPECT_NEAR(sleepy.spread[kEnergy], 0.5F, 1e-4F);
  EXPECT_NEAR(sleepy.mean[kTempo], 0.0F, 1e-4F);
  EXPECT_NEAR(sleepy.spread[kTempo], 0.1F / 28, 1e-4F);
}

TEST_F(MoodPairTest, MistakesNameFileLineAndColumn) {
  const std::string good = row("fine", "0.5", "0.1");
  EXPECT_THAT(error_of(header() + good + row("bad", "much", "0.1")),
              AllOf(HasSubstr("queries.csv"), HasSubstr("line 3"), HasSubstr("column energy")));
  EXPECT_THAT(error_of(header() + row("bad", "0.5", "")),
              AllOf(HasSubstr("line 2"), HasSubstr("energy_spread")));
  EXPECT_THAT(error_of(header() + row("bad", "0.5x", "0.1")), HasSubstr("line 2"));
  EXPECT_THAT(error_of(header() + "only a query\n"),
              AllOf(HasSubstr("line 2"), HasSubstr("danceability")));
  EXPECT_THAT(error_of("query,energy\nx,1\n"), HasSubstr("danceability"));
  EXPECT_THAT(error_of("text,energy\nx,1\n"), HasSubstr("\"query\""));
  EXPECT_THAT(error_of(""), HasSubstr("queries.csv"));
}

TEST_F(MoodPairTest, NumbersThatCannotBeAreRefused) {
  EXPECT_THAT(error_of(header() + row("bad", "nan", "0.1")), HasSubstr("line 2"));
  EXPECT_THAT(error_of(header() + row("bad", "inf", "0.1")), HasSubstr("line 2"));
  EXPECT_THAT(error_of(header() + row("bad", "0.5", "-0.1")),
              AllOf(HasSubstr("line 2"), HasSubstr("energy_spread")));
}

TEST_F(MoodPairTest, AFileThatIsNotThereIsNotFound) {
  const auto pairs = pairs_from_queries(folder_ / "none.csv", ordinary_scaler());
  ASSERT_FALSE(pairs);
  EXPECT_EQ(pairs.error().code, ErrorCode::kNotFound);
}

TEST_F(MoodPairTest, TheScalerIsMadeOfMeasuredSongsAlone) {
  put(with_features(song("A", {"Ada"}), 0));
  put(with_features(song("B", {"Ada"}), 2));
  Track estimate = with_features(song("C", {"Ada"}), 100);
  estimate.features_estimated = true;
  put(estimate);
  put(song("D", {"Ada"}));
  const auto scaler = fit_scaler(*catalog_);
  ASSERT_TRUE(scaler) << scaler.error().message;
  const auto low = scaler->standardise(with_features({}, 0).features);
  for (const float value : low) EXPECT_NEAR(value, -1.0F, 1e-4F);
}

TEST_F(MoodPairTest, AFeatureThatNeverVariesCannotBeScaled) {
  put(with_features(song("A", {"Ada"}), 0));
  put(with_features(song("B", {"Ada"}), 0));
  const auto scaler = fit_scaler(*catalog_);
  ASSERT_FALSE(scaler);
  EXPECT_EQ(scaler.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(scaler.error().message, HasSubstr("danceability"));
}

TEST_F(MoodPairTest, SongsGiveTheirWordsButNotTheirPlaylists) {
  Track track = with_features(song("Rain", {"Ada"}), 0);
  track.genres = {"ambient", "drone"};
  track.playlists = {"my secret list"};
  put(track);
  put(song("Without features", {"Ada"}));
  const auto pairs = pairs_from_songs(*catalog_, ordinary_scaler(), 1);
  ASSERT_TRUE(pairs) << pairs.error().message;
  std::string all;
  for (const MoodPair& pair : *pairs) {
    all += pair.text + "\n";
    EXPECT_FALSE(pair.text.empty());
    EXPECT_FALSE(pair.is_query);
    EXPECT_EQ(pair.mean, ordinary_scaler().standardise(track.features));
  }
  EXPECT_THAT(all, AllOf(HasSubstr("Rain by Ada"), HasSubstr("ambient, drone")));
  EXPECT_THAT(all, ::testing::Not(HasSubstr("secret")));
  EXPECT_THAT(all, ::testing::Not(HasSubstr("Without")));
}

TEST_F(MoodPairTest, TheSameSeedGivesTheSameTexts) {
  for (int i = 0; i < 20; ++i) {
    put(with_features(song("Song " + std::to_string(i), {"Ada"}), static_cast<float>(i % 5) / 5));
  }
  const auto texts = [&](std::uint64_t seed) {
    std::vector<std::string> all;
    const auto pairs = pairs_from_songs(*catalog_, ordinary_scaler(), seed);
    EXPECT_TRUE(pairs) << pairs.error().message;
    for (const MoodPair& pair : *pairs) all.push_back(pair.text);
    return all;
  };
  EXPECT_EQ(texts(1), texts(1));
  EXPECT_NE(texts(1), texts(2));
}

}  // namespace
}  // namespace spotisearch

#include "search/ranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "index/exact_index.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kEnergy = static_cast<std::size_t>(Feature::kEnergy);

/// Four songs on a circle: rows 10, 20, 30 and 40 point to 0, 30, 60 and 90 degrees; their energy
/// is -1, missing (as is all else), 1 and 2 standard units.
class RankingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    text_ = write("text.vec", 2, [](std::size_t i) {
      const float angle = static_cast<float>(i) * 0.5235988F;
      return std::vector<float>{std::cos(angle), std::sin(angle)};
    });
    features_ = write("features.vec", kFeatureColumns, [](std::size_t i) {
      std::vector<float> row(kFeatureColumns, i == 1 ? kMissing : 0.0F);
      constexpr float kEnergies[] = {-1.0F, kMissing, 1.0F, 2.0F};
      row[kEnergy] = kEnergies[i];
      return row;
    });
    index_ = std::make_unique<ExactIndex>(text_);
    MoodPrediction wild;
    wild.spread.fill(1.0F);
    wild.mean[kEnergy] = 2.0F;
    match_ = std::make_unique<FeatureMatch>(wild);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  template <class Row>
  std::shared_ptr<const VectorFile> write(const char* name, std::size_t dimension, Row row) {
    const std::vector<std::uint64_t> hashes(ids_.size());
    std::vector<float> current;
    const auto status = write_vector_file(folder_ / name, {.dimension = dimension,
                                                           .fingerprint = "test",
                                                           .generation = 1,
                                                           .ids = ids_,
                                                           .hashes = hashes,
                                                           .row = [&](std::size_t i) {
                                                             current = row(i);
                                                             return std::span<const float>(current);
                                                           }});
    EXPECT_TRUE(status) << status.error().message;
    return std::make_shared<const VectorFile>(VectorFile::open(folder_ / name).value());
  }

  RankingInput input(SearchMode mode) {
    RankingInput input;
    input.mode = mode;
    input.text = index_.get();
    input.ids = ids_;
    input.query_vector = query_;
    input.features = features_.get();
    input.match = match_.get();
    input.feature_weight = 1.0F;
    input.pool = 10;
    return input;
  }
  static std::vector<std::size_t> positions(const std::vector<Candidate>& candidates) {
    std::vector<std::size_t> found;
    for (const Candidate& candidate : candidates) found.push_back(candidate.position);
    return found;
  }

  std::filesystem::path folder_ = std::filesystem::path(::testing::TempDir()) /
                                  (std::string("RankingTest.") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name() +
                                   "." + std::to_string(::getpid()));
  std::vector<std::int64_t> ids_ = {10, 20, 30, 40};
  std::vector<float> query_ = {1.0F, 0.0F};
  std::shared_ptr<const VectorFile> text_, features_;
  std::unique_ptr<ExactIndex> index_;
  std::unique_ptr<FeatureMatch> match_;
};

TEST_F(RankingTest, EachModeHearsItsOwnSignal) {
  EXPECT_THAT(positions(rank(input(SearchMode::kText))), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(positions(rank(input(SearchMode::kFeatures))), ElementsAre(2, 3, 0))
      << "a tie by position, the opposite last, the unknown not at all";
  EXPECT_THAT(positions(rank(input(SearchMode::kKeywords))), IsEmpty());
  auto keywords = input(SearchMode::kKeywords);
  const std::vector<KeywordMatch> matches = {{40, 0.9}, {20, 0.4}};
  keywords.keywords = matches;
  EXPECT_THAT(positions(rank(keywords)), ElementsAre(3, 1));
}

TEST_F(RankingTest, ABlendGivesEveryCandidateEverySignal) {
  auto blend = input(SearchMode::kBlend);
  const std::vector<KeywordMatch> matches = {{20, 0.25}};
  blend.keywords = matches;
  const auto candidates = rank(blend);
  ASSERT_EQ(candidates.size(), 4U) << "each once";
  for (const Candidate& candidate : candidates) {
    const auto row = features_->matrix().row(candidate.position);
    EXPECT_NEAR(candidate.contributions.text,
                std::cos(static_cast<float>(candidate.position) * 0.5235988F), 1e-5F);
    EXPECT_FLOAT_EQ(candidate.contributions.features, match_->likelihood(row));
    EXPECT_FLOAT_EQ(candidate.contributions.keywords, candidate.position == 1 ? 0.25F : 0.0F);
  }
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    EXPECT_GE(candidates[i - 1].contributions.total(), candidates[i].contributions.total());
  }
}

TEST_F(RankingTest, FeaturesScoreTheBlendsCandidatesAndNameNone) {
  auto blend = input(SearchMode::kBlend);
  blend.keywords = {};
  blend.pool = 1;  // text finds position 0, though the features of position 3 fit best
  const auto candidates = rank(blend);
  ASSERT_EQ(candidates.size(), 1U);
  EXPECT_EQ(candidates[0].position, 0U);
  EXPECT_NE(candidates[0].contributions.features, 0.0F);
}

TEST_F(RankingTest, AFilterHoldsForEverySignal) {
  const std::vector<std::int64_t> allowed_rows = {20, 40};
  const RowFilter allowed(ids_, allowed_rows);
  const std::vector<KeywordMatch> matches = {{10, 1.0}, {40, 0.5}};
  for (const SearchMode mode :
       {SearchMode::kBlend, SearchMode::kFeatures, SearchMode::kText, SearchMode::kKeywords}) {
    auto filtered = input(mode);
    filtered.allowed = &allowed;
    filtered.keywords = matches;
    const auto found = positions(rank(filtered));
    EXPECT_FALSE(found.empty());
    for (const std::size_t position : found) EXPECT_TRUE(position == 1 || position == 3);
  }
}

TEST_F(RankingTest, KeywordsOfSongsThatAreNotIndexedYetAreLeftOut) {
  auto keywords = input(SearchMode::kKeywords);
  const std::vector<KeywordMatch> matches = {{99, 1.0}, {15, 0.8}, {30, 0.1}};
  keywords.keywords = matches;
  EXPECT_THAT(positions(rank(keywords)), ElementsAre(2));
}

TEST_F(RankingTest, AlbumsHaveNoFeatures) {
  auto blend = input(SearchMode::kBlend);
  blend.features = nullptr;
  blend.match = nullptr;
  EXPECT_THAT(positions(rank(blend)), ElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace spotisearch

#include "vectors/top_k.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace spotisearch {
namespace {

TEST(TopKTest, EqualsASortOfEverything) {
  std::mt19937 random(7);
  std::vector<ScoredRow> rows(1000);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = {static_cast<float>(random() % 50), i};  // many ties
  }
  std::shuffle(rows.begin(), rows.end(), random);
  TopK top(37);
  for (const ScoredRow& row : rows) top.push(row.score, row.row);
  std::sort(rows.begin(), rows.end(), ranks_before);
  EXPECT_EQ(top.take(), std::vector<ScoredRow>(rows.begin(), rows.begin() + 37));
}

TEST(TopKTest, OnATieTheLowerRowComesFirstWhateverTheOrderOfArrival) {
  TopK top(2);
  for (const std::size_t row : {9, 3, 7, 5}) top.push(1.0f, row);
  EXPECT_EQ(top.take(), (std::vector<ScoredRow>{{1.0f, 3}, {1.0f, 5}}));
}

TEST(TopKTest, NotANumberNeverEnters) {
  TopK top(3);
  top.push(std::numeric_limits<float>::quiet_NaN(), 0);
  top.push(-1.0f, 1);
  EXPECT_EQ(top.take(), (std::vector<ScoredRow>{{-1.0f, 1}}));
}

TEST(TopKTest, ThresholdIsTheScoreToBeat) {
  TopK top(1);
  EXPECT_EQ(top.threshold(), -std::numeric_limits<float>::infinity());
  top.push(0.5f, 0);
  EXPECT_EQ(top.threshold(), 0.5f);
}

TEST(TopKTest, NoneWantedNoneGiven) {
  TopK top(0);
  top.push(1.0f, 0);
  EXPECT_TRUE(top.take().empty());
}

}  // namespace
}  // namespace spotisearch

#include "eval/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <random>

namespace spotisearch {
namespace {

TEST(MetricsTest, GradedGainsByHand) {
  const Qrels qrels = {{"q", {{"good", 1}, {"best", 2}, {"bad", 0}}}};
  const TrecRun run = {
      {"q", {{"bad", 1, 0.9}, {"best", 2, 0.8}, {"other", 3, 0.7}, {"good", 4, 0.6}}}};
  const Metrics metrics = evaluate(qrels, run);
  const double dcg = 3 / std::log2(3) + 1 / std::log2(5);
  const double ideal = 3 / std::log2(2) + 1 / std::log2(3);
  EXPECT_DOUBLE_EQ(metrics.ndcg_at_10, dcg / ideal);
  EXPECT_DOUBLE_EQ(metrics.precision_at_10, 0.2);
  EXPECT_DOUBLE_EQ(metrics.mrr_at_10, 0.5);
  EXPECT_EQ(metrics.hit_at_1, 0.0);
  EXPECT_EQ(metrics.hit_at_5, 1.0);
  EXPECT_EQ(metrics.hit_at_10, 1.0);
}

TEST(MetricsTest, QueriesWithoutResultsCountAsZero) {
  const Qrels qrels = {{"a", {{"x", 1}}}, {"b", {{"x", 1}}}};
  const Metrics metrics = evaluate(qrels, {{"a", {{"x", 1, 1.0}}}, {"unjudged", {{"x", 1, 1.0}}}});
  EXPECT_EQ(metrics.queries, 2u);
  EXPECT_DOUBLE_EQ(metrics.ndcg_at_10, 0.5);
  EXPECT_DOUBLE_EQ(metrics.hit_at_1, 0.5);
}

TEST(MetricsTest, TheScoreDecidesThenTheRankThenTheId) {
  const Qrels qrels = {{"q", {{"x", 1}}}};
  EXPECT_EQ(evaluate(qrels, {{"q", {{"a", 1, 0.1}, {"x", 2, 0.2}}}}).hit_at_1, 1.0);
  EXPECT_EQ(evaluate(qrels, {{"q", {{"z", 2, 0.2}, {"x", 1, 0.2}}}}).hit_at_1, 1.0);
  EXPECT_EQ(evaluate(qrels, {{"q", {{"a", 1, 0.2}, {"x", 1, 0.2}}}}).hit_at_1, 1.0);
  EXPECT_EQ(evaluate(qrels, {{"q", {{"z", 1, 0.2}, {"x", 1, 0.2}}}}).hit_at_1, 0.0);
}

TEST(MetricsTest, AnItemNamedTwiceCountsOnce) {
  const Qrels qrels = {{"q", {{"x", 1}, {"y", 1}}}};
  const Metrics metrics = evaluate(qrels, {{"q", {{"x", 1, 0.3}, {"x", 2, 0.2}, {"y", 3, 0.1}}}});
  EXPECT_DOUBLE_EQ(metrics.precision_at_10, 0.2);
  EXPECT_DOUBLE_EQ(metrics.ndcg_at_10, 1.0);
}

TEST(MetricsTest, TheEleventhResultDoesNotCount) {
  const Qrels qrels = {{"q", {{"x", 1}}}};
  TrecRun run;
  for (int rank = 1; rank <= 10; ++rank) {
    run["q"].push_back({"item" + std::to_string(rank), rank, 1.0 / rank});
  }
  run["q"].push_back({"x", 11, 0.0});
  const Metrics metrics = evaluate(qrels, run);
  EXPECT_EQ(metrics.hit_at_10, 0.0);
  EXPECT_EQ(metrics.mrr_at_10, 0.0);
}

TEST(MetricsTest, AQueryWithoutRelevantItemsIsNoDivisionByZero) {
  const Metrics metrics = evaluate({{"q", {{"x", 0}}}}, {{"q", {{"x", 1, 1.0}}}});
  EXPECT_EQ(metrics.ndcg_at_10, 0.0);
  EXPECT_EQ(evaluate({}, {}).queries, 0u);
}

// A run with many ties, doubles and unjudged items.
TrecRun random_run(const Qrels& qrels) {
  std::mt19937 random(5);
  TrecRun run;
  for (const auto& [query, grades] : qrels) {
    if (random() % 10 == 0) continue;
    for (int rank = 1; rank <= 30; ++rank) {
      auto item = grades.begin();
      std::advance(item, static_cast<std::ptrdiff_t>(random() % grades.size()));
      const bool judged = random() % 3 == 0;
      const std::string id = judged ? item->first : "none" + std::to_string(random() % 40);
      run[query].push_back({id, static_cast<int>(random() % 20), (random() % 8) / 7.0});
    }
  }
  return run;
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char buffer[256];
  while (std::fgets(buffer, sizeof(buffer), pipe) != nullptr) output += buffer;
  ::pclose(pipe);
  return output;
}

TEST(MetricsTest, AgreesWithTheReferee) {
  const char* variable = std::getenv("SPOTISEARCH_SHARED");
  const std::filesystem::path eval =
      std::filesystem::path(variable != nullptr ? variable : SPOTISEARCH_SHARED_DIR) / "eval";
  if (!std::filesystem::exists(eval / "score.py")) GTEST_SKIP() << "no score.py under " << eval;
  if (output_of("python3 -c 'print(1)' 2>/dev/null") != "1\n") GTEST_SKIP() << "no python3";
  const auto path = std::filesystem::path(::testing::TempDir()) / "referee.trec";
  for (const std::string task : {"albums_review", "albums_described", "songs_playlists"}) {
    const auto qrels_path = eval / task / "qrels.tsv";
    const auto qrels = read_qrels(qrels_path);
    ASSERT_TRUE(qrels) << qrels.error().message;
    ASSERT_TRUE(write_run(path, random_run(*qrels), "random"));
    const auto run = read_run(path);
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(output_of("python3 '" + (eval / "score.py").string() + "' '" + qrels_path.string() +
                        "' '" + path.string() + "'"),
              to_string(evaluate(*qrels, *run)))
        << task;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace spotisearch

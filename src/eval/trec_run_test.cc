#include "eval/trec_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/mapped_file.h"

namespace spotisearch {
namespace {

using ::testing::HasSubstr;

class TrecRunTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }
  Result<TrecRun> read(std::string_view text) {
    EXPECT_TRUE(write_file_atomically(path_, text));
    return read_run(path_);
  }
  std::filesystem::path path_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("run_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(TrecRunTest, ReadsBackWhatWasWritten) {
  const TrecRun run = {{"q1", {{"a", 1, 2.5}, {"b", 2, -0.25}}}, {"q2", {{"c", 1, 1e-7}}}};
  ASSERT_TRUE(write_run(path_, run, "test"));
  EXPECT_EQ(read_file(path_).value(),
            "q1\tQ0\ta\t1\t2.5\ttest\nq1\tQ0\tb\t2\t-0.25\ttest\nq2\tQ0\tc\t1\t1e-07\ttest\n");
  EXPECT_EQ(read_run(path_).value(), run);
}

TEST_F(TrecRunTest, NeighbouringFloatsStayApart) {
  const float score = 0.7f, next = std::nextafter(score, 1.0f);
  ASSERT_TRUE(write_run(path_, {{"q", {{"a", 2, score}, {"b", 1, next}}}}, "test"));
  const auto results = read_run(path_).value().at("q");
  EXPECT_LT(results[0].score, results[1].score);
}

TEST_F(TrecRunTest, SpacesSeparateToo) {
  const auto run = read("q1 Q0  a 1 0.5 tag\n");
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_EQ(run->at("q1"), (std::vector<RunResult>{{"a", 1, 0.5}}));
}

TEST_F(TrecRunTest, ErrorsNameTheLine) {
  EXPECT_THAT(read("q Q0 a 1 0.5 t\nq Q0 a 1 0.5\n").error().message,
              HasSubstr(":2: a run line has six fields, this one has 5"));
  EXPECT_THAT(read("q Q0 a first 0.5 t\n").error().message, HasSubstr(":1: the rank \"first\""));
  EXPECT_THAT(read("q Q0 a 1 nan t\n").error().message, HasSubstr(":1: the score \"nan\""));
}

TEST_F(TrecRunTest, WhatNoReaderCouldReadIsNotWritten) {
  EXPECT_FALSE(write_run(path_, {{"q", {{"two words", 1, 0.5}}}}, "test"));
  EXPECT_FALSE(write_run(path_, {{"", {{"a", 1, 0.5}}}}, "test"));
  EXPECT_FALSE(write_run(path_, {}, ""));
  EXPECT_FALSE(
      write_run(path_, {{"q", {{"a", 1, std::numeric_limits<double>::quiet_NaN()}}}}, "test"));
}

}  // namespace
}  // namespace spotisearch

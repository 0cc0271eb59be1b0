#include "vectors/int8_codes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "vectors/dot.h"

namespace spotisearch {
namespace {

struct Case {
  std::size_t dimension;
  float spread;  // of the values
};

class Int8CodesTest : public ::testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Shapes, Int8CodesTest,
                         ::testing::Values(Case{1, 1.0f}, Case{12, 1e-3f}, Case{384, 0.05f},
                                           Case{384, 1e-40f}, Case{1024, 1e6f}, Case{4096, 1.0f}));

TEST_P(Int8CodesTest, AScoreFromCodesIsWithinTheMarginOfTheTrueOne) {
  std::mt19937 random(11);
  std::normal_distribution<float> normal(0.0f, 1.0f);
  std::vector<float> row(GetParam().dimension), query(row.size());
  std::vector<std::int8_t> codes(padded_dimension(row.size()));
  for (int repeat = 0; repeat < 50; ++repeat) {
    for (float& value : row) value = GetParam().spread * normal(random);
    for (float& value : query) value = normal(random);
    const RowCoding coded = encode_row(row, codes);
    const QueryCoding coded_query = encode_query(query, coded.error_ratio);
    std::int32_t product = 0;
    dots_int8({codes.data(), 1, codes.size()}, coded_query.codes, {&product, 1});
    const float estimate = coded.scale * (coded_query.unit * static_cast<float>(product));
    EXPECT_LE(std::abs(dot(row, query) - estimate), coded.scale * coded_query.margin);
  }
}

TEST(Int8CodesEdgeTest, TheErrorOfARowIsAtMostHalfAStepPerNumber) {
  const std::vector<float> row = {1.0f, -0.5f, 0.004f, 0.0f};
  std::vector<std::int8_t> codes(64, 9);
  const RowCoding coding = encode_row(row, codes);
  EXPECT_EQ(codes[0], 127);
  EXPECT_EQ(codes[3], 0);
  EXPECT_EQ(codes[4], 0);  // padding
  EXPECT_LE(coding.error_ratio, 0.5f * 2.0f + 1e-6f);
}

TEST(Int8CodesEdgeTest, ZerosHaveAScaleAndNoError) {
  std::vector<std::int8_t> codes(64);
  const RowCoding coding = encode_row(std::vector<float>(10, 0.0f), codes);
  EXPECT_GT(coding.scale, 0.0f);
  EXPECT_LT(coding.error_ratio, 1e-6f);
  const QueryCoding query = encode_query(std::vector<float>(10, 0.0f), coding.error_ratio);
  EXPECT_EQ(query.codes, std::vector<std::int16_t>(64, 0));
}

}  // namespace
}  // namespace spotisearch

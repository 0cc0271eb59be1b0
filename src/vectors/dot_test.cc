#include "vectors/dot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace spotisearch {
namespace {

std::vector<float> random_floats(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> values(size);
  for (float& value : values) value = normal(random);
  return values;
}

// Lengths around every vector width, and the 12 and 384 that the project uses.
class DotTest : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Sizes, DotTest,
                         ::testing::Values(0, 1, 3, 12, 15, 16, 17, 31, 64, 65, 127, 384, 1000));

TEST_P(DotTest, IsTheSumOfProducts) {
  const auto a = random_floats(GetParam(), 1), b = random_floats(GetParam(), 2);
  double expected = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) expected += double{a[i]} * b[i];
  EXPECT_NEAR(dot(a, b), expected, 1e-3);
}

TEST_P(DotTest, ManyRowsGiveTheBitsOfOneRow) {
  const std::size_t columns = GetParam();
  const auto rows = random_floats(5 * columns, 3), query = random_floats(columns, 4);
  const MatrixView<const float> matrix{rows.data(), 5, columns};
  std::vector<float> out(5);
  dots(matrix, query, out);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(out[i], dot(matrix.row(i), query));
}

TEST_P(DotTest, CodesAreSummedExactly) {
  const std::size_t columns = GetParam();
  std::mt19937 random(5);
  std::vector<std::int8_t> rows(6 * columns);
  std::vector<std::int16_t> query(columns);
  for (auto& code : rows) code = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
  for (auto& code : query) {
    code = static_cast<std::int16_t>(static_cast<int>(random() % 32767) - 16383);
  }
  std::vector<std::int32_t> out(6);
  dots_int8({rows.data(), 6, columns}, query, out);
  for (std::size_t i = 0; i < 6; ++i) {
    std::int64_t expected = 0;
    for (std::size_t j = 0; j < columns; ++j) expected += rows[i * columns + j] * query[j];
    EXPECT_EQ(out[i], expected);
  }
}

TEST(NormaliseTest, GivesLengthOneAndLeavesAloneWhatHasNoDirection) {
  std::vector<float> vector = {3.0f, 0.0f, 4.0f};
  normalise(vector);
  EXPECT_FLOAT_EQ(vector[0], 0.6f);
  EXPECT_FLOAT_EQ(norm(vector), 1.0f);

  std::vector<float> zero(4, 0.0f);
  normalise(zero);
  EXPECT_EQ(zero, std::vector<float>(4, 0.0f));

  std::vector<float> missing = {1.0f, std::numeric_limits<float>::quiet_NaN()};
  normalise(missing);
  EXPECT_EQ(missing[0], 1.0f);
}

}  // namespace
}  // namespace spotisearch

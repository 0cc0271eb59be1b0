#include "encoder/kernels.h"

#include <gtest/gtest.h>
#include <hwy/detect_targets.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "encoder/aligned_buffer.h"

namespace spotisearch {
namespace {

/// Runs each test once per instruction set that this machine has.
class KernelsTest : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override {
    hwy::SetSupportedTargetsForTest(GetParam());
    ASSERT_TRUE(std::string(kernel_target()).starts_with(hwy::TargetName(GetParam())));
  }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }

  std::vector<float> random(std::size_t count, float scale = 1.0f) {
    std::normal_distribution<float> normal(0.0f, scale);
    std::vector<float> values(count);
    for (float& value : values) value = normal(engine_);
    return values;
  }

  std::mt19937 engine_{7};
};

float gelu_of(float x) { return 0.5f * x * (1.0f + std::erf(x / std::sqrt(2.0f))); }

TEST_P(KernelsTest, FloatProductWithBiasAndGelu) {
  constexpr std::size_t kDepth = 64;
  constexpr std::size_t kColumns = 96;
  const auto weights = random(kColumns * kDepth);  // [columns / 32][depth][32]
  const auto bias = random(kColumns);
  for (const std::size_t rows : {1, 5, 12, 13, 31}) {
    const auto in = random(rows * kDepth);
    std::vector<float> out(rows * kColumns, -1.0f);
    multiply_float({weights.data(), bias.data(), kDepth}, in.data(),
                   {rows, 1, 3, Activation::kGelu, out.data(), kColumns});
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < kColumns; ++c) {
        double sum = bias[c];
        for (std::size_t k = 0; k < kDepth; ++k) {
          sum += static_cast<double>(in[r * kDepth + k]) *
                 weights[c / 32 * 32 * kDepth + k * 32 + c % 32];
        }
        const float expected = c < 32 ? -1.0f : gelu_of(static_cast<float>(sum));
        ASSERT_NEAR(out[r * kColumns + c], expected, 2e-5f) << rows << ' ' << r << ' ' << c;
      }
    }
  }
}

TEST_P(KernelsTest, Int8ProductIsExactInItsIntegers) {
  constexpr std::size_t kDepth = 128;
  constexpr std::size_t kColumns = 64;
  std::vector<std::int8_t> weights(kColumns * kDepth);
  // The largest values first: pairs of products must not saturate.
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = i < 32 * kDepth ? std::int8_t{-127} : static_cast<std::int8_t>(engine_() % 255);
  }
  const std::vector<float> ones(kColumns, 1.0f);
  const std::vector<float> zeros(kColumns, 0.0f);
  for (const std::size_t rows : {1, 12, 14, 25}) {
    std::vector<std::uint8_t> in(rows * kDepth);
    for (auto& value : in) value = static_cast<std::uint8_t>(255 - engine_() % 3);
    const std::vector<float> scale(rows, 1.0f);
    const std::vector<float> minimum(rows, 0.5f);
    std::vector<float> out(rows * kColumns);
    multiply_int8({weights.data(), ones.data(), ones.data(), zeros.data(), kDepth},
                  {in.data(), scale.data(), minimum.data()},
                  {rows, 0, 2, Activation::kNone, out.data(), kColumns});
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < kColumns; ++c) {
        std::int32_t sum = 0;
        for (std::size_t k = 0; k < kDepth; ++k) {
          sum +=
              in[r * kDepth + k] * weights[c / 32 * 32 * kDepth + k / 4 * 128 + c % 32 * 4 + k % 4];
        }
        ASSERT_EQ(out[r * kColumns + c], static_cast<float>(sum) + 0.5f) << r << ' ' << c;
      }
    }
  }
}

TEST_P(KernelsTest, QuantisedRowsAreWithinHalfAStep) {
  constexpr std::size_t kDepth = 96;
  const auto in = random(3 * kDepth);
  std::vector<std::uint8_t> values(3 * kDepth);
  float scale[3];
  float minimum[3];
  quantise_rows(in.data(), 3, kDepth, values.data(), scale, minimum);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const std::size_t r = i / kDepth;
    ASSERT_NEAR(scale[r] * values[i] + minimum[r], in[i], scale[r] * 0.5001f);
  }
  const std::vector<float> flat(kDepth, 2.5f);
  quantise_rows(flat.data(), 1, kDepth, values.data(), scale, minimum);
  EXPECT_EQ(scale[0] * values[0] + minimum[0], 2.5f);

  std::vector<std::int8_t> weights(kDepth);
  const float step = quantise_weights(in.data(), kDepth, weights.data());
  for (std::size_t i = 0; i < kDepth; ++i) ASSERT_NEAR(step * weights[i], in[i], step * 0.5001f);
}

TEST_P(KernelsTest, LayerNormOfASum) {
  constexpr std::size_t kWidth = 64;
  const auto a = random(kWidth, 3.0f);
  const auto b = random(kWidth);
  const auto gamma = random(kWidth);
  const auto beta = random(kWidth);
  double mean = 0.0;
  double variance = 0.0;
  for (std::size_t i = 0; i < kWidth; ++i) mean += (a[i] + b[i]) / double{kWidth};
  for (std::size_t i = 0; i < kWidth; ++i) {
    variance += std::pow(a[i] + b[i] - mean, 2) / double{kWidth};
  }
  auto x = a;
  add_layer_norm(x.data(), b.data(), 1, kWidth, {gamma.data(), beta.data(), 1e-12f});
  for (std::size_t i = 0; i < kWidth; ++i) {
    ASSERT_NEAR(x[i], (a[i] + b[i] - mean) / std::sqrt(variance) * gamma[i] + beta[i], 1e-5);
  }
}

TEST_P(KernelsTest, AttentionIsASoftmaxWeightedMeanOfTheValues) {
  for (const std::size_t head : {32, 64}) {
    for (const std::size_t length : {1, 14, 33, 100}) {
      const std::size_t stride = 3 * head;
      const auto qkv = random(length * stride);
      AlignedBuffer<float> scratch(attention_scratch(length, head));
      std::vector<float> out(length * head);
      attend({qkv.data(), head, 2 * head, stride, length, head, out.data(), head}, scratch.data());
      for (std::size_t i = 0; i < length; ++i) {
        std::vector<double> weights(length);
        double total = 0.0;
        for (std::size_t j = 0; j < length; ++j) {
          double score = 0.0;
          for (std::size_t k = 0; k < head; ++k) {
            score += double{qkv[i * stride + k]} * qkv[j * stride + head + k];
          }
          total += weights[j] = std::exp(score);
        }
        for (std::size_t k = 0; k < head; ++k) {
          double expected = 0.0;
          for (std::size_t j = 0; j < length; ++j) {
            expected += weights[j] / total * qkv[j * stride + 2 * head + k];
          }
          ASSERT_NEAR(out[i * head + k], expected, 1e-5) << length << ' ' << i;
        }
      }
    }
  }
}

std::vector<std::int64_t> targets_here() {
  std::vector<std::int64_t> targets;
  for (std::int64_t all = hwy::SupportedTargets() & HWY_TARGETS; all != 0; all &= all - 1) {
    targets.push_back(all & -all);
  }
  return targets;
}

INSTANTIATE_TEST_SUITE_P(Targets, KernelsTest, testing::ValuesIn(targets_here()),
                         [](const auto& tested) {
                           return std::string(hwy::TargetName(tested.param));
                         });

}  // namespace
}  // namespace spotisearch

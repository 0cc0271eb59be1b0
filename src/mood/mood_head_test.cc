#include "mood/mood_head.h"

#include <gtest/gtest.h>

#include <fstream>

#include "mood/mood_fixture.h"

namespace spotisearch {
namespace {

constexpr std::size_t kInput = 3;
constexpr auto kEnergy = static_cast<std::size_t>(Feature::kEnergy);
constexpr auto kTempo = static_cast<std::size_t>(Feature::kTempo);

class MoodHeadTest : public MoodFolderTest {
 protected:
  /// A head of `hidden` units on kInput numbers, all weights 0 and all biases 0.
  std::vector<TensorToWrite> zero_head(std::size_t hidden) {
    zeros_.assign(kFeatureCount * 100, 0.0F);
    const auto tensor = [&](const char* name, std::vector<std::size_t> shape) {
      std::size_t size = 1;
      for (const std::size_t side : shape) size *= side;
      return TensorToWrite{name, std::move(shape), std::span(zeros_).first(size)};
    };
    return {tensor("hidden.weight", {hidden, kInput}),
            tensor("hidden.bias", {hidden}),
            tensor("mean.weight", {kFeatureCount, hidden}),
            tensor("mean.bias", {kFeatureCount}),
            tensor("log_variance.weight", {kFeatureCount, hidden}),
            tensor("log_variance.bias", {kFeatureCount})};
  }

  Result<MoodHead> open(const std::vector<TensorToWrite>& tensors) {
    EXPECT_TRUE(write_safetensors(folder_ / "mood_head.safetensors", tensors, {}));
    EXPECT_TRUE(ordinary_scaler().save(folder_ / "feature_scaler.json"));
    return MoodHead::open(folder_);
  }

  std::vector<float> zeros_;
};

TEST_F(MoodHeadTest, ComputesWhatItsWeightsSay) {
  auto tensors = zero_head(2);
  // Hidden units: x0 and -x0 + 1; energy = 2 gelu(x0) - gelu(1 - x0) + 0.5, variance of tempo e^2.
  const std::vector<float> hidden = {1, 0, 0, -1, 0, 0};
  const std::vector<float> hidden_bias = {0, 1};
  std::vector<float> mean(kFeatureCount * 2), mean_bias(kFeatureCount), variance(kFeatureCount);
  mean[kEnergy * 2] = 2;
  mean[kEnergy * 2 + 1] = -1;
  mean_bias[kEnergy] = 0.5F;
  variance[kTempo] = 2;
  tensors[0].values = hidden;
  tensors[1].values = hidden_bias;
  tensors[2].values = mean;
  tensors[3].values = mean_bias;
  tensors[5].values = variance;
  const auto head = open(tensors);
  ASSERT_TRUE(head) << head.error().message;
  ASSERT_EQ(head->input_dimension(), kInput);
  const MoodPrediction prediction = head->predict(std::vector<float>{2, 7, 7});
  // gelu(2) = 1.954500, gelu(-1) = -0.158655
  EXPECT_NEAR(prediction.mean[kEnergy], 2 * 1.954500 + 0.158655 + 0.5, 1e-4);
  EXPECT_FLOAT_EQ(prediction.mean[kTempo], 0.0F);
  EXPECT_FLOAT_EQ(prediction.spread[kEnergy], 1.0F);
  EXPECT_NEAR(prediction.spread[kTempo], std::exp(1.0F), 1e-5F);
}

TEST_F(MoodHeadTest, TheFixturesCuesAreHeard) {
  write_mood_model(folder_, kInput, std::vector<MoodCue>{{{0, 1, 0}, Feature::kTempo, -1.0F}});
  const auto head = MoodHead::open(folder_);
  ASSERT_TRUE(head) << head.error().message;
  const auto asked = head->predict(std::vector<float>{0, 1, 0});
  const auto other = head->predict(std::vector<float>{1, 0, 0});
  EXPECT_LT(asked.mean[kTempo], -1.0F);
  EXPECT_LT(asked.spread[kTempo], 0.5F);
  EXPECT_GT(other.mean[kTempo], -0.3F);
  EXPECT_GT(other.spread[kTempo], 1.0F);
}

TEST_F(MoodHeadTest, CarriesTheScalerBesideIt) {
  const auto head = open(zero_head(2));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->scaler().restore({}).values, ordinary_scaler().restore({}).values);
}

TEST_F(MoodHeadTest, EitherFileMissingIsNotFoundAndNamed) {
  for (const char* name : {"mood_head.safetensors", "feature_scaler.json"}) {
    ASSERT_TRUE(open(zero_head(2)));
    std::filesystem::remove(folder_ / name);
    const auto head = MoodHead::open(folder_);
    ASSERT_FALSE(head);
    EXPECT_EQ(head.error().code, ErrorCode::kNotFound);
    EXPECT_NE(head.error().message.find(name), std::string::npos) << head.error().message;
  }
}

TEST_F(MoodHeadTest, AnyMissingTensorIsCorrupt) {
  const std::size_t all = zero_head(2).size();
  for (std::size_t left_out = 0; left_out < all; ++left_out) {
    auto tensors = zero_head(2);
    tensors.erase(tensors.begin() + static_cast<std::ptrdiff_t>(left_out));
    const auto head = open(tensors);
    ASSERT_FALSE(head) << left_out;
    EXPECT_EQ(head.error().code, ErrorCode::kCorrupt);
  }
}

TEST_F(MoodHeadTest, ShapesThatDoNotFitTogetherAreCorrupt) {
  const std::vector<std::pair<std::size_t, std::vector<std::size_t>>> wrong = {
      {0, {3, kInput}}, {0, {2 * kInput}}, {1, {3}},     {1, {2, 1}}, {2, {kFeatureCount, 3}},
      {2, {11, 2}},     {3, {11}},         {4, {13, 2}}, {5, {1}},
  };
  for (const auto& [tensor, shape] : wrong) {
    auto tensors = zero_head(2);
    std::size_t size = 1;
    for (const std::size_t side : shape) size *= side;
    tensors[tensor].shape = shape;
    tensors[tensor].values = std::span(zeros_).first(size);
    const auto head = open(tensors);
    ASSERT_FALSE(head) << tensors[tensor].name;
    EXPECT_EQ(head.error().code, ErrorCode::kCorrupt) << head.error().message;
    EXPECT_NE(head.error().message.find("mood_head.safetensors"), std::string::npos);
  }
}

TEST_F(MoodHeadTest, AFileCutShortIsCorruptAtAnyLength) {
  ASSERT_TRUE(open(zero_head(2)));
  const auto path = folder_ / "mood_head.safetensors";
  const auto size = std::filesystem::file_size(path);
  for (std::uintmax_t length = size - 1; length > 0;
       length -= std::min<std::uintmax_t>(length, 37)) {
    std::filesystem::resize_file(path, length);
    const auto head = MoodHead::open(folder_);
    ASSERT_FALSE(head) << length;
    EXPECT_EQ(head.error().code, ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace spotisearch

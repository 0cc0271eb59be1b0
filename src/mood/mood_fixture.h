// For tests: a folder of their own with a mood head whose weights were chosen, not trained.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "mood/mood_head.h"
#include "vectors/safetensors.h"

namespace spotisearch {

/// Queries near `vector` are taken to ask for that feature at about `mean` standard units.
struct MoodCue {
  std::vector<float> vector;
  Feature feature = Feature::kEnergy;
  float mean = 0;
};

/// Means and deviations like those of popular music.
inline FeatureScaler ordinary_scaler() {
  return FeatureScaler({0.56, 0.58, 5.3, -9.5, 0.62, 0.08, 0.33, 0.25, 0.19, 0.48, 119, 3.9},
                       {0.18, 0.26, 3.6, 5.0, 0.48, 0.09, 0.34, 0.36, 0.16, 0.27, 28, 0.4});
}

/// Writes mood_head.safetensors and feature_scaler.json: one hidden unit per cue, which is on for
/// queries whose cosine with it is above a quarter, and makes the head surer of its feature.
inline void write_mood_model(const std::filesystem::path& folder, std::size_t dimension,
                             std::span<const MoodCue> cues) {
  std::filesystem::create_directories(folder);
  const std::size_t units = std::max<std::size_t>(1, cues.size());
  std::vector<float> hidden(units * dimension), hidden_bias(units, -1.0F);
  std::vector<float> mean(kFeatureCount * units), log_variance(kFeatureCount * units);
  const std::vector<float> mean_bias(kFeatureCount, 0.0F), variance_bias(kFeatureCount, 0.5F);
  for (std::size_t unit = 0; unit < cues.size(); ++unit) {
    const auto feature = static_cast<std::size_t>(cues[unit].feature);
    for (std::size_t i = 0; i < dimension; ++i) {
      hidden[unit * dimension + i] = 4.0F * cues[unit].vector.at(i);
    }
    mean[feature * units + unit] = cues[unit].mean;
    log_variance[feature * units + unit] = -2.0F;
  }
  const std::vector<TensorToWrite> tensors = {
      {"hidden.weight", {units, dimension}, hidden},
      {"hidden.bias", {units}, hidden_bias},
      {"mean.weight", {kFeatureCount, units}, mean},
      {"mean.bias", {kFeatureCount}, mean_bias},
      {"log_variance.weight", {kFeatureCount, units}, log_variance},
      {"log_variance.bias", {kFeatureCount}, variance_bias}};
  ASSERT_TRUE(write_safetensors(folder / "mood_head.safetensors", tensors, {}));
  ASSERT_TRUE(ordinary_scaler().save(folder / "feature_scaler.json"));
}

class MoodFolderTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string(::testing::UnitTest::GetInstance()->current_test_info()->test_suite_name()) +
       "." + ::testing::UnitTest::GetInstance()->current_test_info()->name() + "." +
       std::to_string(::getpid()));
};

}  // namespace spotisearch

// Trains the mood head on the vectors of a frozen encoder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "base/result.h"
#include "encoder/text_encoder.h"
#include "train/mood_pair.h"

namespace spotisearch {

struct MoodTrainingOptions {
  std::size_t hidden = 256;     ///< units of the hidden layer
  int epochs = 6;              ///< passes over the pairs
  std::size_t batch = 512;      ///< pairs a step
  double learning_rate = 1e-3;  ///< AdamW's, decaying to zero along a half cosine
  double weight_decay = 0.05;
  double dropout = 0.3;
  /// Of the loss, what the queries make up together: they are few, but what users will ask.
  double query_share = 0.7;
  double held_out = 0.1;  ///< of the pairs, by a hash of the text: never trained on
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0 = one per core
  /// Told a line of progress after every epoch.
  std::function<void(const std::string& line)> progress;
};

struct MoodTrainingReport {
  std::size_t pairs = 0;
  std::size_t queries = 0;
  double song_mse = 0;   ///< held-out song texts, standard units
  double query_mse = 0;  ///< held-out queries' means, standard units
  double query_within =
      0;  ///< of held-out queries' features, the share inside one predicted spread
  int best_epoch = 0;
};

/// Minimises the Gaussian negative log likelihood, 1/2 (log v + ((m - mean)^2 + spread^2) / v), of
/// the predicted mean m and variance v (Nix and Weigend 1994, with the target's own spread), keeps
/// the epoch that did best on held-out queries (on held-out songs where there are none, the last one
/// where nothing is held out), and writes mood_head.safetensors and feature_scaler.json into
/// `folder`. The same seed, pairs and thread count give the same weights.
Result<MoodTrainingReport> train_mood_head(std::span<const MoodPair> pairs,
                                           const TextEncoder& encoder, const FeatureScaler& scaler,
                                           const std::filesystem::path& folder,
                                           const MoodTrainingOptions& options);

}  // namespace spotisearch

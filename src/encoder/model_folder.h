// What a sentence-transformers folder says about its model, checked.
#pragma once

#include <cstddef>
#include <filesystem>

#include "base/result.h"

namespace spotisearch {

/// How the vectors of a text's tokens become one.
enum class Pooling { kMean, kCls, kMax };

/// The shape of a BERT encoder and how its output becomes a sentence vector.
struct ModelConfig {
  std::size_t hidden_size = 0;
  std::size_t layers = 0;
  std::size_t heads = 0;
  std::size_t intermediate_size = 0;
  std::size_t vocabulary_size = 0;
  std::size_t max_positions = 0;
  float layer_norm_epsilon = 1e-12f;
  std::size_t max_tokens = 0;  ///< Longest input, [CLS] and [SEP] included.
  Pooling pooling = Pooling::kMean;
};

/// Reads config.json and, where they are, modules.json, the pooling module's config.json and
/// sentence_bert_config.json. A model that this encoder cannot run is kInvalidArgument, with the
/// file and the key that say so; a broken file is kCorrupt.
Result<ModelConfig> read_model_config(const std::filesystem::path& model_folder);

}  // namespace spotisearch

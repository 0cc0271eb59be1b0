// The weights of a BERT encoder and its forward pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "encoder/aligned_buffer.h"
#include "encoder/linear.h"
#include "encoder/model_folder.h"
#include "encoder/work_team.h"
#include "vectors/safetensors.h"

namespace spotisearch {

/// Buffers of one forward pass, to be reused by later ones.
struct ForwardScratch {
  AlignedBuffer<float> states;     ///< [tokens x hidden]
  AlignedBuffer<float> qkv;        ///< [tokens x 3 hidden]
  AlignedBuffer<float> context;    ///< [tokens x hidden]
  AlignedBuffer<float> projected;  ///< [block x hidden]
  AlignedBuffer<float> inner;      ///< [block x intermediate]
  AlignedBuffer<float> attention;  ///< one part per thread
  AlignedBuffer<std::uint8_t> quantised;
  AlignedBuffer<float> scale;
  AlignedBuffer<float> minimum;
};

/// A BERT encoder with its pooling. Immutable: forward passes may run at once, each with its own
/// scratch and session.
class BertModel {
 public:
  /// Reads `model_folder`; packing the weights is shared with the session's helpers.
  static Result<std::unique_ptr<BertModel>> open(const std::filesystem::path& model_folder,
                                                 Precision precision, WorkTeam::Session& session);

  const ModelConfig& config() const { return config_; }

  /// A hash of shape and weights (a sample of each tensor's bytes).
  std::uint64_t fingerprint() const { return fingerprint_; }

  /// Encodes sequences of token ids together; sequence i's unit vector goes to
  /// out + rows[i] * hidden_size.
  /// REQUIRES: sequences aren't empty or longer than max_positions, ids are below vocabulary_size.
  void forward(std::span<const std::span<const std::int32_t>> sequences,
               std::span<const std::size_t> rows, ForwardScratch& scratch,
               WorkTeam::Session& session, float* out) const;

 private:
  struct Norm {
    std::vector<float> gamma;
    std::vector<float> beta;
  };
  struct Layer {
    Linear qkv;
    Linear attention_output;
    Norm attention_norm;
    Linear intermediate;
    Linear output;
    Norm output_norm;
  };
  struct Pass;

  BertModel(ModelConfig config, SafetensorsFile file) : config_(config), file_(std::move(file)) {}

  Status load(Precision precision);
  Status load_layer(const std::string& prefix, Precision precision);
  void pack(WorkTeam::Session& session);
  Result<const Tensor*> tensor(const std::string& name, std::vector<std::size_t> shape) const;
  Result<Linear::Part> part(const std::string& name, std::size_t columns, std::size_t depth) const;
  Result<Norm> norm(const std::string& name) const;

  void embed(Pass& pass) const;
  void multiply(Pass& pass, const Linear& linear, const float* in, std::size_t rows,
                Activation activation, float* out) const;
  void attend_all(Pass& pass) const;
  void add_and_normalise(Pass& pass, const Norm& norm, float* x, std::size_t rows) const;
  void run_layer(Pass& pass, const Layer& layer) const;
  void pool(const float* states, std::size_t tokens, float* out) const;

  ModelConfig config_;
  SafetensorsFile file_;
  std::string prefix_;                       // "bert." in some files.
  const Tensor* word_embeddings_ = nullptr;  // Stays in the mapping.
  std::vector<float> positions_;             // [max_positions x hidden], token type 0 added.
  Norm embedding_norm_;
  std::vector<Layer> layers_;
  std::uint64_t fingerprint_ = 0;
};

}  // namespace spotisearch

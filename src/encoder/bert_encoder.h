// The sentence encoder that the program uses: BERT on the CPU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "encoder/encoder_options.h"
#include "encoder/text_encoder.h"

namespace spotisearch {

/// Runs any BERT-family sentence-transformers folder (config.json, vocabulary, model.safetensors,
/// modules.json) as it is. Long calls share their work among options.threads threads; calls that
/// come at the same time each run on their caller's thread alone.
class BertEncoder : public TextEncoder {
 public:
  /// Reads `model_folder` and prepares the weights. A model that this encoder can't run is
  /// kInvalidArgument with the key that says so; a missing file kNotFound; a broken one kCorrupt.
  static Result<std::unique_ptr<BertEncoder>> open(const std::filesystem::path& model_folder,
                                                   EncoderOptions options = {});

  ~BertEncoder() override;

  std::size_t dimension() const override;
  std::string fingerprint() const override;
  Status encode(std::span<const std::string> texts, std::span<float> out) const override;

  /// As `encode`, on token ids that include the start and end tokens. Fails with kInvalidArgument
  /// on an empty sequence, one longer than the model's positions, or an unknown id.
  Status encode_tokens(std::span<const std::vector<std::int32_t>> sequences,
                       std::span<float> out) const;

  /// The token ids that `encode` makes of a text.
  std::vector<std::int32_t> tokens(const std::string& text) const;

  /// The instruction set in use ("AVX3+VNNI"), for logs and benchmarks.
  static std::string instruction_set();

 private:
  struct Parts;
  explicit BertEncoder(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace spotisearch

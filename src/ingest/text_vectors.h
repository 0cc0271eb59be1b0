// Weighted texts to one vector per item, each different text encoded once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "encoder/text_encoder.h"
#include "knowledge/compose_text.h"

namespace spotisearch {

/// Hash of an item's texts and weights; equal hashes mean equal vectors.
std::uint64_t hash_of(std::span<const WeightedText> texts);

/// Encodes batches of items. Remembers the vectors of texts that come back (genre lists), up to a
/// bound. For one thread; the encoder itself uses all cores.
class TextVectors {
 public:
  explicit TextVectors(const TextEncoder& encoder);

  /// out: [items.size() x dimension], each row the normalised weighted sum of its texts' vectors.
  Status encode(std::span<const std::vector<WeightedText>> items, std::span<float> out);

  std::size_t texts_encoded() const { return texts_encoded_; }

 private:
  Status encode_unknown(std::span<const std::vector<WeightedText>> items);

  const TextEncoder& encoder_;
  std::unordered_map<std::string, std::size_t> slots_;  ///< text to row of vectors_
  std::vector<float> vectors_;                          ///< [slots_.size() x dimension]
  std::size_t texts_encoded_ = 0;
};

}  // namespace spotisearch

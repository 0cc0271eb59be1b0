// Text to unit vectors.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spotisearch {

/// Turns texts into unit vectors whose cosine is their closeness in meaning.
/// All methods may be called from any number of threads at once.
class TextEncoder {
 public:
  virtual ~TextEncoder() = default;

  /// Numbers in one vector.
  virtual std::size_t dimension() const = 0;

  /// Names the weights, the tokenizer and the arithmetic: vectors from encoders with the same
  /// fingerprint can be compared, others cannot.
  virtual std::string fingerprint() const = 0;

  /// Encodes `texts` into `out`, [texts.size() x dimension()] row-major, each row of L2 norm 1.
  /// Texts longer than the model's limit are truncated as the reference does. An empty text has a
  /// vector too. Any mix of lengths; the order of the rows is that of the texts.
  /// REQUIRES: out.size() == texts.size() * dimension().
  virtual Status encode(std::span<const std::string> texts, std::span<float> out) const = 0;
};

}  // namespace spotisearch

// For tests: an encoder without a model, in which texts that share words are close.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "encoder/text_encoder.h"
#include "text/normalise.h"
#include "vectors/dot.h"

namespace spotisearch {

/// Bags of words: each word adds +1 or -1 to a few of 64 dimensions, chosen by its hash, and the
/// sum is normalised. Case, accents and punctuation do not count. The same text has the same vector
/// in every process. Any thread.
class FakeTextEncoder final : public TextEncoder {
 public:
  static constexpr std::size_t kDimension = 64;

  explicit FakeTextEncoder(std::string fingerprint = "fake bag of words")
      : fingerprint_(std::move(fingerprint)) {}

  std::size_t dimension() const override { return kDimension; }
  std::string fingerprint() const override { return fingerprint_; }

  Status encode(std::span<const std::string> texts, std::span<float> out) const override {
    if (calls_.fetch_add(1) >= most_calls_.load()) {
      return fail(ErrorCode::kUnavailable, "the fake encoder was told to fail");
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      encode_one(texts[i], out.subspan(i * kDimension, kDimension));
    }
    texts_encoded_.fetch_add(texts.size());
    return {};
  }

  std::vector<float> vector_of(const std::string& text) const {
    std::vector<float> vector(kDimension);
    encode_one(text, vector);
    return vector;
  }

  /// Texts encoded so far, by all calls together.
  std::size_t texts_encoded() const { return texts_encoded_.load(); }
  std::size_t calls() const { return calls_.load(); }

  /// `calls` more calls succeed, those after them fail.
  void fail_after(std::size_t calls) { most_calls_.store(calls_.load() + calls); }
  void succeed() { most_calls_.store(kUnlimited); }

 private:
  static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

  static void encode_one(const std::string& text, std::span<float> out) {
    constexpr int kDimensionsPerWord = 4;
    std::fill(out.begin(), out.end(), 0.0F);
    const std::string normalised = normalise_for_matching(text);
    for (const std::string_view word : words(normalised)) {
      std::uint64_t hash = stable_hash(word);
      for (int i = 0; i < kDimensionsPerWord; ++i, hash >>= 7) {
        out[hash % kDimension] += (hash & 64) != 0 ? 1.0F : -1.0F;
      }
    }
    if (norm(out) == 0) out[0] = 1.0F;  // an empty text has a vector, too
    normalise(out);
  }

  std::string fingerprint_;
  mutable std::atomic<std::size_t> texts_encoded_{0};
  mutable std::atomic<std::size_t> calls_{0};
  std::atomic<std::size_t> most_calls_{kUnlimited};
};

}  // namespace spotisearch

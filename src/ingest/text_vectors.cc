#include "ingest/text_vectors.h"

#include <algorithm>
#include <cassert>

#include "base/hash.h"
#include "vectors/dot.h"

namespace spotisearch {
namespace {

// 65,536 vectors of 384 floats are 100 MB: more than the genre lists of any library, and a bound on
// what the titles between them can take.
constexpr std::size_t kMostRemembered = 65'536;

}  // namespace

std::uint64_t hash_of(std::span<const WeightedText> texts) {
  std::uint64_t hash = stable_hash("");
  for (const WeightedText& text : texts) {
    hash = stable_hash(std::to_string(text.weight), hash);
    hash = stable_hash(text.text, hash);
  }
  return hash;
}

TextVectors::TextVectors(const TextEncoder& encoder) : encoder_(encoder) {}

Status TextVectors::encode_unknown(std::span<const std::vector<WeightedText>> items) {
  if (slots_.size() > kMostRemembered) {
    slots_.clear();
    vectors_.clear();
  }
  std::vector<std::string> unknown;
  const std::size_t known = slots_.size();
  for (const auto& texts : items) {
    for (const WeightedText& text : texts) {
      if (slots_.try_emplace(text.text, known + unknown.size()).second) {
        unknown.push_back(text.text);
      }
    }
  }
  vectors_.resize(slots_.size() * encoder_.dimension());
  texts_encoded_ += unknown.size();
  auto status = encoder_.encode(unknown, std::span(vectors_).subspan(known * encoder_.dimension()));
  if (!status) {
    slots_.clear();
    vectors_.clear();
  }
  return status;
}

Status TextVectors::encode(std::span<const std::vector<WeightedText>> items, std::span<float> out) {
  const std::size_t dimension = encoder_.dimension();
  assert(out.size() == items.size() * dimension);
  SPOTISEARCH_TRY(encode_unknown(items));
  std::ranges::fill(out, 0.0F);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto row = out.subspan(i * dimension, dimension);
    for (const WeightedText& text : items[i]) {
      const float* vector = vectors_.data() + slots_.at(text.text) * dimension;
      for (std::size_t j = 0; j < dimension; ++j) row[j] += text.weight * vector[j];
    }
    normalise(row);
  }
  return {};
}

}  // namespace spotisearch

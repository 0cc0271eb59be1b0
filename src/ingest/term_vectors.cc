#include "ingest/term_vectors.h"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {

Result<std::size_t> write_terms(const std::filesystem::path& path,
                                const std::set<std::string>& terms, const TextEncoder& encoder,
                                const VectorFile* previous, std::int64_t generation) {
  const std::size_t dimension = encoder.dimension();
  std::vector<std::string> unknown;
  std::vector<std::pair<std::int64_t, std::size_t>> order;  ///< id, row of `vectors`
  std::vector<float> vectors;
  for (const std::string& term : terms) {
    const auto id = std::bit_cast<std::int64_t>(stable_hash(term));
    const auto known = previous == nullptr ? std::nullopt : previous->position_of(id);
    if (!known) {
      unknown.push_back(term);
      continue;
    }
    order.emplace_back(id, order.size());
    const auto row = previous->matrix().row(*known);
    vectors.insert(vectors.end(), row.begin(), row.end());
  }
  for (const std::string& term : unknown) {
    order.emplace_back(std::bit_cast<std::int64_t>(stable_hash(term)), order.size());
  }
  const std::size_t encoded_from = vectors.size();
  vectors.resize(order.size() * dimension);
  SPOTISEARCH_TRY(encoder.encode(unknown, std::span(vectors).subspan(encoded_from)));
  std::ranges::sort(order);
  const auto same_id = [](const auto& a, const auto& b) { return a.first == b.first; };
  order.erase(std::ranges::unique(order, same_id).begin(), order.end());
  std::vector<std::int64_t> ids;
  for (const auto& [id, i] : order) ids.push_back(id);
  const std::vector<std::uint64_t> no_hashes(ids.size());
  SPOTISEARCH_TRY(write_vector_file(path, {.dimension = dimension,
                                           .fingerprint = encoder.fingerprint(),
                                           .generation = generation,
                                           .ids = ids,
                                           .hashes = no_hashes,
                                           .row = [&](std::size_t i) {
                                             return std::span<const float>(vectors).subspan(
                                                 order[i].second * dimension, dimension);
                                           }}));
  return unknown.size();
}

}  // namespace spotisearch

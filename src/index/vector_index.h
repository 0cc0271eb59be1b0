// Which vectors are closest to a query.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "index/row_filter.h"

namespace spotisearch {

/// A row that was found: its position in the vector file, and its scalar product with the query
/// (the cosine, when both are unit vectors).
struct VectorMatch {
  std::size_t position = 0;
  float score = 0.0f;

  friend bool operator==(const VectorMatch&, const VectorMatch&) = default;
};

/// Searches the vectors of one file. All methods may be called from any number of threads at once.
class VectorIndex {
 public:
  virtual ~VectorIndex() = default;

  /// Vectors in the index; positions are 0..size()-1.
  virtual std::size_t size() const = 0;

  /// The best `k` positions, best first, ties by lower position, none twice; fewer when fewer are
  /// there or allowed. Rows whose score is NaN (a missing value) are never found.
  /// `allowed` may be null: everything is. REQUIRES: query has the dimension of the vectors,
  /// allowed->size() == size().
  virtual std::vector<VectorMatch> top_k(std::span<const float> query, std::size_t k,
                                         const RowFilter* allowed) const = 0;

  /// out[i] = the score of positions[i], always exact. REQUIRES: positions < size(),
  /// out.size() == positions.size().
  virtual void scores(std::span<const float> query, std::span<const std::size_t> positions,
                      std::span<float> out) const = 0;
};

}  // namespace spotisearch

// The best k of a stream of scored rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace spotisearch {

struct ScoredRow {
  float score = 0.0f;
  std::size_t row = 0;

  friend bool operator==(const ScoredRow&, const ScoredRow&) = default;
};

/// The order of every result list: higher score first, on a tie the lower row first.
inline bool ranks_before(const ScoredRow& a, const ScoredRow& b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}

/// Keeps the `k` rows that rank first of all that were pushed, in whatever order they came: the
/// result depends on the set alone. NaN scores never enter. Not for concurrent use.
class TopK {
 public:
  explicit TopK(std::size_t k) : k_(k) {}

  /// O(log k), and one comparison for a row that does not enter. REQUIRES: a row is pushed once.
  void push(float score, std::size_t row) {
    const ScoredRow candidate{score, row};
    if (score != score || k_ == 0) return;
    if (heap_.size() == k_) {
      if (!ranks_before(candidate, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), ranks_before);
      heap_.pop_back();
    }
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), ranks_before);
  }

  std::size_t size() const { return heap_.size(); }

  /// Rows with a score below this cannot enter any more: minus infinity until k rows are in.
  float threshold() const {
    if (heap_.size() < k_) return -std::numeric_limits<float>::infinity();
    return k_ == 0 ? std::numeric_limits<float>::infinity() : heap_.front().score;
  }

  /// Best first; leaves the object empty.
  std::vector<ScoredRow> take() {
    std::sort(heap_.begin(), heap_.end(), ranks_before);
    return std::exchange(heap_, {});
  }

 private:
  std::size_t k_;
  std::vector<ScoredRow> heap_;  ///< the worst kept row at the front
};

}  // namespace spotisearch

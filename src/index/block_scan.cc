#include "index/block_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "vectors/dot.h"

namespace spotisearch {
namespace {

constexpr std::size_t kBlock = 64;
constexpr int kSparse = 16;  // so few allowed rows of a block are scored one by one

// Calls `score(first, count)` for stretches of rows, then `take(i)` for every allowed row of them,
// i counted from `first`.
template <class Score, class Take>
void for_each_block(std::size_t rows, const RowFilter* allowed, BlockRange range, Score score,
                    Take take) {
  for (std::size_t block = range.first; block < range.last; ++block) {
    const std::size_t first = block * kBlock, count = std::min(kBlock, rows - first);
    std::uint64_t bits = allowed == nullptr ? ~std::uint64_t{0} : allowed->block(block);
    if (allowed != nullptr && std::popcount(bits) < kSparse) {
      for (; bits != 0; bits &= bits - 1) {
        score(first + static_cast<std::size_t>(std::countr_zero(bits)), 1);
        take(first + static_cast<std::size_t>(std::countr_zero(bits)), 0);
      }
      continue;
    }
    score(first, count);
    for (std::size_t i = 0; i < count; ++i) {
      if ((bits >> i & 1u) != 0) take(first + i, i);
    }
  }
}

// Rows whose upper bound reaches the k-th best lower bound seen so far.
class Candidates {
 public:
  explicit Candidates(std::size_t k) : lower_bounds_(k), prune_at_(4 * k + 1024) {}

  void push(float lower, float upper, std::size_t row) {
    if (!(upper >= lower_bounds_.threshold())) return;  // also NaN, of a damaged scale
    lower_bounds_.push(lower, row);
    rows_.push_back({upper, row});
    if (rows_.size() >= prune_at_) {
      prune();
      prune_at_ = std::max(prune_at_, 2 * rows_.size());
    }
  }

  std::vector<ScoredRow> take() {
    prune();
    return std::move(rows_);
  }

 private:
  void prune() {
    std::erase_if(rows_,
                  [&](const ScoredRow& row) { return row.score < lower_bounds_.threshold(); });
  }

  TopK lower_bounds_;
  std::size_t prune_at_;
  std::vector<ScoredRow> rows_;
};

}  // namespace

TopK scan_floats(const VectorFile& file, std::span<const float> query, std::size_t k,
                 const RowFilter* allowed, BlockRange range) {
  TopK best(k);
  std::array<float, kBlock> scores;
  for_each_block(
      file.rows(), allowed, range,
      [&](std::size_t first, std::size_t count) {
        dots(file.matrix().slice(first, count), query, std::span(scores).first(count));
      },
      [&](std::size_t row, std::size_t i) { best.push(scores[i], row); });
  return best;
}

std::vector<ScoredRow> scan_codes(const VectorFile& file, const QueryCoding& query, std::size_t k,
                                  const RowFilter* allowed, BlockRange range) {
  Candidates candidates(k);
  std::array<std::int32_t, kBlock> products;
  for_each_block(
      file.rows(), allowed, range,
      [&](std::size_t first, std::size_t count) {
        dots_int8(file.codes().slice(first, count), query.codes, std::span(products).first(count));
      },
      [&](std::size_t row, std::size_t i) {
        const float scale = file.scales()[row];
        const float steps = query.unit * static_cast<float>(products[i]);
        candidates.push(scale * (steps - query.margin), scale * (steps + query.margin), row);
      });
  return candidates.take();
}

}  // namespace spotisearch

// The two ways to scan a stretch of a vector file: its floats, or its int8 codes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "index/row_filter.h"
#include "vectors/int8_codes.h"
#include "vectors/top_k.h"
#include "vectors/vector_file.h"

namespace spotisearch {

/// Blocks [first, last) of 64 rows each, the words of a RowFilter; the last one may be shorter.
struct BlockRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The best k rows of the range by their floats.
TopK scan_floats(const VectorFile& file, std::span<const float> query, std::size_t k,
                 const RowFilter* allowed, BlockRange range);

/// Rows of the range that may be among its best k; `score` is an upper bound of the true one.
/// Every row of the range that is not in the result has a true score below that of k rows of the
/// range. REQUIRES: file.has_codes(), k > 0.
std::vector<ScoredRow> scan_codes(const VectorFile& file, const QueryCoding& query, std::size_t k,
                                  const RowFilter* allowed, BlockRange range);

}  // namespace spotisearch

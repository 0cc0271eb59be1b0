// How good a run is.
#pragma once

#include <cstddef>
#include <string>

#include "eval/qrels.h"
#include "eval/trec_run.h"

namespace spotisearch {

/// Means over all queries of the qrels; one that the run leaves out counts as zero, and so does the
/// nDCG of one without any relevant item. Of an item that a run names twice the first counts.
struct Metrics {
  double ndcg_at_10 = 0.0;       ///< gain 2^grade - 1, discount log2(rank + 1)
  double precision_at_10 = 0.0;  ///< share of relevant items (grade > 0) in ten
  double mrr_at_10 = 0.0;        ///< 1 / rank of the first relevant item, 0 behind ten
  double hit_at_1 = 0.0;         ///< whether the first k hold a relevant item
  double hit_at_5 = 0.0;
  double hit_at_10 = 0.0;
  std::size_t queries = 0;
};

Metrics evaluate(const Qrels& qrels, const TrecRun& run);

/// One line per metric, name and four digits, and the number of queries.
std::string to_string(const Metrics& metrics);

}  // namespace spotisearch

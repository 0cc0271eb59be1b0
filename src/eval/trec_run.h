// What a system answered to the queries of an evaluation, as a TREC run.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spotisearch {

struct RunResult {
  std::string id;  ///< of the item; not empty, without white space
  int rank = 0;    ///< from 1
  double score = 0.0;

  friend bool operator==(const RunResult&, const RunResult&) = default;
};

/// Query id to its results, in any order.
using TrecRun = std::map<std::string, std::vector<RunResult>>;

/// The order in which a run's results count: higher score first, then lower rank, then the id that
/// is later in byte order.
bool counts_before(const RunResult& a, const RunResult& b);

/// Reads lines of query id, Q0, item id, rank, score, tag, with tabs or runs of spaces between
/// them.
Result<TrecRun> read_run(const std::filesystem::path& path);

/// Writes such lines, with tabs and nine digits of the score: enough to keep the order of any
/// float scores. `tag` names the system. kInvalidArgument when an id or the tag is empty or holds
/// white space, or a score is NaN.
Status write_run(const std::filesystem::path& path, const TrecRun& run, std::string_view tag);

}  // namespace spotisearch

// The queries of an evaluation.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace spotisearch {

struct EvalQuery {
  std::string id;
  std::string text;
};

/// Reads queries in the BEIR layout: one JSON object per line with the strings `_id` and `text`
/// (other members are ignored). Empty lines are skipped; an id that comes twice, or no query at
/// all, is kInvalidArgument.
Result<std::vector<EvalQuery>> read_queries(const std::filesystem::path& path);

}  // namespace spotisearch

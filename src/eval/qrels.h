// Which results are relevant for which query.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>

#include "base/result.h"

namespace spotisearch {

/// Query id to item id to grade: 0 = not relevant, higher = better. Unnamed items have grade 0.
using Qrels = std::map<std::string, std::unordered_map<std::string, int>>;

/// Reads tab-separated lines of query id, item id and grade; the first line may be a header. Of a
/// pair that comes twice the last grade counts. A grade outside 0..30 is kInvalidArgument.
Result<Qrels> read_qrels(const std::filesystem::path& path);

}  // namespace spotisearch

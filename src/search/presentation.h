// Chosen candidates to hits: loaded from the catalogue, with the reasons why they are there.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "music/hit.h"
#include "search/ranking.h"
#include "search/reasons.h"

namespace spotisearch {

/// The hits of `chosen`, in its order. `ids` are the catalogue rows by position; `keyword_query` is
/// where the words come from that keyword reasons name. What an import under way has just removed
/// is left out.
template <class Item>  // Track or Album
Result<std::vector<Hit<Item>>> present(const Catalog& catalog, std::vector<Candidate> chosen,
                                       std::span<const std::int64_t> ids,
                                       std::string_view keyword_query,
                                       const ExplanationInput& explanation);

}  // namespace spotisearch

// Signals to one order.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "catalog/catalog.h"
#include "index/row_filter.h"
#include "index/vector_index.h"
#include "music/search_query.h"
#include "search/feature_match.h"
#include "vectors/vector_file.h"

namespace spotisearch {

/// What each signal adds to an item's score, in the units of the score.
struct Contributions {
  float text = 0;
  float features = 0;
  float keywords = 0;

  float total() const { return text + features + keywords; }
};

struct Candidate {
  std::size_t position = 0;  ///< in the vector files
  Contributions contributions;
};

/// Everything that ranks one collection for one query. Pointers are borrowed for the call.
struct RankingInput {
  SearchMode mode = SearchMode::kBlend;
  const VectorIndex* text = nullptr;            ///< never null
  std::span<const std::int64_t> ids = {};       ///< catalogue row at each position
  std::span<const float> query_vector = {};     ///< unused in mode kKeywords
  const VectorFile* features = nullptr;         ///< standardised features; null for albums
  const FeatureMatch* match = nullptr;          ///< null for albums
  float feature_weight = 0;                     ///< of FeatureMatch::likelihood in the blend
  std::span<const KeywordMatch> keywords = {};  ///< scores already weighted for this mode
  const RowFilter* allowed = nullptr;           ///< null: everything is
  std::size_t pool = 0;                         ///< candidates wanted from each signal
};

/// The candidates of all signals that the mode uses, each once, best first, ties by position. In
/// the blend a candidate that one signal found is scored by all of them.
std::vector<Candidate> rank(const RankingInput& input);

/// The mean of each contribution: what a candidate usually gets from it.
Contributions mean_of(std::span<const Candidate> candidates);

/// The first `k` candidates.
std::vector<Candidate> first_k(std::span<const Candidate> candidates, int k);

/// The first `k` that are different songs; `identity` says, by position, which are the same.
std::vector<Candidate> first_distinct(std::span<const Candidate> candidates,
                                      std::span<const std::uint64_t> identity, int k);

}  // namespace spotisearch

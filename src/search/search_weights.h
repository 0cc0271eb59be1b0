// The constants of the blend, in one place, each with where it comes from.
#pragma once

#include <cstddef>

#include "catalog/catalog.h"

namespace spotisearch {

// A result's score in the blend is
//   cosine of text vectors + kFeatureWeight * FeatureMatch::likelihood + keyword score.
// The cosine needs no weight: the others are measured against it. Round numbers from the middle of
// wide plateaus over three collections of different kinds (docs/EVALUATION.md); none is fitted to
// single queries.
inline constexpr float kFeatureWeight = 0.1F;

/// Keyword scores are shares (0-1) of the best score that the query could get. Words found in the
/// names and tags of songs say little that the vectors do not know. Words found in an album's
/// review, where vectors average them away, say much, if the query is a list of words. What is
/// known about artists and genres is in the vectors already; its words add nothing to the blend.
inline KeywordWeights blend_keyword_weights(Collection collection, double list_likeness) {
  if (collection == Collection::kTracks) return {.tags = 0.1, .body = 0.5, .known = 0.0};
  return {.tags = 1.0, .body = 0.5 + 3.5 * list_likeness, .known = 0.0};
}

/// Keyword matches looked at; also what `--mode keywords` can list at most.
inline constexpr std::size_t kKeywordPool = 500;

}  // namespace spotisearch

// Why a result is there, in words that are true of it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "knowledge/knowledge.h"
#include "mood/mood_head.h"
#include "music/hit.h"
#include "search/ranking.h"
#include "vectors/vector_file.h"

namespace spotisearch {

/// What is known of the query when its results are explained. Borrowed for the call.
struct ExplanationInput {
  std::span<const float> query_vector = {};  ///< empty in mode kKeywords
  const MoodPrediction* mood = nullptr;      ///< null for albums
  const FeatureScaler* scaler = nullptr;     ///< null for albums
  const VectorFile* features = nullptr;      ///< null for albums; says which are estimates
  const VectorFile* terms = nullptr;         ///< vectors of genres, descriptors and moods, by
                                             ///< term_id()
  const Knowledge* knowledge = nullptr;      ///< null: nothing is known
  Contributions usual = {};                  ///< mean contributions over all candidates
};

/// The id under which the vector of a genre, descriptor or mood is kept.
std::int64_t term_id(std::string_view term);

/// Reasons for a song, heaviest first. `words` are the words of the query found in its keyword
/// text. Weights are the shares of what lifts the song above the other candidates.
std::vector<Reason> explain(const Track& track, const Contributions& contributions,
                            std::span<const std::string> words, const ExplanationInput& input);

/// The same for an album.
std::vector<Reason> explain(const Album& album, const Contributions& contributions,
                            std::span<const std::string> words, const ExplanationInput& input);

}  // namespace spotisearch

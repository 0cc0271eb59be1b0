#include "search/ranking.h"

#include <algorithm>
#include <cassert>
#include <unordered_set>

#include "vectors/top_k.h"

namespace spotisearch {
namespace {

bool allowed(const RankingInput& input, std::size_t position) {
  return input.allowed == nullptr || input.allowed->allows(position);
}

/// Position of a catalogue row, where it has vectors already.
std::optional<std::size_t> position_of(const RankingInput& input, std::int64_t row) {
  const auto found = std::ranges::lower_bound(input.ids, row);
  if (found == input.ids.end() || *found != row) return std::nullopt;
  return static_cast<std::size_t>(found - input.ids.begin());
}

/// The songs whose features score best by `score`, which may answer NaN for "cannot say".
template <class Score>
std::vector<ScoredRow> best_by_features(const RankingInput& input, Score score) {
  TopK best(input.pool);
  const auto matrix = input.features->matrix();
  for (std::size_t i = 0; i < input.ids.size(); ++i) {
    if (allowed(input, i)) best.push(score(matrix.row(i)), i);
  }
  return best.take();
}

std::vector<Candidate> by_text(const RankingInput& input) {
  std::vector<Candidate> candidates;
  for (const VectorMatch& match :
       input.text->top_k(input.query_vector, input.pool, input.allowed)) {
    candidates.push_back({match.position, {match.score, 0, 0}});
  }
  return candidates;
}

std::vector<Candidate> by_features(const RankingInput& input) {
  std::vector<Candidate> candidates;
  const auto cosine = [&](std::span<const float> row) { return input.match->cosine(row); };
  for (const ScoredRow& scored : best_by_features(input, cosine)) {
    candidates.push_back({scored.row, {0, scored.score, 0}});
  }
  return candidates;
}

std::vector<Candidate> by_keywords(const RankingInput& input) {
  std::vector<Candidate> candidates;
  for (const KeywordMatch& match : input.keywords) {
    const auto position = position_of(input, match.row);
    if (!position || !allowed(input, *position)) continue;
    candidates.push_back({*position, {0, 0, static_cast<float>(match.score)}});
  }
  return candidates;
}

/// Gives every candidate the text and feature scores that it was not found by.
void complete(const RankingInput& input, std::vector<Candidate>& candidates) {
  std::vector<std::size_t> positions;
  for (const Candidate& candidate : candidates) positions.push_back(candidate.position);
  std::vector<float> text(positions.size());
  input.text->scores(input.query_vector, positions, text);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].contributions.text = text[i];
    if (input.match == nullptr) continue;
    candidates[i].contributions.features =
        input.feature_weight * input.match->likelihood(input.features->matrix().row(positions[i]));
  }
}

std::vector<Candidate> blended(const RankingInput& input) {
  std::vector<Candidate> candidates = by_keywords(input);
  std::unordered_set<std::size_t> known;
  for (const Candidate& candidate : candidates) known.insert(candidate.position);
  const auto add = [&](std::size_t position) {
    if (known.insert(position).second) candidates.push_back({position, {}});
  };
  // Features score the candidates and name none: looking through the whole library for the likeliest
  // songs changed no result of the evaluation, and took a fifth of the query's time.
  for (const Candidate& candidate : by_text(input)) add(candidate.position);
  complete(input, candidates);
  return candidates;
}

}  // namespace

std::vector<Candidate> rank(const RankingInput& input) {
  assert(input.text != nullptr && (input.match == nullptr || input.features != nullptr));
  std::vector<Candidate> candidates;
  switch (input.mode) {
    case SearchMode::kText:
      candidates = by_text(input);
      break;
    case SearchMode::kFeatures:
      candidates = by_features(input);
      break;
    case SearchMode::kKeywords:
      candidates = by_keywords(input);
      break;
    case SearchMode::kBlend:
      candidates = blended(input);
      break;
  }
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    return ranks_before({a.contributions.total(), a.position},
                        {b.contributions.total(), b.position});
  });
  return candidates;
}

Contributions mean_of(std::span<const Candidate> candidates) {
  Contributions sum;
  for (const Candidate& candidate : candidates) {
    sum.text += candidate.contributions.text;
    sum.features += candidate.contributions.features;
    sum.keywords += candidate.contributions.keywords;
  }
  const auto n = static_cast<float>(std::max<std::size_t>(1, candidates.size()));
  return {sum.text / n, sum.features / n, sum.keywords / n};
}

std::vector<Candidate> first_distinct(std::span<const Candidate> candidates,
                                      std::span<const std::uint64_t> identity, int k) {
  std::unordered_set<std::uint64_t> seen;
  std::vector<Candidate> first;
  for (const Candidate& candidate : candidates) {
    if (first.size() == static_cast<std::size_t>(k)) break;
    if (seen.insert(identity[candidate.position]).second) first.push_back(candidate);
  }
  return first;
}

std::vector<Candidate> first_k(std::span<const Candidate> candidates, int k) {
  const auto count = std::min(candidates.size(), static_cast<std::size_t>(k));
  return {candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace spotisearch

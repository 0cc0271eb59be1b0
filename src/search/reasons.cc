#include "search/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "mood/feature_words.h"
#include "vectors/dot.h"

namespace spotisearch {
namespace {

// A genre this close to the query in the encoder's space reads as related to a listener; below it,
// saying so would puzzle more than explain.
constexpr float kRelatedCosine = 0.25F;
constexpr std::size_t kMostTerms = 3;
constexpr std::size_t kMostWords = 4;

std::string enumerate(std::span<const std::string> items) {
  if (items.size() < 2) return items.empty() ? "" : items.front();
  return fmt::format("{} and {}", fmt::join(items.first(items.size() - 1), ", "), items.back());
}

/// The genres or descriptors nearest to the query, nearest first, only related ones.
std::vector<std::string> related(std::span<const std::string> terms,
                                 const ExplanationInput& input) {
  if (input.terms == nullptr || input.query_vector.empty()) return {};
  std::vector<std::pair<float, std::string>> scored;
  for (const std::string& term : terms) {
    const auto position = input.terms->position_of(term_id(term));
    if (!position) continue;
    const float cosine = dot(input.terms->matrix().row(*position), input.query_vector);
    if (cosine >= kRelatedCosine) scored.emplace_back(-cosine, term);
  }
  std::ranges::sort(scored);
  if (scored.size() > kMostTerms) scored.resize(kMostTerms);
  std::vector<std::string> names;
  for (auto& [cosine, term] : scored) names.push_back(std::move(term));
  return names;
}

/// Keeps what lifts the item above the usual candidate, as shares of one.
class Shares {
 public:
  Shares(const Contributions& mine, const Contributions& usual)
      : text_(std::max(mine.text - usual.text, 0.0F)),
        features_(std::max(mine.features - usual.features, 0.0F)),
        keywords_(std::max(mine.keywords - usual.keywords, 0.0F)) {}

  double text() const { return share(text_); }
  double features() const { return share(features_); }
  double keywords() const { return share(keywords_); }

 private:
  double share(float part) const {
    const float sum = text_ + features_ + keywords_;
    return sum > 0 ? part / sum : 0.0;
  }
  float text_, features_, keywords_;
};

/// What an item's text vector was made of, for when no single word of it can be cited.
template <class Item>
std::string_view source_of_text(const Item& item) {
  if (!item.description.empty()) return "its description reads like your words";
  if constexpr (requires { item.descriptors; }) {
    if (!item.descriptors.empty()) return "its mood words read like your words";
  }
  if (!item.genres.empty()) return "its name and genres read like your words";
  return "its name reads like your words";
}

void add_text_reason(std::vector<Reason>& reasons, const std::vector<std::string>& terms,
                     std::string_view kind, std::string_view otherwise, double weight) {
  if (!terms.empty()) {
    reasons.push_back({"text", fmt::format("{}: {}", kind, enumerate(terms)), weight});
  } else if (weight > 0) {
    reasons.push_back({"text", std::string(otherwise), weight});
  }
}

void add_keyword_reason(std::vector<Reason>& reasons, std::span<const std::string> words,
                        double weight) {
  if (words.empty()) return;
  reasons.push_back(
      {"keywords",
       fmt::format("{}: {}", words.size() == 1 ? "keyword" : "keywords", fmt::join(words, ", ")),
       weight});
}

std::vector<Reason> heaviest_first(std::vector<Reason> reasons) {
  std::ranges::stable_sort(reasons, std::greater<>(), &Reason::weight);
  return reasons;
}

}  // namespace

std::int64_t term_id(std::string_view term) {
  return std::bit_cast<std::int64_t>(stable_hash(term));
}

std::vector<Reason> explain(const Track& track, const Contributions& contributions,
                            std::span<const std::string> words, const ExplanationInput& input) {
  const Shares shares(contributions, input.usual);
  std::vector<Reason> reasons;
  if (input.mood != nullptr && contributions.features != 0) {
    const auto agreed = shared_words(track.features, *input.mood, *input.scaler, kMostWords);
    if (!agreed.empty()) {
      reasons.push_back(
          {"features",
           fmt::format("{}{}, like your query", track.features_estimated ? "probably " : "",
                       enumerate(agreed)),
           shares.features()});
    }
  }
  if (contributions.text != 0) {
    add_text_reason(reasons, related(track.genres, input), "genre", source_of_text(track),
                    shares.text());
  }
  add_keyword_reason(reasons, words, shares.keywords());
  return heaviest_first(std::move(reasons));
}

std::vector<Reason> explain(const Album& album, const Contributions& contributions,
                            std::span<const std::string> words, const ExplanationInput& input) {
  const Shares shares(contributions, input.usual);
  std::vector<Reason> reasons;
  if (contributions.text != 0) {
    std::vector<std::string> terms = related(album.descriptors, input);
    const bool described = !terms.empty();
    if (!described) terms = related(album.genres, input);
    add_text_reason(reasons, terms, described ? "described as" : "genre", source_of_text(album),
                    shares.text());
  }
  add_keyword_reason(reasons, words, shares.keywords());
  return heaviest_first(std::move(reasons));
}

}  // namespace spotisearch

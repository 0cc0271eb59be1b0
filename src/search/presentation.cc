#include "search/presentation.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "knowledge/known_text.h"
#include "search/found_words.h"

namespace spotisearch {
namespace {

std::vector<std::int64_t> rows_of(std::span<const Candidate> candidates,
                                  std::span<const std::int64_t> ids) {
  std::vector<std::int64_t> rows;
  for (const Candidate& candidate : candidates) rows.push_back(ids[candidate.position]);
  return rows;
}

Result<std::vector<Track>> load(const Catalog& catalog, std::span<const std::int64_t> rows,
                                const Track*) {
  return catalog.tracks(rows);
}
Result<std::vector<Album>> load(const Catalog& catalog, std::span<const std::int64_t> rows,
                                const Album*) {
  return catalog.albums(rows);
}

/// Loads the chosen candidates. An import under way can have removed an album whose vector is still
/// in force: it is taken out of `chosen`.
template <class Item>
Result<std::vector<Item>> load_present(const Catalog& catalog, std::span<const std::int64_t> ids,
                                       std::vector<Candidate>& chosen) {
  constexpr const Item* kKind = nullptr;
  auto all = load(catalog, rows_of(chosen, ids), kKind);
  if (all || all.error().code != ErrorCode::kNotFound) return all;
  std::vector<Item> items;
  std::vector<Candidate> there;
  for (const Candidate& candidate : chosen) {
    auto one = load(catalog, ids.subspan(candidate.position, 1), kKind);
    if (!one && one.error().code == ErrorCode::kNotFound) continue;
    SPOTISEARCH_TRY(one);
    items.push_back(std::move(one->front()));
    there.push_back(candidate);
  }
  chosen = std::move(there);
  return items;
}

/// What the features file has and the song's source does not was predicted.
void add_estimates(Track& track, std::size_t position, const ExplanationInput& explanation) {
  if (explanation.features == nullptr) return;
  std::array<float, kFeatureCount> standard{};
  std::ranges::copy(explanation.features->matrix().row(position).first(kFeatureCount),
                    standard.begin());
  const AudioFeatures values = explanation.scaler->restore(standard);
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    // A text cannot tell these, and their means are no keys and no bars.
    if (feature == Feature::kKey || feature == Feature::kMode ||
        feature == Feature::kTimeSignature) {
      continue;
    }
    if (!track.features.has(feature)) track.estimates[feature] = values[feature];
  }
}
void add_estimates(Album&, std::size_t, const ExplanationInput&) {}

/// The query's words in the item's own texts; without any there, in what is known about it.
template <class Item>
std::vector<std::string> words_found(std::string_view query, const Item& item,
                                     const ExplanationInput& explanation) {
  auto words = found_words(query, item);
  if (!words.empty() || explanation.knowledge == nullptr) return words;
  return found_words(query, keyword_text(recognise(item, *explanation.knowledge)));
}

}  // namespace

template <class Item>
Result<std::vector<Hit<Item>>> present(const Catalog& catalog, std::vector<Candidate> chosen,
                                       std::span<const std::int64_t> ids,
                                       std::string_view keyword_query,
                                       const ExplanationInput& explanation) {
  auto items = load_present<Item>(catalog, ids, chosen);
  SPOTISEARCH_TRY(items);
  std::vector<Hit<Item>> hits;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    Hit<Item> hit;
    hit.item = std::move((*items)[i]);
    add_estimates(hit.item, chosen[i].position, explanation);
    std::vector<std::string> words;
    if (chosen[i].contributions.keywords > 0) {
      words = words_found(keyword_query, hit.item, explanation);
    }
    hit.score = chosen[i].contributions.total();
    hit.reasons = explain(hit.item, chosen[i].contributions, words, explanation);
    hits.push_back(std::move(hit));
  }
  return hits;
}

template Result<std::vector<Hit<Track>>> present(const Catalog&, std::vector<Candidate>,
                                                 std::span<const std::int64_t>, std::string_view,
                                                 const ExplanationInput&);
template Result<std::vector<Hit<Album>>> present(const Catalog&, std::vector<Candidate>,
                                                 std::span<const std::int64_t>, std::string_view,
                                                 const ExplanationInput&);

}  // namespace spotisearch

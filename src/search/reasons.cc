#include "search/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "knowledge/recognise.h"
#include "mood/feature_words.h"
#include "vectors/dot.h"

namespace spotisearch {
namespace {

// A genre this close to the query in the encoder's space reads as related to a listener; below it,
// saying so would puzzle more than explain.
constexpr float kRelatedCosine = 0.25F;
// Single moods lie nearer to any sentence than genres do: only from here on they speak for an item
// ("upbeat" reaches 0.33 for a rainy evening).
constexpr float kRelatedMood = 0.38F;
constexpr std::size_t kMostTerms = 3;
constexpr std::size_t kMostWords = 4;

std::string enumerate(std::span<const std::string> items) {
  if (items.size() < 2) return items.empty() ? "" : items.front();
  return fmt::format("{} and {}", fmt::join(items.first(items.size() - 1), ", "), items.back());
}

/// Words near the query, nearest first, and how near the nearest is.
struct Related {
  std::vector<std::string> words;
  float cosine = 0;
};

/// The genres, descriptors or moods nearest to the query, only those at least so near.
template <class Terms>
Related related(const Terms& terms, const ExplanationInput& input,
                float least_cosine = kRelatedCosine) {
  Related found;
  if (input.terms == nullptr || input.query_vector.empty()) return found;
  std::vector<std::pair<float, std::string>> scored;
  for (const std::string_view term : terms) {
    const auto position = input.terms->position_of(term_id(term));
    if (!position) continue;
    const float cosine = dot(input.terms->matrix().row(*position), input.query_vector);
    if (cosine >= least_cosine) scored.emplace_back(-cosine, term);
  }
  std::ranges::sort(scored);
  if (scored.size() > kMostTerms) scored.resize(kMostTerms);
  if (!scored.empty()) found.cosine = -scored.front().first;
  for (auto& [cosine, term] : scored) found.words.push_back(std::move(term));
  return found;
}

/// The beginning of a description, some words long: what it says first is what is most telling.
std::string first_clause(std::string_view description) {
  constexpr std::size_t kLongest = 90;
  constexpr std::ptrdiff_t kFewestSpaces = 2;
  std::size_t end = 0;
  std::string_view clause;
  while (end < description.size() && std::ranges::count(clause, ' ') < kFewestSpaces) {
    end = std::min(description.find_first_of(",;:.", end + 1), description.size());
    clause = description.substr(0, end);
  }
  return end > kLongest ? std::string() : std::string(clause);
}

/// What is known about one of the item's artists or genres and speaks for it.
struct Citation {
  float cosine = 0;  ///< to the query
  std::string text;
  std::string_view name;  ///< of the artist or genre
};

/// "artist: hushed and wintry (Stacked falsetto over cabin-quiet acoustic guitar)"; where more than
/// one is credited, by name.
Citation cite(std::span<const ArtistFacts> artists, std::size_t credited,
              const ExplanationInput& input) {
  Citation best;
  for (const ArtistFacts& artist : artists) {
    const Related moods = related(artist.moods, input, kRelatedMood);
    if (moods.cosine <= best.cosine) continue;
    const std::string clause = first_clause(artist.description);
    best = {moods.cosine,
            fmt::format("{}: {}{}", artists.size() == 1 && credited == 1 ? "artist" : artist.name,
                        enumerate(moods.words), clause.empty() ? "" : " (" + clause + ")"),
            artist.name};
  }
  return best;
}

/// "genre: bedroom pop is shy and wistful"; of a genre that the item has from its artists, so it
/// says.
Citation cite(std::span<const GenreFacts> genres, std::size_t own, const ExplanationInput& input) {
  Citation best;
  for (std::size_t i = 0; i < genres.size(); ++i) {
    const Related moods = related(genres[i].moods, input, kRelatedMood);
    if (moods.cosine <= best.cosine) continue;
    best = {moods.cosine,
            fmt::format("{}: {} is {}", i < own ? "genre" : "artist's genre", genres[i].name,
                        enumerate(moods.words)),
            genres[i].name};
  }
  return best;
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
std::string source_of_text(const Item& item, const Recognised& known) {
  if (!item.description.empty()) return "its description reads like your words";
  if constexpr (requires { item.descriptors; }) {
    if (!item.descriptors.empty()) return "its mood words read like your words";
  }
  std::vector<std::string> parts = {"name"};
  if (!item.genres.empty()) parts.emplace_back("genres");
  if (!known.artists.empty()) parts.emplace_back("artist");
  return fmt::format("its {} read{} like your words", enumerate(parts),
                     parts.size() == 1 ? "s" : "");
}

/// Why an item's words are near the query: what its own words say, what is known about its artists
/// and genres; without any of these, what its vector was made of.
void add_text_reasons(std::vector<Reason>& reasons, const Related& own, std::string_view kind,
                      const Recognised& known, std::size_t credited, const ExplanationInput& input,
                      std::string_view otherwise, double weight) {
  std::vector<std::string> texts;
  const Citation artist = cite(known.artists, credited, input);
  Citation genre = cite(known.genres, known.own_genres, input);
  // The genre's name says it already where that is nearer to the query than its moods.
  if (genre.cosine <= own.cosine) genre = {};
  const bool said_below = own.words.size() == 1 && own.words[0] == genre.name;
  if (!own.words.empty() && !said_below) {
    texts.push_back(fmt::format("{}: {}", kind, enumerate(own.words)));
  }
  if (!artist.text.empty()) texts.push_back(artist.text);
  if (!genre.text.empty()) texts.push_back(genre.text);
  if (texts.empty() && weight > 0) texts.emplace_back(otherwise);
  for (std::string& text : texts) {
    reasons.push_back({"text", std::move(text), weight / static_cast<double>(texts.size())});
  }
}

/// The words of features on which song and query agree, measured ones first; what was estimated, by
/// the source or from the song's text, is called probable.
std::string agreement(const Track& track, const ExplanationInput& input) {
  const auto words = [&](const AudioFeatures& features) {
    return shared_words(features, *input.mood, *input.scaler, kMostWords);
  };
  if (const auto agreed = words(track.features); !agreed.empty()) {
    return fmt::format("{}{}, like your query", track.features_estimated ? "probably " : "",
                       enumerate(agreed));
  }
  const auto guessed = words(track.estimates);
  return guessed.empty() ? "" : fmt::format("probably {}, like your query", enumerate(guessed));
}

void add_keyword_reason(std::vector<Reason>& reasons, std::span<const std::string> words,
                        double weight) {
  if (words.empty()) return;
  reasons.push_back(
      {"keywords",
       fmt::format("{}: {}", words.size() == 1 ? "keyword" : "keywords", fmt::join(words, ", ")),
       weight});
}

template <class Item>
Recognised recognised(const Item& item, const ExplanationInput& input) {
  return input.knowledge == nullptr ? Recognised() : recognise(item, *input.knowledge);
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
    if (auto text = agreement(track, input); !text.empty()) {
      reasons.push_back({"features", std::move(text), shares.features()});
    }
  }
  if (contributions.text != 0) {
    const Recognised known = recognised(track, input);
    add_text_reasons(reasons, related(track.genres, input), "genre", known, track.artists.size(),
                     input, source_of_text(track, known), shares.text());
  }
  add_keyword_reason(reasons, words, shares.keywords());
  return heaviest_first(std::move(reasons));
}

std::vector<Reason> explain(const Album& album, const Contributions& contributions,
                            std::span<const std::string> words, const ExplanationInput& input) {
  const Shares shares(contributions, input.usual);
  std::vector<Reason> reasons;
  if (contributions.text != 0) {
    Related own = related(album.descriptors, input);
    const bool described = !own.words.empty();
    if (!described) own = related(album.genres, input);
    const Recognised known = recognised(album, input);
    add_text_reasons(reasons, own, described ? "described as" : "genre", known,
                     album.artists.size(), input, source_of_text(album, known), shares.text());
  }
  add_keyword_reason(reasons, words, shares.keywords());
  return heaviest_first(std::move(reasons));
}

}  // namespace spotisearch

#include "knowledge/compose_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace spotisearch {
namespace {

// Lists longer than this say little more, and would crowd out the rest of the encoder's window.
constexpr std::size_t kMostListed = 24;

// To be raised whenever compose() answers differently for the same item.
constexpr int kCompositionVersion = 3;

std::string joined(std::span<const std::string> items) {
  return fmt::format("{}", fmt::join(items.first(std::min(items.size(), kMostListed)), ", "));
}

std::string name_of(const std::string& title, std::span<const std::string> artists) {
  return artists.empty() ? title : fmt::format("{} by {}", title, joined(artists));
}

void add(std::vector<WeightedText>& texts, std::string text, float weight) {
  if (!text.empty()) texts.push_back({std::move(text), weight});
}

// Weights beside 1 for a song's name, or for an album's own words (docs/EVALUATION.md). What is
// known about genres says more than their names.
constexpr float kArtists = 0.5F;
constexpr float kGenres = 1.0F;
constexpr float kGenreNames = 0.5F;
constexpr float kGenresOfDescribed = 0.75F;
constexpr float kGenreNamesOfDescribed = 0.25F;

/// The item's genres, and those that it has from its artists.
std::string genre_list(std::span<const std::string> own, const Recognised& known) {
  std::string list = joined(own);
  for (std::size_t i = known.own_genres; i < known.genres.size(); ++i) {
    if (!list.empty()) list += ", ";
    list += known.genres[i].name;
  }
  return list;
}

/// Everything known, weighing `weight` together, each fact as much as the others of its kind.
template <class Facts>
void add_known(std::vector<WeightedText>& texts, const std::vector<Facts>& facts, float weight) {
  for (const Facts& fact : facts) {
    add(texts, std::string(fact.prose), weight / static_cast<float>(facts.size()));
  }
}

}  // namespace

std::vector<WeightedText> compose(const Track& track, std::span<const std::string> feature_words,
                                  const Recognised& known) {
  std::vector<WeightedText> texts;
  add(texts, track.title.empty() ? "untitled" : name_of(track.title, track.artists), 1.0F);
  add(texts, genre_list(track.genres, known), known.genres.empty() ? 1.0F : kGenreNames);
  add(texts, track.description, 1.0F);
  add(texts, joined(track.playlists), 0.5F);
  add(texts, joined(feature_words), 0.2F);
  add_known(texts, known.artists, kArtists);
  add_known(texts, known.genres, kGenres);
  return texts;
}

std::vector<WeightedText> compose(const Album& album, std::span<const std::string> feature_words,
                                  const Recognised& known) {
  const bool has_words = !album.descriptors.empty() || !album.description.empty();
  std::vector<WeightedText> texts;
  add(texts, joined(album.descriptors), 1.0F);
  add(texts, album.description, 1.0F);
  const float unknown = has_words ? 0.5F : 1.0F;
  const float names = has_words ? kGenreNamesOfDescribed : kGenreNames;
  add(texts, genre_list(album.genres, known), known.genres.empty() ? unknown : names);
  // A name adds nothing beside a description, and is all there is without one.
  if (!has_words) add(texts, name_of(album.title, album.artists), 1.0F);
  add(texts, joined(feature_words), 0.2F);
  add_known(texts, known.artists, kArtists);
  add_known(texts, known.genres, has_words ? kGenresOfDescribed : kGenres);
  return texts;
}

std::string vector_fingerprint(std::string_view encoder_fingerprint) {
  return fmt::format("{}, texts {}", encoder_fingerprint, kCompositionVersion);
}

}  // namespace spotisearch

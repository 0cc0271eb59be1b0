#include "search/found_words.h"

#include <algorithm>
#include <unordered_set>

#include "catalog/query_words.h"
#include "text/normalise.h"

namespace spotisearch {
namespace {

class WordSet {
 public:
  void add(std::string_view text) {
    const std::string normalised = normalise_for_matching(text);
    for (const std::string_view word : words(normalised)) words_.emplace(word);
  }
  void add(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) add(text);
  }

  /// Whether every part of the word is there ("don't" has two).
  bool holds(const std::string& word) const {
    const std::string normalised = normalise_for_matching(word);
    const auto parts = words(normalised);
    return !parts.empty() && std::ranges::all_of(parts, [&](std::string_view part) {
      return words_.contains(std::string(part));
    });
  }

 private:
  std::unordered_set<std::string> words_;
};

std::vector<std::string> held(std::string_view query, const WordSet& words) {
  std::vector<std::string> found = query_words(query);
  std::erase_if(found, [&](const std::string& word) { return !words.holds(word); });
  return found;
}

}  // namespace

std::vector<std::string> found_words(std::string_view query, const Track& track) {
  WordSet words;
  for (const auto* text : {&track.title, &track.album, &track.description}) words.add(*text);
  for (const auto* texts : {&track.artists, &track.genres, &track.playlists}) words.add(*texts);
  return held(query, words);
}

std::vector<std::string> found_words(std::string_view query, std::string_view text) {
  WordSet words;
  words.add(text);
  return held(query, words);
}

std::vector<std::string> found_words(std::string_view query, const Album& album) {
  WordSet words;
  for (const auto* text : {&album.title, &album.description}) words.add(*text);
  for (const auto* texts : {&album.artists, &album.genres, &album.descriptors}) words.add(*texts);
  return held(query, words);
}

}  // namespace spotisearch

#include "knowledge/known_text.h"

namespace spotisearch {
namespace {

void append(std::string& text, std::string_view part, std::string_view separator) {
  if (part.empty()) return;
  if (!text.empty()) text += separator;
  text += part;
}

void append(std::string& text, const TextList& parts, std::string_view separator) {
  for (const std::string_view part : parts) append(text, part, separator);
}

/// Appends the list behind `word`: " for kitchen, rainy morning".
void append_phrase(std::string& text, std::string_view word, const TextList& parts) {
  std::string list;
  append(list, parts, ", ");
  append(text, list, word);
}

}  // namespace

std::string text_of(const ArtistFacts& artist) {
  if (artist.moods.empty() && artist.genres.empty()) return std::string(artist.description);
  std::string text;
  append(text, artist.moods, ", ");
  append_phrase(text, " ", artist.genres);
  append_phrase(text, " from ", artist.countries);
  return text;
}

std::string text_of(const GenreFacts& genre) {
  if (genre.moods.empty() && genre.scenes.empty()) return std::string(genre.description);
  std::string text;
  append(text, genre.moods, ", ");
  append(text, genre.name, " ");
  append_phrase(text, " from ", genre.regions);
  append_phrase(text, " for ", genre.scenes);
  return text;
}

std::string keyword_text(const Recognised& known) {
  std::string text;
  for (const ArtistFacts& artist : known.artists) {
    append(text, artist.moods, ", ");
    append(text, artist.voices, ", ");
    append(text, artist.languages, ", ");
    append(text, artist.countries, ", ");
    append(text, artist.description, ". ");
  }
  for (const GenreFacts& genre : known.genres) {
    append(text, genre.name, ", ");
    append(text, genre.moods, ", ");
    append(text, genre.scenes, ", ");
  }
  return text;
}

}  // namespace spotisearch

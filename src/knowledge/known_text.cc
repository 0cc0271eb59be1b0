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

}  // namespace

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

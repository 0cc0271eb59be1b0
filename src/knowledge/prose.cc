#include "knowledge/prose.h"

#include <fmt/format.h>

namespace spotisearch {
namespace {

/// Appends the list behind `word`: " for kitchen, rainy morning".
void append(std::string& text, std::string_view word, const std::vector<std::string>& items) {
  if (items.empty()) return;
  if (!text.empty()) text += word;
  text += fmt::format("{}", fmt::join(items, ", "));
}

}  // namespace

std::string prose_of(const ArtistRow& artist) {
  if (artist.moods.empty() && artist.genres.empty()) return artist.description;
  std::string text;
  append(text, "", artist.moods);
  append(text, " ", artist.genres);
  append(text, " from ", artist.countries);
  return text;
}

std::string prose_of(const GenreRow& genre) {
  if (genre.moods.empty() && genre.scenes.empty()) return genre.description;
  std::string text;
  append(text, "", genre.moods);
  append(text, " ", {genre.name});
  append(text, " from ", genre.regions);
  append(text, " for ", genre.scenes);
  return text;
}

}  // namespace spotisearch

#include "server/search_parameters.h"

#include <fmt/format.h>

#include "server/parameter_reader.h"

namespace spotisearch {
namespace {

constexpr double kFastestTempo = 1000;  // beats per minute

std::string read_text(ParameterReader& reader) {
  const std::string text = reader.text("q").value_or("");
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    reader.blame("q",
                 "q is missing or empty: describe what you want to hear, as in "
                 "q=songs+for+a+slow+morning");
  }
  return text;
}

SearchMode read_mode(ParameterReader& reader, bool albums) {
  const auto mode = reader.text("mode");
  if (!mode || *mode == "blend") return SearchMode::kBlend;
  if (*mode == "text") return SearchMode::kText;
  if (*mode == "keywords") return SearchMode::kKeywords;
  if (*mode == "features" && !albums) return SearchMode::kFeatures;
  reader.blame("mode", albums ? "mode must be blend, text or keywords for albums"
                              : "mode must be blend, features, text or keywords");
  return SearchMode::kBlend;
}

template <class Number>
void check_order(ParameterReader& reader, const std::optional<Number>& from,
                 const std::optional<Number>& to, std::string_view from_name,
                 std::string_view to_name) {
  if (!from || !to || *from <= *to) return;
  reader.blame(from_name, fmt::format("{} ({}) is above {} ({}); exchange them", from_name, *from,
                                      to_name, *to));
}

Filters read_filters(ParameterReader& reader) {
  Filters filters;
  filters.year_from = reader.integer("year_from", 1, 9999);
  filters.year_to = reader.integer("year_to", 1, 9999);
  filters.genre = reader.text("genre");
  filters.artist = reader.text("artist");
  filters.tempo_from = reader.number("tempo_from", 0, kFastestTempo);
  filters.tempo_to = reader.number("tempo_to", 0, kFastestTempo);
  check_order(reader, filters.year_from, filters.year_to, "year_from", "year_to");
  check_order(reader, filters.tempo_from, filters.tempo_to, "tempo_from", "tempo_to");
  return filters;
}

tl::expected<SearchQuery, RequestError> finished(SearchQuery query, const ParameterReader& reader) {
  if (reader.error()) return tl::unexpected(*reader.error());
  return query;
}

}  // namespace

tl::expected<SearchQuery, RequestError> read_song_query(std::span<const Parameter> parameters) {
  ParameterReader reader(parameters, {"q", "k", "mode", "year_from", "year_to", "genre", "artist",
                                      "explicit", "tempo_from", "tempo_to"});
  SearchQuery query;
  query.text = read_text(reader);
  query.k = reader.integer("k", 1, kMostSongs).value_or(kUsualSongs);
  query.mode = read_mode(reader, false);
  query.filters = read_filters(reader);
  query.filters.is_explicit = reader.boolean("explicit");
  return finished(std::move(query), reader);
}

tl::expected<SearchQuery, RequestError> read_album_query(std::span<const Parameter> parameters) {
  ParameterReader reader(parameters, {"q", "k", "mode", "year_from", "year_to", "genre", "artist",
                                      "tempo_from", "tempo_to"});
  SearchQuery query;
  query.text = read_text(reader);
  query.k = reader.integer("k", 1, kMostAlbums).value_or(kUsualAlbums);
  query.mode = read_mode(reader, true);
  query.filters = read_filters(reader);
  return finished(std::move(query), reader);
}

tl::expected<int, RequestError> read_count(std::span<const Parameter> parameters, int usual,
                                           int most) {
  ParameterReader reader(parameters, {"k"});
  const int count = reader.integer("k", 1, most).value_or(usual);
  if (reader.error()) return tl::unexpected(*reader.error());
  return count;
}

}  // namespace spotisearch

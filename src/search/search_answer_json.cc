#include "search/search_answer_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace spotisearch {
namespace {

using Json = nlohmann::ordered_json;

// Stored values are floats: as doubles they would print as 0.699999988.
Json rounded(double value, double unit) {
  if (!std::isfinite(value)) return nullptr;
  return std::round(value * unit) / unit;
}

Json feature_value(double value) { return rounded(value, 1e4); }

Json features_json(const AudioFeatures& features) {
  if (!features.any()) return nullptr;
  Json json = Json::object();
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    json[std::string(kFeatureNames[i])] = feature_value(features.values[i]);
  }
  return json;
}

Json mood_json(const MoodPrediction& mood, const FeatureScaler& scaler) {
  std::array<float, kFeatureCount> one_spread_up = mood.mean;
  for (std::size_t i = 0; i < kFeatureCount; ++i) one_spread_up[i] += mood.spread[i];
  const AudioFeatures value = scaler.restore(mood.mean);
  const AudioFeatures above = scaler.restore(one_spread_up);
  Json json = Json::object();
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    json[std::string(kFeatureNames[i])] = {
        {"value", feature_value(value.values[i])},
        {"spread", feature_value(std::abs(above.values[i] - value.values[i]))}};
  }
  return json;
}

Json year_json(int year) { return year == 0 ? Json(nullptr) : Json(year); }

Json reasons_json(const std::vector<Reason>& reasons) {
  Json json = Json::array();
  for (const Reason& reason : reasons) {
    json.push_back({{"signal", reason.signal},
                    {"text", reason.text},
                    {"weight", rounded(reason.weight, 1e4)}});
  }
  return json;
}

Json item_json(const Track& track) {
  Json json = {{"id", track.id},       {"title", track.title},          {"artists", track.artists},
               {"album", track.album}, {"year", year_json(track.year)}, {"genres", track.genres}};
  json["features"] = features_json(track.features);
  json["features_estimated"] = track.features_estimated;
  json["estimates"] = features_json(track.estimates);
  if (!track.spotify_id.empty()) {
    json["spotify_url"] = "https://open.spotify.com/track/" + track.spotify_id;
  }
  return json;
}

Json item_json(const Album& album) {
  Json json = {{"id", album.id},
               {"title", album.title},
               {"artists", album.artists},
               {"album", album.title},
               {"year", year_json(album.year)},
               {"genres", album.genres},
               {"descriptors", album.descriptors}};
  json["features"] = features_json(album.features);
  json["features_estimated"] = false;
  json["track_count"] = album.track_count;
  return json;
}

template <class Item>
Json results_json(const std::vector<Hit<Item>>& hits) {
  Json results = Json::array();
  for (const Hit<Item>& hit : hits) {
    Json result = {{"rank", results.size() + 1}};
    result.update(item_json(hit.item));
    result["score"] = rounded(hit.score, 1e6);
    result["reasons"] = reasons_json(hit.reasons);
    results.push_back(std::move(result));
  }
  return results;
}

template <class Item>
Json answer_json(const SearchAnswer<Item>& answer, std::string_view query, const char* kind) {
  const double milliseconds = static_cast<double>(answer.took.count()) / 1000.0;
  return {{"query", query},
          {"kind", kind},
          {"took_ms", rounded(milliseconds, 1e3)},
          {"notes", answer.notes},
          {"results", results_json(answer.hits)}};
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const SearchAnswer<Track>& answer, std::string_view query,
                    const FeatureScaler& scaler) {
  Json json = answer_json(answer, query, "songs");
  if (answer.mood) json["mood"] = mood_json(*answer.mood, scaler);
  return text_of(json);
}

std::string to_json(const SearchAnswer<Album>& answer, std::string_view query) {
  return text_of(answer_json(answer, query, "albums"));
}

std::string to_json(const LibraryInfo& info) {
  const CatalogCounts& counts = info.counts;
  Json per_feature = Json::object();
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    per_feature[std::string(kFeatureNames[i])] = counts.per_feature[i];
  }
  Json json = Json::object();
  if (!info.folder.empty()) json["folder"] = info.folder.string();
  json["songs"] = counts.tracks;
  json["albums"] = counts.albums;
  json["coverage"] = {{"songs_with_genres", counts.tracks_with_genres},
                      {"songs_with_any_feature", counts.tracks_with_any_feature},
                      {"songs_with_all_features", counts.tracks_with_all_features},
                      {"songs_with_measured_features", counts.tracks_with_measured_features},
                      {"albums_with_description", counts.albums_with_description},
                      {"albums_with_descriptors", counts.albums_with_descriptors},
                      {"songs_per_feature", std::move(per_feature)}};
  json["knowledge"] = {{"artists", info.known_artists},
                       {"genres", info.known_genres},
                       {"songs_by_known_artists", info.knowledge.known_artist},
                       {"songs_with_known_genres", info.knowledge.known_genre},
                       {"songs_with_neither", info.knowledge.known_neither},
                       {"songs_with_estimated_features", info.knowledge.estimated_features}};
  json["vectors"] = {{"songs", info.track_vectors}, {"albums", info.album_vectors}};
  json["bytes"] = {{"database", info.database_bytes}, {"vectors", info.vector_bytes}};
  json["model"] = {{"fingerprint", info.encoder_fingerprint},
                   {"dimension", info.encoder_dimension}};
  return text_of(json);
}

}  // namespace spotisearch

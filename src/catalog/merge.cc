#include "catalog/merge.h"

#include <algorithm>
#include <cmath>

#include "catalog/match_key.h"

namespace spotisearch {
namespace {

template <class T>
bool fill_in_value(T& known, const T& found, const T& unknown) {
  if (known != unknown || found == unknown) return false;
  known = found;
  return true;
}

bool fill_in_features(AudioFeatures& known, const AudioFeatures& found) {
  bool changed = false;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (!std::isnan(known.values[i]) || std::isnan(found.values[i])) continue;
    known.values[i] = found.values[i];
    changed = true;
  }
  return changed;
}

bool merge_features(Track& known, const Track& found) {
  if (!found.features.any()) return false;
  if (!known.features.any() || (known.features_estimated && !found.features_estimated)) {
    known.features = found.features;
    known.features_estimated = found.features_estimated;
    return true;
  }
  if (known.features_estimated != found.features_estimated) return false;
  return fill_in_features(known.features, found.features);
}

}  // namespace

bool unite(std::vector<std::string>& known, std::span<const std::string> found) {
  bool grew = false;
  for (const std::string& entry : found) {
    if (entry.empty() || std::find(known.begin(), known.end(), entry) != known.end()) continue;
    known.push_back(entry);
    grew = true;
  }
  return grew;
}

bool fill_in(std::string& known, const std::string& found) {
  return fill_in_value(known, found, std::string());
}

bool same_features(const AudioFeatures& a, const AudioFeatures& b) {
  return std::equal(a.values.begin(), a.values.end(), b.values.begin(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

bool merge_track(Track& known, const Track& found) {
  bool changed = fill_in(known.spotify_id, found.spotify_id);
  changed |= fill_in(known.title, found.title);
  changed |= unite_names(known.artists, found.artists);
  changed |= fill_in(known.album, found.album);
  changed |= fill_in(known.release_date, found.release_date);
  changed |= fill_in_value(known.year, found.year, 0);
  changed |= fill_in_value<std::int64_t>(known.duration_ms, found.duration_ms, 0);
  changed |= fill_in_value<std::optional<int>>(known.popularity, found.popularity, std::nullopt);
  changed |= fill_in_value<std::optional<bool>>(known.is_explicit, found.is_explicit, std::nullopt);
  changed |= unite(known.genres, found.genres);
  changed |= unite(known.playlists, found.playlists);
  changed |= fill_in(known.label, found.label);
  changed |= fill_in(known.description, found.description);
  changed |= merge_features(known, found);
  return changed;
}

}  // namespace spotisearch

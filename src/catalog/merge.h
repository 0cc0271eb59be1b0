// What a known item learns from another report of it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "music/album.h"
#include "music/track.h"

namespace spotisearch {

/// Lists are united in order, unknown values filled in, known ones kept. Measured features replace
/// estimated ones wholly (a mixture could not be told from measurements); estimates never join
/// measurements. Whether `known` changed.
bool merge_track(Track& known, const Track& found);

/// The entries of `found` that `known` lacks are appended. Whether any were.
bool unite(std::vector<std::string>& known, std::span<const std::string> found);

/// `found` if `known` is empty. Whether it was taken.
bool fill_in(std::string& known, const std::string& found);

/// Whether all features are the same, missing ones included.
bool same_features(const AudioFeatures& a, const AudioFeatures& b);

}  // namespace spotisearch

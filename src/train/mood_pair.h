// What the mood head learns from: texts and the audio features of songs that fit them.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "mood/feature_scaler.h"

namespace spotisearch {

/// A text and a Gaussian over each standardised feature; a mean of NaN says nothing of its feature.
struct MoodPair {
  std::string text;
  std::array<float, kFeatureCount> mean{};
  std::array<float, kFeatureCount> spread{};  ///< 0 where one song was measured
  bool is_query = false;                      ///< asked as listeners ask, not a song's own words
};

/// Means and deviations over the measured features of a library's songs. kInvalidArgument when a
/// feature has fewer than two different values.
Result<FeatureScaler> fit_scaler(const Catalog& catalog);

/// Pairs from every song with features: its genres together and one by one, its title and artists,
/// its description, and its features put into words in varied ways (from `seed`). Names of
/// playlists are not used: evaluation asks for them in other words.
Result<std::vector<MoodPair>> pairs_from_songs(const Catalog& catalog, const FeatureScaler& scaler,
                                               std::uint64_t seed);

/// Pairs from a CSV with the columns `query` and, for each feature, NAME and NAME_spread in natural
/// units (data/queries/README.md). Errors name file, line and column.
Result<std::vector<MoodPair>> pairs_from_queries(const std::filesystem::path& csv,
                                                 const FeatureScaler& scaler);

}  // namespace spotisearch

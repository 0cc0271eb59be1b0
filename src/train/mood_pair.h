// What the mood head learns from: texts and the audio features of songs that fit them.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "knowledge/compose_text.h"
#include "mood/feature_scaler.h"

namespace spotisearch {

/// A text and a Gaussian over each standardised feature; a mean of NaN says nothing of its feature.
struct MoodPair {
  std::string text;
  /// Where not empty, in place of `text`: what a library's vector is made of (TextVectors).
  std::vector<WeightedText> composed;
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

/// Pairs from every song with measured features, each with the texts that its vector in a library
/// is made of (its features aside), and once more as if its source gave no genres: what a song
/// sounds like, told by its name and by what is known. Songs of which `skip` is true are left out.
Result<std::vector<MoodPair>> pairs_from_vectors(const Catalog& catalog,
                                                 const FeatureScaler& scaler,
                                                 const Knowledge& knowledge,
                                                 const std::function<bool(const Track&)>& skip);

/// Pairs from a CSV with the columns `query` and, for each feature, NAME and NAME_spread in natural
/// units (data/queries/README.md). Errors name file, line and column.
Result<std::vector<MoodPair>> pairs_from_queries(const std::filesystem::path& csv,
                                                 const FeatureScaler& scaler);

}  // namespace spotisearch

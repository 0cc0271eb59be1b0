// How close songs' audio features are to what a query asks for.
#pragma once

#include <array>
#include <span>

#include "mood/mood_head.h"
#include "music/audio_features.h"
#include "vectors/matrix_view.h"

namespace spotisearch {

/// Scores rows of a features file (kFeatureColumns: standardised means, NaN = missing, and spreads)
/// against one prediction. Immutable.
class FeatureMatch {
 public:
  explicit FeatureMatch(const MoodPrediction& prediction);

  /// Cosine between the predicted means and the song's features, over those the song has; the
  /// prediction keeps its whole length, so that a song with few known features scores less.
  /// NaN for a song with none. Estimated means count like measured ones: they lie nearer to the
  /// ordinary, and so count less by themselves. REQUIRES: features.size() == kFeatureColumns.
  float cosine(std::span<const float> features) const;

  /// Mean Gaussian log likelihood of the song's features under the prediction, without its
  /// constant: -1/2 mean over features of ((x - mean) / spread)^2, at most 0. A feature that the
  /// query says nothing about has a wide spread and hardly counts. A missing feature counts as much
  /// as it would for an ordinary song: neither for nor against it. An estimated one counts by its
  /// expected squared distance, so the less, the wider its spread.
  float likelihood(std::span<const float> features) const;

 private:
  std::array<float, kFeatureCount> mean_{};
  std::array<float, kFeatureCount> inverse_spread_{};
  std::array<float, kFeatureCount> ordinary_{};  ///< expected squared distance of a song
  float length_ = 0;
};

/// What a song like this one would sound like: its own features, each with the spread among songs
/// that listeners call similar (wider for estimates); nothing is said about features that it lacks.
/// REQUIRES: features.size() == kFeatureColumns.
MoodPrediction mood_of(std::span<const float> features);

}  // namespace spotisearch

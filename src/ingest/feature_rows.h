// A library's features, measured and predicted, row by row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mood/mood_head.h"
#include "music/audio_features.h"

namespace spotisearch {

/// Makes the rows of the features file (kFeatureColumns): twelve means, then twelve spreads. What
/// the source has has the spread 0; what it lacks is predicted from the text vector, or stays
/// missing. Borrows scaler and head. One thread.
class FeatureRows {
 public:
  /// `head` null: nothing is predicted.
  FeatureRows(const FeatureScaler& scaler, const MoodHead* head) : scaler_(scaler), head_(head) {}

  /// Songs come in the order of their positions.
  void add(const AudioFeatures& features) { measured_.push_back(scaler_.standardise(features)); }

  /// The row of the song at `position`, whose text vector is given. Holds until the next call.
  std::span<const float> row(std::size_t position, std::span<const float> text_vector);

  /// Rows with a predicted feature, of those that were asked for.
  std::int64_t estimated() const { return estimated_; }

 private:
  const FeatureScaler& scaler_;
  const MoodHead* head_;
  std::vector<std::array<float, kFeatureCount>> measured_;
  std::array<float, kFeatureColumns> row_{};
  std::int64_t estimated_ = 0;
};

}  // namespace spotisearch

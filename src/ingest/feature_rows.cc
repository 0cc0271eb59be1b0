#include "ingest/feature_rows.h"

#include <algorithm>
#include <cmath>

namespace spotisearch {

std::span<const float> FeatureRows::row(std::size_t position, std::span<const float> text_vector) {
  const auto& measured = measured_[position];
  std::ranges::copy(measured, row_.begin());
  std::fill(row_.begin() + kFeatureCount, row_.end(), 0.0F);
  const auto missing = [](float value) { return std::isnan(value); };
  if (head_ == nullptr || std::ranges::none_of(measured, missing)) return row_;
  const MoodPrediction predicted = head_->predict(text_vector);
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (!missing(measured[i])) continue;
    row_[i] = predicted.mean[i];
    row_[kFeatureCount + i] = predicted.spread[i];
  }
  ++estimated_;
  return row_;
}

}  // namespace spotisearch

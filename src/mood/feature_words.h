// Audio features put into words, and the words that a query and a song share.
#pragma once

#include <string>
#include <vector>

#include "mood/mood_head.h"
#include "music/audio_features.h"

namespace spotisearch {

/// Words for what stands out in a song, most telling first ("slow", "acoustic", "sad"); nothing for
/// features that are missing or ordinary. `scaler` says what is ordinary.
std::vector<std::string> describe(const AudioFeatures& features, const FeatureScaler& scaler);

/// The words that are true of the song and asked for by the prediction: features in which the
/// prediction is confident and away from the ordinary, and the song lies on the same side.
/// Strongest agreement first, at most `limit`.
std::vector<std::string> shared_words(const AudioFeatures& features,
                                      const MoodPrediction& prediction, const FeatureScaler& scaler,
                                      std::size_t limit);

}  // namespace spotisearch

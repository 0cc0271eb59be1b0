// The twelve feature columns that tracks and albums have in common.
#pragma once

#include "catalog/statement.h"
#include "music/audio_features.h"

namespace spotisearch {

/// Their names as SQL, in the order of Feature.
#define SPOTISEARCH_FEATURE_COLUMNS                                            \
  "danceability, energy, \"key\", loudness, mode, speechiness, acousticness, " \
  "instrumentalness, liveness, valence, tempo, time_signature"

/// Missing features are NULL in the database.
void bind_features(Statement& statement, const AudioFeatures& features);
AudioFeatures read_features(Statement& statement);

/// 0 and "not known" are NULL, so that no filter meets them.
void bind_known(Statement& statement, std::int64_t value);

}  // namespace spotisearch

#include "catalog/feature_columns.h"

namespace spotisearch {

void bind_features(Statement& statement, const AudioFeatures& features) {
  for (const float value : features.values) {
    if (std::isnan(value)) {
      statement.bind_null();
    } else {
      statement.bind_real(value);
    }
  }
}

AudioFeatures read_features(Statement& statement) {
  AudioFeatures features;
  for (float& value : features.values) {
    const bool missing = statement.next_is_null();
    const double stored = statement.read_real();
    if (!missing) value = static_cast<float>(stored);
  }
  return features;
}

void bind_known(Statement& statement, std::int64_t value) {
  if (value == 0) {
    statement.bind_null();
  } else {
    statement.bind_integer(value);
  }
}

}  // namespace spotisearch

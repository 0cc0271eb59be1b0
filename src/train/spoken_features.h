// A song's audio features in the varied words that listeners use.
#pragma once

#include <random>
#include <string>

#include "music/audio_features.h"

namespace spotisearch {

/// One to four of the things that stand out, in random words and order ("hushed and sad music");
/// empty when nothing stands out.
std::string speak(const AudioFeatures& features, std::mt19937_64& random);

}  // namespace spotisearch

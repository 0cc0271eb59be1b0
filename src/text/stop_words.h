// Words that say nothing about which music is meant.
#pragma once

#include <string_view>

namespace spotisearch {

/// True for English function words, the fragments that normalisation leaves of contractions ("don
/// t"), and words that nearly every music query could contain ("songs", "something", "playlist").
/// Expects a word of normalise_for_matching(). A query may consist of stop words alone ("the
/// who"): then the caller should keep them.
bool is_stop_word(std::string_view lower_case_word);

}  // namespace spotisearch

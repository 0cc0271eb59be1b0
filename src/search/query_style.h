// How a query is worded.
#pragma once

#include <string_view>

namespace spotisearch {

/// 1 for a long list of keywords ("dusty soul breaks horns tape hiss vinyl"), 0 for a sentence
/// ("songs for a slow morning by the sea") and for three words or fewer, in between by the share of
/// words that carry meaning and by their number. Who types a list wants its words found; who types
/// a sentence wants its meaning.
double list_likeness(std::string_view query);

}  // namespace spotisearch

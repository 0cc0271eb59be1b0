#include "search/query_style.h"

#include <algorithm>

#include "text/normalise.h"
#include "text/stop_words.h"

namespace spotisearch {

double list_likeness(std::string_view query) {
  const std::string normalised = normalise_for_matching(query);
  std::size_t all = 0;
  std::size_t telling = 0;
  for (const std::string_view word : words(normalised)) {
    ++all;
    if (!is_stop_word(word)) ++telling;
  }
  if (all == 0) return 0.0;
  // Sentences of natural queries have at most four telling words in five.
  constexpr double kSentence = 0.8;
  const double share = static_cast<double>(telling) / static_cast<double>(all);
  // Three words describe something, six enumerate.
  constexpr double kDescription = 3;
  constexpr double kEnumeration = 6;
  const double length =
      (static_cast<double>(telling) - kDescription) / (kEnumeration - kDescription);
  return std::clamp((share - kSentence) / (1.0 - kSentence), 0.0, 1.0) *
         std::clamp(length, 0.0, 1.0);
}

}  // namespace spotisearch

// What a listener asks for.
#pragma once

#include <optional>
#include <string>

namespace spotisearch {

/// Conditions every result must meet. Unset members do not restrict. A track whose value is not
/// known does not meet a condition on it.
struct Filters {
  std::optional<int> year_from;   ///< inclusive
  std::optional<int> year_to;     ///< inclusive
  std::optional<std::string> genre;   ///< one of its genres equals this, or contains it as words
  std::optional<std::string> artist;  ///< one of its artists equals this, case and accents aside
  std::optional<bool> is_explicit;
  std::optional<double> tempo_from;  ///< beats per minute, inclusive
  std::optional<double> tempo_to;    ///< beats per minute, inclusive

  bool empty() const {
    return !year_from && !year_to && !genre && !artist && !is_explicit && !tempo_from && !tempo_to;
  }
};

/// Which signals decide the order.
enum class SearchMode {
  kBlend,     ///< features, text vectors and keywords together
  kFeatures,  ///< songs only: cosine between predicted and real features, nothing else
  kText,      ///< cosine between query and text vectors
  kKeywords,  ///< BM25
};

struct SearchQuery {
  std::string text;
  int k = 10;  ///< results wanted, at least 1
  SearchMode mode = SearchMode::kBlend;
  Filters filters;
};

}  // namespace spotisearch

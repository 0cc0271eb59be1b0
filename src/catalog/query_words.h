// The words of a query, as the listener wrote them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spotisearch {

/// More distinct words than this are ignored: a pasted page is no better a query than its start.
inline constexpr std::size_t kMostQueryWords = 64;

/// The distinct words of `query` in order, without the stop words, unless nothing else is left.
/// Words are compared by their normalised form; a word keeps its inner apostrophe ("don't").
std::vector<std::string> query_words(std::string_view query);

}  // namespace spotisearch

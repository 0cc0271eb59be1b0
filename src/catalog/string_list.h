// A list of strings as one column of text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spotisearch {

/// Joins with the unit separator (U+001F). Empty entries are dropped: they say nothing. A separator
/// inside an entry is escaped, so that split_list() returns what was given.
std::string join_list(std::span<const std::string> entries);

/// The inverse of join_list(). Empty text is an empty list.
std::vector<std::string> split_list(std::string_view text);

}  // namespace spotisearch

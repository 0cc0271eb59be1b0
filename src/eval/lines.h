// Text files line by line, with errors that name file and line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spotisearch {

/// Calls `visit` for each line (without its line break, LF or CRLF) with its number, from 1. An
/// error of `visit` ends the reading and comes back with "FILE:NUMBER: " before its message.
Status for_each_line(const std::filesystem::path& path,
                     const std::function<Status(std::string_view line, std::size_t number)>& visit);

/// The pieces between `separator`s, empty ones included.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The pieces between runs of spaces and tabs.
std::vector<std::string_view> split_white_space(std::string_view text);

}  // namespace spotisearch

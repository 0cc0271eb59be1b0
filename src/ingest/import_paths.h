// The files an import is asked for: named ones, and those in folders.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace spotisearch {

/// A file to import, or why a path cannot be one.
struct ImportPath {
  std::filesystem::path path;
  Status state;
};

/// Files as they are named, folders replaced by the *.csv files in and under them, sorted, hidden
/// ones left out. Each file once, in the order of `paths`.
std::vector<ImportPath> expand_paths(std::span<const std::filesystem::path> paths);

/// The playlist that a file is named after ("bath_time_.csv" -> "bath time"), or empty when its
/// name is one that libraries and collections have ("liked_songs.csv").
std::string playlist_of_file(const std::filesystem::path& path);

}  // namespace spotisearch

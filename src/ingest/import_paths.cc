#include "ingest/import_paths.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <system_error>

#include "ingest/column_map.h"
#include "text/utf8.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

bool is_csv(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension == ".csv";
}

std::vector<ImportPath> files_under(const fs::path& folder) {
  std::vector<ImportPath> files;
  std::error_code error;
  auto walk = fs::recursive_directory_iterator(
      folder, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && walk != end; walk.increment(error)) {
    std::error_code unknown;
    if (is_hidden(walk->path())) {
      if (walk->is_directory(unknown)) walk.disable_recursion_pending();
    } else if (is_csv(walk->path()) && walk->is_regular_file(unknown)) {
      files.push_back({walk->path(), {}});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const ImportPath& a, const ImportPath& b) { return a.path < b.path; });
  if (error) {
    files.push_back(
        {folder, fail(ErrorCode::kIo, "the folder cannot be read: " + error.message())});
  } else if (files.empty()) {
    files.push_back({folder, fail(ErrorCode::kNotFound, "the folder holds no .csv file")});
  }
  return files;
}

std::vector<ImportPath> expand(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return files_under(path);
  if (fs::is_regular_file(status)) return {{path, {}}};
  if (!fs::exists(status)) {
    return {{path, fail(ErrorCode::kNotFound, "there is no such file or folder")}};
  }
  return {{path, fail(ErrorCode::kInvalidArgument, "this is neither a file nor a folder")}};
}

/// Names of files that hold more or other than one playlist, as column_key() writes them.
constexpr std::array<std::string_view, 24> kCollectionNames = {
    "likedsongs",  "liked",       "likes",    "library",    "mylibrary",     "tracks",
    "mytracks",    "songs",       "mysongs",  "export",     "exportify",     "spotify",
    "savedtracks", "savedsongs",  "saved",    "favourites", "favorites",     "playlist",
    "playlists",   "myplaylists", "allsongs", "alltracks",  "likedsongsall", "data"};

}  // namespace

std::vector<ImportPath> expand_paths(std::span<const fs::path> paths) {
  std::vector<ImportPath> files;
  std::set<fs::path> seen;
  for (const fs::path& path : paths) {
    for (ImportPath& file : expand(path)) {
      std::error_code error;
      const fs::path real = fs::weakly_canonical(file.path, error);
      if (seen.insert(error ? file.path : real).second) files.push_back(std::move(file));
    }
  }
  return files;
}

std::string playlist_of_file(const fs::path& path) {
  const std::string stem = to_valid_utf8(path.stem().string());
  if (std::find(kCollectionNames.begin(), kCollectionNames.end(), column_key(stem)) !=
      kCollectionNames.end()) {
    return {};
  }
  // Exportify writes '_' for every character it does not keep, and several for several.
  std::string name;
  for (const char c : stem) {
    const char shown = c == '_' ? ' ' : c;
    if (shown != ' ' || (!name.empty() && name.back() != ' ')) name += shown;
  }
  if (name.ends_with(' ')) name.pop_back();
  return name;
}

}  // namespace spotisearch

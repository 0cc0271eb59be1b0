#include "index/vector_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/mapped_file.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

// The whole manifest is one line: the format's name, its version, the generation in force.
constexpr std::string_view kManifestPrefix = "spotisearch-vectors 1 ";

fs::path vectors_folder(const fs::path& folder) { return folder / "vectors"; }
fs::path manifest_path(const fs::path& folder) { return vectors_folder(folder) / "CURRENT"; }

Result<std::shared_ptr<const VectorFile>> open_shared(const fs::path& path) {
  auto file = VectorFile::open(path);
  if (!file) return tl::unexpected(std::move(file).error());
  return std::make_shared<const VectorFile>(std::move(*file));
}

Result<VectorSet> open_generation(const fs::path& folder, std::int64_t sequence) {
  const VectorPaths paths = vector_paths(folder, sequence);
  VectorSet set;
  set.sequence = sequence;
  for (const auto& [member, path] :
       {std::pair{&set.tracks, &paths.tracks}, std::pair{&set.features, &paths.features},
        std::pair{&set.albums, &paths.albums}, std::pair{&set.terms, &paths.terms}}) {
    auto file = open_shared(*path);
    if (!file) return tl::unexpected(std::move(file).error());
    *member = std::move(*file);
  }
  if (!std::ranges::equal(set.tracks->ids(), set.features->ids())) {
    return fail(ErrorCode::kCorrupt, paths.features.string() + " lists other songs than " +
                                         paths.tracks.string() + "; import again to rebuild them");
  }
  return set;
}

void remove_other_generations(const fs::path& folder, std::int64_t sequence) {
  const VectorPaths keep = vector_paths(folder, sequence);
  std::error_code ignored;  // what cannot be removed now is removed at the next publication
  for (const auto& entry : fs::directory_iterator(vectors_folder(folder), ignored)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".vec") continue;
    if (path == keep.tracks || path == keep.features || path == keep.albums || path == keep.terms) {
      continue;
    }
    fs::remove(path, ignored);
  }
}

}  // namespace

VectorPaths vector_paths(const fs::path& folder, std::int64_t sequence) {
  const auto path = [&](std::string_view name) {
    return vectors_folder(folder) / fmt::format("{}-{:06}.vec", name, sequence);
  };
  return {path("tracks"), path("features"), path("albums"), path("terms")};
}

Result<std::int64_t> current_vector_sequence(const fs::path& folder) {
  const fs::path path = manifest_path(folder);
  auto text = read_file(path, 4096);
  if (!text) {
    if (text.error().code == ErrorCode::kNotFound) return 0;
    return tl::unexpected(std::move(text).error());
  }
  std::int64_t sequence = 0;
  const char* const begin = text->data() + std::min(text->size(), kManifestPrefix.size());
  const auto parsed = std::from_chars(begin, text->data() + text->size(), sequence);
  if (!text->starts_with(kManifestPrefix) || parsed.ec != std::errc() || sequence <= 0) {
    return fail(ErrorCode::kCorrupt,
                path.string() + " is damaged or newer than this program; remove the folder " +
                    vectors_folder(folder).string() + " and import again to rebuild it");
  }
  return sequence;
}

Result<VectorSet> open_vector_set(const fs::path& folder) {
  // A publication between the two reads can remove the files just named: then look once more.
  for (bool last_try = false;; last_try = true) {
    const auto sequence = current_vector_sequence(folder);
    if (!sequence) return tl::unexpected(sequence.error());
    if (*sequence == 0) {
      return fail(ErrorCode::kNotFound, "the library in " + folder.string() +
                                            " has no vectors yet; import something into it first");
    }
    auto set = open_generation(folder, *sequence);
    if (set || last_try || set.error().code != ErrorCode::kNotFound) return set;
  }
}

Status publish_vector_set(const fs::path& folder, std::int64_t sequence) {
  SPOTISEARCH_TRY(write_file_atomically(manifest_path(folder),
                                        fmt::format("{}{}\n", kManifestPrefix, sequence)));
  remove_other_generations(folder, sequence);
  return {};
}

Result<FileLock> lock_vectors(const fs::path& folder) {
  return FileLock::acquire(vectors_folder(folder) / "LOCK");
}

}  // namespace spotisearch

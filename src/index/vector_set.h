// The vector files of a library that belong together, and how a new generation replaces an old one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/file_lock.h"
#include "base/result.h"
#include "vectors/vector_file.h"

namespace spotisearch {

/// One generation of a library's vectors. The files stay readable as long as the set lives, also
/// after a newer generation has replaced them on disk.
struct VectorSet {
  // Shared: searches under way keep the files that they began with.
  std::shared_ptr<const VectorFile> tracks;    ///< text vectors, with codes
  std::shared_ptr<const VectorFile> features;  ///< [tracks x 12] standardised, NaN = missing;
                                               ///< the same ids at the same positions as `tracks`
                                               ///< its hashes are Catalog::match_hashes
  std::shared_ptr<const VectorFile> albums;    ///< text vectors, with codes
  std::shared_ptr<const VectorFile> terms;  ///< genres and descriptors, by the hash of their text
  std::int64_t sequence = 0;                ///< rises by one with each publication
};

/// Where the files of generation `sequence` of the library in `folder` stand.
struct VectorPaths {
  std::filesystem::path tracks, features, albums, terms;
};
VectorPaths vector_paths(const std::filesystem::path& folder, std::int64_t sequence);

/// The generation in force. kNotFound when the library has no vectors yet; kCorrupt when files are
/// damaged or do not fit together.
Result<VectorSet> open_vector_set(const std::filesystem::path& folder);

/// The number of the generation in force, 0 when there is none. Costs one small read.
Result<std::int64_t> current_vector_sequence(const std::filesystem::path& folder);

/// Puts generation `sequence`, whose files are written, in force, and removes older files. After a
/// crash at any point the old or the new generation is in force. One writer at a time
/// (lock_vectors).
Status publish_vector_set(const std::filesystem::path& folder, std::int64_t sequence);

/// Held while a library's vectors are rebuilt, so that two programs do not build them at once.
Result<FileLock> lock_vectors(const std::filesystem::path& folder);

}  // namespace spotisearch

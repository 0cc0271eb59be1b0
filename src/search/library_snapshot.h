// One generation of a library's vectors in memory, and the switch to the next one.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "index/exact_index.h"
#include "index/vector_set.h"

namespace spotisearch {

/// Ready to be searched; immutable.
struct LibrarySnapshot {
  explicit LibrarySnapshot(VectorSet set)
      : vectors(std::move(set)), track_index(vectors.tracks), album_index(vectors.albums) {}

  VectorSet vectors;
  ExactIndex track_index;
  ExactIndex album_index;
};

/// Gives every search the newest readable generation. Any thread.
class SnapshotSource {
 public:
  /// `fingerprint` is that of the vectors that queries can be compared with (vector_fingerprint).
  /// `scaler` is the fingerprint of the statistics that the features must be standardised with.
  SnapshotSource(std::filesystem::path folder, std::string fingerprint, std::string scaler)
      : folder_(std::move(folder)),
        fingerprint_(std::move(fingerprint)),
        scaler_(std::move(scaler)) {}

  /// Loads the generation in force. kNotFound without vectors, kInvalidArgument when they were made
  /// with another encoder or other statistics.
  Status refresh();

  /// The newest generation; one that cannot be read does not take away the good one in memory.
  /// REQUIRES: refresh() succeeded once.
  std::shared_ptr<const LibrarySnapshot> current();

 private:
  std::filesystem::path folder_;
  std::string fingerprint_;
  std::string scaler_;
  std::mutex mutex_;
  // Shared: searches under way keep the generation that they began with.
  std::shared_ptr<const LibrarySnapshot> snapshot_;
};

}  // namespace spotisearch

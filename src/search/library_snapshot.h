// One generation of a library's vectors in memory, and the switch to the next one.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "index/exact_index.h"
#include "index/vector_set.h"
#include "knowledge/knowledge.h"

namespace spotisearch {

/// Ready to be searched; immutable.
struct LibrarySnapshot {
  LibrarySnapshot(VectorSet set, Knowledge known)
      : vectors(std::move(set)),
        knowledge(std::move(known)),
        track_index(vectors.tracks),
        album_index(vectors.albums) {}

  VectorSet vectors;
  Knowledge knowledge;  ///< what ships, and the library's own
  ExactIndex track_index;
  ExactIndex album_index;
};

/// What a library's vectors must have been made with, to be searched with certain models.
struct VectorFingerprints {
  std::string vectors;   ///< of the vectors that queries can be compared with (vector_fingerprint)
  std::string features;  ///< of the statistics that the features are standardised with
};

/// Gives every search the newest readable generation. Any thread.
class SnapshotSource {
 public:
  /// `shipped` is what is known about music before the library's own rows.
  SnapshotSource(std::filesystem::path folder, VectorFingerprints needed, Knowledge shipped)
      : folder_(std::move(folder)), needed_(std::move(needed)), shipped_(std::move(shipped)) {}

  /// Loads the generation in force. kNotFound without vectors, kInvalidArgument when they were made
  /// with another encoder or other statistics.
  Status refresh();

  /// The newest generation; one that cannot be read does not take away the good one in memory.
  /// REQUIRES: refresh() succeeded once.
  std::shared_ptr<const LibrarySnapshot> current();

 private:
  std::filesystem::path folder_;
  VectorFingerprints needed_;
  Knowledge shipped_;
  std::mutex mutex_;
  // Shared: searches under way keep the generation that they began with.
  std::shared_ptr<const LibrarySnapshot> snapshot_;
};

}  // namespace spotisearch

#include "search/library_snapshot.h"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "knowledge/own_knowledge.h"
#include "music/audio_features.h"

namespace spotisearch {

Status SnapshotSource::refresh() {
  auto set = open_vector_set(folder_);
  SPOTISEARCH_TRY(set);
  if (set->tracks->fingerprint() != needed_.vectors ||
      set->features->fingerprint() != needed_.features ||
      set->features->dimension() != kFeatureColumns) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the library in {} was made with other models; run "
                            "`spotisearch import` on any of its files once more to make its "
                            "vectors anew",
                            folder_.string()));
  }
  auto knowledge = knowledge_of_library(shipped_, folder_);
  SPOTISEARCH_TRY(knowledge);
  auto fresh = std::make_shared<const LibrarySnapshot>(std::move(*set), std::move(*knowledge));
  const std::lock_guard lock(mutex_);
  snapshot_ = std::move(fresh);
  return {};
}

std::shared_ptr<const LibrarySnapshot> SnapshotSource::current() {
  const auto sequence = current_vector_sequence(folder_);
  {
    const std::lock_guard lock(mutex_);
    assert(snapshot_ != nullptr);
    if (!sequence || snapshot_->vectors.sequence == *sequence) return snapshot_;
  }
  (void)refresh();
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

}  // namespace spotisearch

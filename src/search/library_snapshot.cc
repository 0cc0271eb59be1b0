#include "search/library_snapshot.h"

#include <fmt/format.h>

#include <cassert>
#include <utility>

namespace spotisearch {

Status SnapshotSource::refresh() {
  auto set = open_vector_set(folder_);
  SPOTISEARCH_TRY(set);
  if (set->tracks->fingerprint() != fingerprint_ || set->features->fingerprint() != scaler_) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the library in {} was made with other models; run "
                            "`spotisearch import` on any of its files once more to make its "
                            "vectors anew",
                            folder_.string()));
  }
  auto fresh = std::make_shared<const LibrarySnapshot>(std::move(*set));
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

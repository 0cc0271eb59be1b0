// A vector index that looks at every row.
#pragma once

#include <memory>

#include "index/vector_index.h"
#include "vectors/vector_file.h"

namespace spotisearch {

struct ExactIndexOptions {
  /// Threads that share the scan of a large file; 0 = one per processor. Lower it on a server that
  /// answers many queries at once: they already keep every processor busy.
  std::size_t threads = 0;

  /// Below this many rows per thread a scan is not split further: starting a thread costs some tens
  /// of microseconds, about what scanning ten thousand coded rows costs.
  std::size_t rows_per_thread = 25'000;
};

/// Exact search. Where the file has int8 codes, they are scanned (a quarter of the memory to read),
/// and floats are read only for rows that could still be among the best.
///
/// Guarantee: scores and order are those of a scan of the floats with dot(), to the last bit, with
/// codes or without. The codes give each score with a proven margin (see QueryCoding); a row is
/// passed over only when its score plus the margin cannot reach the k-th best. What depends on the
/// data is the time: at worst (all rows nearly equal) every float row is read, too.
class ExactIndex : public VectorIndex {
 public:
  /// `file` is shared, because searches that are under way outlive a reload of the library.
  /// REQUIRES: file != nullptr.
  explicit ExactIndex(std::shared_ptr<const VectorFile> file, ExactIndexOptions options = {});

  std::size_t size() const override { return file_->rows(); }
  std::vector<VectorMatch> top_k(std::span<const float> query, std::size_t k,
                                 const RowFilter* allowed) const override;
  void scores(std::span<const float> query, std::span<const std::size_t> positions,
              std::span<float> out) const override;

 private:
  std::size_t parts() const;

  std::shared_ptr<const VectorFile> file_;
  ExactIndexOptions options_;
};

}  // namespace spotisearch

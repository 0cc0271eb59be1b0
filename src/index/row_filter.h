// Which rows of a vector index a search may find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace spotisearch {

/// One bit per position. Immutable after building; any thread may read it.
class RowFilter {
 public:
  /// Allows the positions of `ids` (VectorFile::ids: strictly ascending) whose id is in `allowed`
  /// (ascending, as Catalog::filter gives them). Allowed rows that have no vector are ignored.
  RowFilter(std::span<const std::int64_t> ids, std::span<const std::int64_t> allowed);

  /// Positions it speaks about: the size of the index it was built for.
  std::size_t size() const { return size_; }

  /// How many of them are allowed.
  std::size_t count() const { return count_; }

  /// REQUIRES: position < size().
  bool allows(std::size_t position) const {
    return (words_[position / 64] >> (position % 64) & 1u) != 0;
  }

  /// Bit i is position 64 * block + i. REQUIRES: 64 * block < size().
  std::uint64_t block(std::size_t block) const { return words_[block]; }

 private:
  std::size_t size_ = 0;
  std::size_t count_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace spotisearch

#include "index/row_filter.h"

#include <algorithm>

namespace spotisearch {
namespace {

// The first of `ids` at or after `from` that is >= id. Doubling steps: as quick for a handful of
// allowed rows among a million as for nearly all of them.
std::size_t seek(std::span<const std::int64_t> ids, std::size_t from, std::int64_t id) {
  std::size_t step = 1, end = from;
  while (end < ids.size() && ids[end] < id) {
    from = end + 1;
    end += step;
    step *= 2;
  }
  const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
  const auto last = ids.begin() + static_cast<std::ptrdiff_t>(std::min(end, ids.size()));
  return static_cast<std::size_t>(std::lower_bound(first, last, id) - ids.begin());
}

}  // namespace

RowFilter::RowFilter(std::span<const std::int64_t> ids, std::span<const std::int64_t> allowed)
    : size_(ids.size()), words_((ids.size() + 63) / 64) {
  std::size_t position = 0;
  for (const std::int64_t id : allowed) {
    position = seek(ids, position, id);
    if (position == ids.size()) break;
    if (ids[position] != id) continue;
    words_[position / 64] |= std::uint64_t{1} << (position % 64);
    ++count_;
    ++position;
  }
}

}  // namespace spotisearch

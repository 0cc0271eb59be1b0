// A borrowed row-major matrix.
#pragma once

#include <cassert>
#include <cstddef>
#include <span>

namespace spotisearch {

/// `rows` x `columns` numbers, row after row without gaps, owned by someone else who must outlive
/// the view. Write `MatrixView<const float>` for what is only read.
template <class T>
struct MatrixView {
  T* data = nullptr;
  std::size_t rows = 0;
  std::size_t columns = 0;

  /// REQUIRES: i < rows.
  std::span<T> row(std::size_t i) const {
    assert(i < rows);
    return {data + i * columns, columns};
  }

  /// Rows [first, first + count). REQUIRES: first + count <= rows.
  MatrixView slice(std::size_t first, std::size_t count) const {
    assert(first + count <= rows);
    return {data + first * columns, count, columns};
  }
};

}  // namespace spotisearch

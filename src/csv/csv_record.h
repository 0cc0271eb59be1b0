// One record of a CSV file, as the reader hands it out.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace spotisearch {

/// The cells of one record. Both the span and the texts it points to belong to the reader and are
/// valid until its next call. Cells are bytes as they stood in the file (UTF-16 files: as UTF-8),
/// with quotes undone; they need not be valid UTF-8 and may hold NUL bytes.
struct CsvRecord {
  std::size_t line = 0;                      ///< Line where the record begins, from 1.
  std::span<const std::string_view> fields;  ///< At least one; the index is the column, from 0.
};

}  // namespace spotisearch

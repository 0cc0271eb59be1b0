// One row of a file seen through the names of its columns.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv/csv_record.h"
#include "ingest/column_map.h"

namespace spotisearch {

/// Something about one row: in which column, and what is the matter.
struct RowProblem {
  std::string column;  ///< The column's name in the file; empty when it is about the whole row.
  std::string reason;
};

/// Reads the cells of a record by what they mean. Text comes out as valid UTF-8 without NUL bytes.
/// Cells that cannot be what their column says become a warning and "not known". Borrows all
/// arguments.
class RowCells {
 public:
  RowCells(const CsvRecord& record, const ColumnMap& columns, std::vector<RowProblem>& warnings)
      : record_(record), columns_(columns), warnings_(warnings) {}

  /// A name on one line (title, album, label), or empty.
  std::string name(Column column) const;

  /// Text that may have several lines, or empty.
  std::string text(Column column) const;

  /// A list (genres, ...) from every column of that meaning, lower-case and unique.
  std::vector<std::string> tags(Column column) const;

  /// The first cell of that meaning that `parse` can read. A cell that holds something else is a
  /// warning: "'abc' is not `what`".
  template <class Value>
  std::optional<Value> value(Column column, std::string_view what,
                             const std::function<std::optional<Value>(std::string_view)>& parse) {
    for (const std::size_t index : columns_.indices(column)) {
      const std::string_view cell = filled_cell(index);
      if (cell.empty()) continue;
      if (auto parsed = parse(cell)) return parsed;
      warn(index, cell, what);
    }
    return std::nullopt;
  }

  /// The trimmed cell; empty where the row is too short or the cell says that there is nothing.
  std::string_view filled_cell(std::size_t index) const;

  const ColumnMap& columns() const { return columns_; }
  void warn(std::size_t index, std::string_view cell, std::string_view what);

 private:
  std::string first_text(Column column, bool one_line) const;

  const CsvRecord& record_;
  const ColumnMap& columns_;
  std::vector<RowProblem>& warnings_;
};

}  // namespace spotisearch

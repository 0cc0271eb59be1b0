#include "ingest/row_cells.h"

#include <fmt/format.h>

#include "ingest/cell_values.h"
#include "ingest/list_cell.h"
#include "text/utf8.h"

namespace spotisearch {
namespace {

constexpr std::size_t kQuotedCharacters = 40;

/// Valid UTF-8 without control characters; line ends become blanks where one line is wanted.
std::string clean_text(std::string_view cell, bool one_line) {
  std::string text = to_valid_utf8(cell);
  std::erase(text, '\0');
  for (char& c : text) {
    const bool line_end = c == '\n' || c == '\r';
    if ((static_cast<unsigned char>(c) < 0x20 || c == 0x7F) && (one_line || !line_end)) c = ' ';
  }
  return std::string(trimmed_cell(text));
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::string RowCells::name(Column column) const { return first_text(column, true); }

std::string RowCells::text(Column column) const { return first_text(column, false); }

std::string RowCells::first_text(Column column, bool one_line) const {
  for (const std::size_t index : columns_.indices(column)) {
    if (index >= record_.fields.size()) continue;
    const std::string_view cell = trimmed_cell(record_.fields[index]);
    if (!names_nothing(cell)) return clean_text(cell, one_line);
  }
  return {};
}

std::vector<std::string> RowCells::tags(Column column) const {
  std::vector<std::string> tags;
  for (const std::size_t index : columns_.indices(column)) {
    for (const std::string& tag : split_tags(clean_text(filled_cell(index), true))) {
      add_unique(tags, lower_case(tag));
    }
  }
  return tags;
}

std::string_view RowCells::filled_cell(std::size_t index) const {
  if (index >= record_.fields.size()) return {};
  const std::string_view cell = trimmed_cell(record_.fields[index]);
  return says_nothing(cell) ? std::string_view() : cell;
}

void RowCells::warn(std::size_t index, std::string_view cell, std::string_view what) {
  std::string shown = clean_text(cell.substr(0, kQuotedCharacters), true);
  if (cell.size() > kQuotedCharacters) shown += "...";
  warnings_.push_back({columns_.name(index), fmt::format("'{}' is not {}", shown, what)});
}

}  // namespace spotisearch

#include "csv/csv_writer.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace spotisearch {
namespace {

/// Bytes at the front of a file that a reader would take for something else than text.
bool looks_like_a_mark(std::string_view field) {
  return field.starts_with("\xEF\xBB\xBF") || field.starts_with("\xFF\xFE") ||
         field.starts_with("\xFE\xFF") || field.starts_with("sep=");
}

}  // namespace

void CsvWriter::write(std::span<const std::string_view> fields) {
  assert(!fields.empty());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out_.put(separator_);
    write_field(fields[i], fields.size() == 1);
  }
  out_.put('\n');
}

void CsvWriter::write(std::span<const std::string> fields) {
  const std::vector<std::string_view> views(fields.begin(), fields.end());
  write(views);
}

void CsvWriter::write_field(std::string_view field, bool alone) {
  const char special[] = {separator_, '"', '\n', '\r'};
  // A record of one empty cell would be a blank line, which readers pass over.
  const bool quote = field.find_first_of(std::string_view(special, 4)) != std::string_view::npos ||
                     (field.empty() && alone) || looks_like_a_mark(field);
  if (!quote) {
    out_ << field;
    return;
  }
  out_.put('"');
  for (std::size_t at = 0; at <= field.size();) {
    const std::size_t next = std::min(field.find('"', at), field.size());
    out_ << field.substr(at, next - at);
    if (next < field.size()) out_ << "\"\"";
    at = next + 1;
  }
  out_.put('"');
}

}  // namespace spotisearch

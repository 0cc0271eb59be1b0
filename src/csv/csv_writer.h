// Writes records that every CSV reader, ours included, reads back unchanged.
#pragma once

#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace spotisearch {

/// Writes one line per record, quoting a cell only where it must be. Lines end with LF. Errors
/// show in the stream's state. One thread.
class CsvWriter {
 public:
  /// Borrows `out` for its own life.
  explicit CsvWriter(std::ostream& out, char separator = ',') : out_(out), separator_(separator) {}

  /// REQUIRES: at least one field.
  void write(std::span<const std::string_view> fields);
  void write(std::span<const std::string> fields);

 private:
  void write_field(std::string_view field, bool alone);

  std::ostream& out_;
  char separator_;
};

}  // namespace spotisearch

// Reads comma-separated files record by record, as exports of the real world are written.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "csv/csv_input.h"
#include "csv/csv_record.h"

namespace spotisearch {

struct CsvOptions {
  /// What stands between cells; unset: comma, semicolon or tab, whichever parts the first line into
  /// more names (or what a first line "sep=;" says).
  std::optional<char> separator = std::nullopt;
  std::size_t max_field_bytes = std::size_t{1} << 20;
  std::size_t max_record_bytes = std::size_t{4} << 20;
  std::size_t max_columns = 4096;
};

/// RFC 4180 and what real exports do beside it: byte-order marks, UTF-16, any line end, and quotes
/// inside quoted cells that were not doubled (such a quote is kept when no separator or line end
/// follows it). Blank lines are passed over. Memory is bounded by max_record_bytes. One thread.
class CsvReader {
 public:
  /// Borrows `bytes` for its own life.
  explicit CsvReader(std::string_view bytes, CsvOptions options = {});
  /// Borrows `stream` for its own life.
  explicit CsvReader(std::istream& stream, CsvOptions options = {});
  /// A temporary string would be gone before it is read.
  template <class Text>
  requires std::same_as<Text, std::string>
  explicit CsvReader(Text&& bytes, CsvOptions options = {}) = delete;
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  /// The next record, or nullopt at the end. An error is about one record (line() says where it
  /// begins): a limit, or a quote that is never closed. The next call goes on at the line after
  /// that one; until the place where the error showed, quoted cells then end with their line.
  Result<std::optional<CsvRecord>> next();

  /// The first record as column names: blanks and tabs around them trimmed. An empty file is
  /// kInvalidArgument. REQUIRES: next() was not called yet.
  Result<std::vector<std::string>> read_header();

  /// Line of the record or error that next() gave last, from 1.
  std::size_t line() const { return record_line_; }

  char separator() const { return separator_; }

  /// UTF-8 bytes passed over so far.
  std::uint64_t bytes_read() const { return input_.consumed(); }

 private:
  enum class Outcome { kRecord, kNeedMore, kUnclosedQuote, kField, kRecordSize, kColumns };
  struct Piece {
    std::size_t begin = 0;
    std::size_t size = 0;
    bool unescaped = false;  ///< In scratch_ instead of the window.
  };

  void detect_separator();
  bool skip_blank_lines();
  Outcome parse_record();
  Outcome parse_field();
  Outcome parse_plain_field();
  Outcome parse_quoted_field();
  Outcome after_quotes(std::size_t quotes, bool& undoubled, bool& closed);
  Outcome end_of_window(Outcome otherwise) const { return final_ ? otherwise : Outcome::kNeedMore; }
  bool ends_cell(std::size_t at) const;
  std::size_t line_end_width(std::size_t at) const;
  CsvRecord finish_record();
  tl::unexpected<Error> give_up(Outcome outcome);
  void skip_line();

  CsvInput input_;
  CsvOptions options_;
  char separator_ = ',';
  std::size_t line_ = 1;  ///< Line at the front of the window.
  std::size_t record_line_ = 1;
  std::uint64_t line_bound_until_ = 0;  ///< Up to here quoted cells end with their line.
  bool final_ = false;                  ///< Nothing follows the window.

  // State of the record being parsed: offsets into the window.
  std::string_view window_;
  std::size_t position_ = 0;
  std::size_t lines_inside_ = 0;
  bool record_done_ = false;
  std::vector<Piece> pieces_;
  std::string scratch_;
  std::vector<std::string_view> fields_;
};

}  // namespace spotisearch

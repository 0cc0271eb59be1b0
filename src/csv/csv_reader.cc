#include "csv/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace spotisearch {
namespace {

constexpr std::string_view kLineEnds = "\r\n";
constexpr std::string_view kBlanks = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// How many cells with a name in them `separator` makes of a header.
std::size_t named_cells(std::string_view header, char separator) {
  std::size_t count = 0;
  bool quoted = false;
  bool named = false;
  for (const char c : header) {
    if (c == '"') quoted = !quoted;
    if (c == separator && !quoted) {
      named = false;
    } else if (!named && kBlanks.find(c) == std::string_view::npos) {
      named = true;
      ++count;
    }
  }
  return count;
}

/// Counts names, not separators: some headers are padded with tabs inside their cells.
char likely_separator(std::string_view header) {
  char best = ',';
  for (const char candidate : {';', '\t'}) {
    if (named_cells(header, candidate) > named_cells(header, best)) best = candidate;
  }
  return best;
}

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // A CR before an LF is counted with the LF.
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++lines;
    }
  }
  return lines;
}

}  // namespace

CsvReader::CsvReader(std::string_view bytes, CsvOptions options)
    : input_(bytes), options_(options) {
  detect_separator();
}

CsvReader::CsvReader(std::istream& stream, CsvOptions options) : input_(stream), options_(options) {
  detect_separator();
}

void CsvReader::detect_separator() {
  if (options_.separator) {
    separator_ = *options_.separator;
    return;
  }
  const std::string_view first =
      input_.window().substr(0, input_.window().find_first_of(kLineEnds));
  if (first.size() == 5 && first.starts_with("sep=")) {
    separator_ = first[4];
    skip_line();
  } else {
    separator_ = likely_separator(first);
  }
}

Result<std::vector<std::string>> CsvReader::read_header() {
  auto record = next();
  if (!record) return tl::unexpected<Error>(std::move(record).error());
  if (!record->has_value()) {
    return fail(ErrorCode::kInvalidArgument, "the file is empty; its first line must name columns");
  }
  std::vector<std::string> names;
  for (const std::string_view field : (*record)->fields) names.emplace_back(trimmed(field));
  return names;
}

Result<std::optional<CsvRecord>> CsvReader::next() {
  if (!skip_blank_lines()) {
    if (input_.failed())
      return fail(ErrorCode::kIo, "reading stopped: the stream reports an error");
    return std::nullopt;
  }
  record_line_ = line_;
  Outcome outcome = parse_record();
  while (outcome == Outcome::kNeedMore) {
    final_ = !input_.grow();
    outcome = parse_record();
  }
  if (outcome != Outcome::kRecord) return give_up(outcome);
  return finish_record();
}

bool CsvReader::skip_blank_lines() {
  for (;;) {
    const std::string_view window = input_.window();
    if (window.empty()) {
      if (!input_.grow()) return false;
    } else if (window[0] == '\n' || window[0] == '\r') {
      skip_line();
    } else {
      return true;
    }
  }
}

CsvReader::Outcome CsvReader::parse_record() {
  window_ = input_.window();
  position_ = 0;
  lines_inside_ = 0;
  record_done_ = false;
  pieces_.clear();
  scratch_.clear();
  while (!record_done_) {
    const Outcome outcome = parse_field();
    if (outcome != Outcome::kRecord) return outcome;
    if (pieces_.size() > options_.max_columns) return Outcome::kColumns;
    if (position_ > options_.max_record_bytes) return Outcome::kRecordSize;
  }
  return Outcome::kRecord;
}

/// One cell and the separator or line end behind it; kRecord means "all well".
CsvReader::Outcome CsvReader::parse_field() {
  const bool quoted = position_ < window_.size() && window_[position_] == '"';
  const Outcome outcome = quoted ? parse_quoted_field() : parse_plain_field();
  if (outcome != Outcome::kRecord) return outcome;
  if (pieces_.back().size > options_.max_field_bytes) return Outcome::kField;
  if (position_ == window_.size()) {
    record_done_ = true;
    return end_of_window(Outcome::kRecord);
  }
  if (window_[position_] == separator_) {
    ++position_;
    return Outcome::kRecord;
  }
  if (window_[position_] == '\r' && position_ + 1 == window_.size() && !final_) {
    return Outcome::kNeedMore;
  }
  position_ += line_end_width(position_);
  record_done_ = true;
  return Outcome::kRecord;
}

CsvReader::Outcome CsvReader::parse_plain_field() {
  const char* const begin = window_.data() + position_;
  const char* const end = window_.data() + window_.size();
  const char* at = begin;
  while (at != end && *at != separator_ && *at != '\n' && *at != '\r') ++at;
  const auto size = static_cast<std::size_t>(at - begin);
  if (size > options_.max_field_bytes) return Outcome::kField;
  if (at == end && !final_) return Outcome::kNeedMore;
  pieces_.push_back({position_, size, false});
  position_ += size;
  return Outcome::kRecord;
}

CsvReader::Outcome CsvReader::parse_quoted_field() {
  const std::size_t scratch_begin = scratch_.size();
  const std::size_t lines_before = lines_inside_;
  const bool line_bound = input_.consumed() < line_bound_until_;
  bool undoubled = false;  // This cell holds quotes that were not doubled.
  bool closed = false;
  std::size_t pieces = 0;  // Runs of text between quotes; one run needs no copy.
  std::size_t run_begin = ++position_;
  while (!closed) {
    std::size_t limit = window_.size();
    if (line_bound) limit = std::min(limit, window_.find_first_of(kLineEnds, position_));
    const std::size_t quote = window_.substr(0, limit).find('"', position_);
    const std::size_t stop = quote == std::string_view::npos ? limit : quote;
    if (stop - run_begin > options_.max_field_bytes) return Outcome::kField;
    if (quote == std::string_view::npos) {
      position_ = limit;
      lines_inside_ = lines_before;  // The error names the line of the opening quote.
      return limit < window_.size() ? Outcome::kUnclosedQuote
                                    : end_of_window(Outcome::kUnclosedQuote);
    }
    std::size_t quotes = 1;
    while (quote + quotes < window_.size() && window_[quote + quotes] == '"') ++quotes;
    lines_inside_ += count_lines(window_.substr(position_, quote - position_));
    const std::size_t text_begin = position_;
    position_ = quote + quotes;
    const std::size_t written = scratch_.size();
    const Outcome outcome = after_quotes(quotes, undoubled, closed);
    if (outcome != Outcome::kRecord) return outcome;
    if (closed && pieces == 0 && quotes == 1) {
      pieces_.push_back({run_begin, quote - run_begin, false});
      return Outcome::kRecord;
    }
    scratch_.insert(written, window_.substr(text_begin, quote - text_begin));
    if (scratch_.size() - scratch_begin > options_.max_field_bytes) return Outcome::kField;
    run_begin = position_;
    ++pieces;
  }
  pieces_.push_back({scratch_begin, scratch_.size() - scratch_begin, true});
  return Outcome::kRecord;
}

/// Decides what a run of quotes inside a quoted cell means, by what stands behind it, and appends
/// the quotes that belong to the text. An odd run before a separator closes the cell. An even one
/// is text, unless the cell showed before that its quotes are not doubled: then its last closes.
CsvReader::Outcome CsvReader::after_quotes(std::size_t quotes, bool& undoubled, bool& closed) {
  if (position_ == window_.size() && !final_) return Outcome::kNeedMore;
  const bool odd = quotes % 2 == 1;
  const bool at_end = ends_cell(position_);
  closed = at_end && (odd || undoubled);
  if (closed && !odd) {
    scratch_.append(quotes - 1, '"');
  } else {
    scratch_.append(quotes / 2 + (odd && !closed ? 1 : 0), '"');
  }
  if (odd && !closed) undoubled = true;
  return Outcome::kRecord;
}

bool CsvReader::ends_cell(std::size_t at) const {
  if (at == window_.size()) return true;
  return window_[at] == separator_ || window_[at] == '\n' || window_[at] == '\r';
}

std::size_t CsvReader::line_end_width(std::size_t at) const {
  return window_[at] == '\r' && at + 1 < window_.size() && window_[at + 1] == '\n' ? 2 : 1;
}

CsvRecord CsvReader::finish_record() {
  fields_.clear();
  for (const Piece& piece : pieces_) {
    const std::string_view text = piece.unescaped ? std::string_view(scratch_) : window_;
    fields_.push_back(text.substr(piece.begin, piece.size));
  }
  line_ += lines_inside_;
  // The last record may end with the file instead of a line end; the line number no longer matters.
  ++line_;
  input_.consume(position_);
  return CsvRecord{record_line_, fields_};
}

tl::unexpected<Error> CsvReader::give_up(Outcome outcome) {
  const std::size_t column = pieces_.size() + 1;
  line_bound_until_ = std::max(line_bound_until_, input_.consumed() + position_);
  skip_line();
  switch (outcome) {
    case Outcome::kUnclosedQuote:
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("line {}, column {}: a quote is opened and never closed",
                              record_line_ + lines_inside_, column));
    case Outcome::kField:
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("line {}, column {}: a cell is longer than {} bytes", record_line_,
                              column, options_.max_field_bytes));
    case Outcome::kColumns:
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("line {}: more than {} columns", record_line_, options_.max_columns));
    default:
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("line {}: a record is longer than {} bytes", record_line_,
                              options_.max_record_bytes));
  }
}

/// Passes over everything up to and including the next line end.
void CsvReader::skip_line() {
  for (;;) {
    const std::string_view window = input_.window();
    const std::size_t at = window.find_first_of(kLineEnds);
    if (at != std::string_view::npos && (at + 1 < window.size() || window[at] == '\n')) {
      input_.consume(at + (window.substr(at).starts_with("\r\n") ? 2 : 1));
      break;
    }
    input_.consume(at == std::string_view::npos ? window.size() : at);
    if (!input_.grow()) {
      input_.consume(input_.window().size());
      break;
    }
  }
  ++line_;
}

}  // namespace spotisearch

// The bytes behind a CSV reader: memory or a stream, any of the encodings real exports come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "csv/utf16_decoder.h"

namespace spotisearch {

/// A window over the unread bytes of a text, as UTF-8 without its byte-order mark. A memory view
/// is one window without a copy (unless it is UTF-16); a stream is read in pieces. One thread.
class CsvInput {
 public:
  /// Borrows `bytes` for its own life.
  explicit CsvInput(std::string_view bytes);
  /// Borrows `stream` for its own life.
  explicit CsvInput(std::istream& stream);
  CsvInput(const CsvInput&) = delete;
  CsvInput& operator=(const CsvInput&) = delete;

  /// What is unread and at hand; valid until grow().
  std::string_view window() const { return window_; }

  /// Passes over the first `count` bytes of the window.
  void consume(std::size_t count);

  /// Reads more behind the window; false, and no change, when nothing follows.
  bool grow();

  /// Bytes passed over, counted in UTF-8.
  std::uint64_t consumed() const { return consumed_; }

  /// Whether the stream broke (rather than ended).
  bool failed() const { return stream_ != nullptr && stream_->bad(); }

 private:
  void read_piece();
  void add_piece();

  std::istream* stream_ = nullptr;
  std::optional<Utf16Decoder> utf16_;
  std::string owned_;
  std::string piece_;
  std::string_view window_;
  std::uint64_t consumed_ = 0;
  bool ended_ = false;
};

}  // namespace spotisearch

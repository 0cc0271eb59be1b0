// UTF-16 bytes to UTF-8, piece by piece.
#pragma once

#include <string>
#include <string_view>

namespace spotisearch {

/// Decodes a UTF-16 text that arrives in pieces of any size. A lone surrogate becomes U+FFFD.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}

  /// Appends to `out` what `bytes` completes.
  void append(std::string_view bytes, std::string& out);

  /// Appends U+FFFD for a character that the text broke off in.
  void finish(std::string& out);

 private:
  void unit(char16_t unit, std::string& out);

  bool big_endian_;
  int pending_byte_ = -1;
  char16_t pending_high_ = 0;
};

}  // namespace spotisearch

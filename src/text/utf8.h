// Reading and writing UTF-8, one code point at a time, with bad bytes replaced.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spotisearch {

/// U+FFFD, which stands for bytes that are not UTF-8.
inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// A code point and the number of bytes it took, at least 1.
struct DecodedCodePoint {
  char32_t code_point = kReplacementCharacter;
  std::size_t length = 1;
  bool valid = false;  ///< False where `code_point` stands for bad bytes.
};

/// Reads the first code point of `bytes`. Bad bytes give one U+FFFD per maximal ill-formed
/// sequence, as Unicode recommends and Python's `decode(errors="replace")` does.
/// REQUIRES: !bytes.empty().
DecodedCodePoint decode_utf8(std::string_view bytes);

/// Appends `code_point`. REQUIRES: a Unicode scalar value (no surrogate, at most U+10FFFF).
void append_utf8(char32_t code_point, std::string& text);

/// True where `bytes` is well-formed UTF-8 throughout.
bool is_valid_utf8(std::string_view bytes);

/// `bytes` with every ill-formed sequence replaced by U+FFFD (see decode_utf8).
std::string to_valid_utf8(std::string_view bytes);

}  // namespace spotisearch

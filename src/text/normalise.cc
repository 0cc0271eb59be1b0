#include "text/normalise.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace spotisearch {
namespace {

constexpr std::string_view kWhiteSpace = " \t\n\r\v\f";

struct Freer {
  void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

// utf8proc over valid UTF-8; empty where it fails, which takes a lack of memory.
std::string map_utf8(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                   static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, Freer> owner(mapped);
  if (length <= 0) return {};
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
}

// Letters that are one to Unicode, but two, or another, to whoever types a name without them.
std::string_view plain_spelling(char32_t letter) {
  switch (letter) {
    case U'ø':
      return "o";
    case U'ł':
      return "l";
    case U'đ':
    case U'ð':
      return "d";
    case U'ħ':
      return "h";
    case U'ı':
      return "i";
    case U'æ':
      return "ae";
    case U'œ':
      return "oe";
    case U'þ':
      return "th";
    default:
      return {};
  }
}

// Marks that readers may leave out: the accents of European scripts, variation selectors, and the
// vowel points of Hebrew and Arabic. The non-spacing marks of other scripts are letters.
bool is_optional_mark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x487) || (c >= 0x591 && c <= 0x5C7) ||
         (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670 ||
         (c >= 0x6D6 && c <= 0x6ED) || (c >= 0x1AB0 && c <= 0x1AFF) ||
         (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F);
}

enum class Role { kLetter, kGap, kNothing };

Role role_of(char32_t c) {
  const int category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  if (category == UTF8PROC_CATEGORY_CF) return Role::kNothing;
  const bool letter_mark_or_number =
      category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
  if (!letter_mark_or_number) return Role::kGap;
  return is_optional_mark(c) ? Role::kNothing : Role::kLetter;
}

void end_word(std::string& out) {
  if (!out.empty() && out.back() != ' ') out.push_back(' ');
}

void append_folded(char32_t c, std::string& out) {
  if (c == U'&') {
    end_word(out);
    out += "and ";
    return;
  }
  switch (role_of(c)) {
    case Role::kNothing:
      return;
    case Role::kGap:
      end_word(out);
      return;
    case Role::kLetter:
      break;
  }
  if (const std::string_view plain = plain_spelling(c); !plain.empty()) {
    out += plain;
  } else {
    append_utf8(c, out);
  }
}

// The longest compatibility decomposition has 18 code points; folding can treble it.
constexpr std::size_t kLongestDecomposition = 64;

void append_decomposed(char32_t c, std::string& out) {
  std::array<utf8proc_int32_t, kLongestDecomposition> parts{};
  int boundary = 0;
  const auto count =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts.data(), parts.size(),
                              static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                                             UTF8PROC_COMPAT | UTF8PROC_CASEFOLD),
                              &boundary);
  if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) return;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    append_folded(static_cast<char32_t>(parts[i]), out);
  }
}

void append_ascii(char c, std::string& out) {
  if (c >= 'A' && c <= 'Z') {
    out.push_back(static_cast<char>(c + 32));
  } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
    out.push_back(c);
  } else {
    append_folded(static_cast<unsigned char>(c), out);
  }
}

// What is left of text that is all symbols: the symbols.
std::string fold_symbols(std::string_view text) {
  const std::string folded = map_utf8(to_valid_utf8(text), UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                               UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  std::string out;
  for (const std::string_view word : words(folded)) {
    end_word(out);
    out += word;
  }
  return out;
}

}  // namespace

std::string normalise_for_matching(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool ascii = true;
  for (std::string_view rest = text; !rest.empty();) {
    const DecodedCodePoint next = decode_utf8(rest);
    rest.remove_prefix(next.length);
    if (next.code_point < 0x80) {
      append_ascii(static_cast<char>(next.code_point), out);
    } else {
      ascii = false;
      append_decomposed(next.code_point, out);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.empty()) return fold_symbols(text);
  return ascii ? out : map_utf8(out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  for (;;) {
    const std::size_t start = text.find_first_not_of(kWhiteSpace);
    if (start == std::string_view::npos) return found;
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find_first_of(kWhiteSpace), text.size());
    found.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace spotisearch

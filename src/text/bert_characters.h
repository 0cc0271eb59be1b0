// What BERT's tokenizer does with a character, exactly as Hugging Face's `tokenizers` does it.
//
// That library carries Unicode tables of three ages: categories older than Unicode 9, canonical
// decompositions of Unicode 9, and the lower-casing of its Rust compiler (Unicode 17). The tables
// of utf8proc are of Unicode 15, so the differences are listed in bert_characters.cc.
#pragma once

#include <array>
#include <cstddef>

namespace spotisearch {

enum class CharacterKind : unsigned char {
  kPlain,        ///< Part of a word.
  kDropped,      ///< Control, format, private use, U+0000 and U+FFFD: as if never written.
  kSpace,        ///< Ends a word.
  kPunctuation,  ///< A word of its own.
  kMark,         ///< A non-spacing mark; dropped where accents are stripped.
};

CharacterKind character_kind(char32_t code_point);

/// An ideograph that BERT sets apart as a word of its own. Kana and Hangul are not.
bool is_ideograph(char32_t code_point);

/// The canonical combining class; 0 for the characters that marks attach to.
int combining_class(char32_t code_point);

/// Up to four code points: the longest canonical decomposition of one, or its lower case.
struct CodePoints {
  std::array<char32_t, 4> values{};
  std::size_t count = 0;
  const char32_t* begin() const { return values.data(); }
  const char32_t* end() const { return values.data() + count; }
};

CodePoints canonical_decomposition(char32_t code_point);
CodePoints lower_case(char32_t code_point);

}  // namespace spotisearch

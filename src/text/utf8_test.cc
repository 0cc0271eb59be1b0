#include "text/utf8.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

std::string replacements(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += kReplacement;
  return text;
}

TEST(Utf8, WellFormedTextStaysAsItIs) {
  for (const std::string text : {"", "plain", "caf\u00e9 \u6f22\u5b57 \U0001F3B8", "\uFFFD"}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
    EXPECT_EQ(to_valid_utf8(text), text);
  }
}

// What Python's bytes.decode(errors="replace") gives.
TEST(Utf8, OneReplacementPerMaximalIllFormedSequence) {
  EXPECT_EQ(to_valid_utf8("a\xE1\x80z"), "a" + replacements(1) + "z");  // Cut short.
  EXPECT_EQ(to_valid_utf8("\xF0\x9D\x84"), replacements(1));            // Cut short at the end.
  EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"), replacements(3));            // A surrogate.
  EXPECT_EQ(to_valid_utf8("\xC0\x80"), replacements(2));                // Overlong.
  EXPECT_EQ(to_valid_utf8("\xE0\x9F\x80"), replacements(3));            // Overlong.
  EXPECT_EQ(to_valid_utf8("\xF4\x90\x80\x80"), replacements(4));        // Past U+10FFFF.
  EXPECT_EQ(to_valid_utf8("Beyonc\xE9 live"), "Beyonc" + replacements(1) + " live");
}

TEST(Utf8, IllFormedTextIsNotValid) {
  for (const char* text : {"\x80", "eight chars then \xFF", "\xC3", "\xED\xBF\xBF", "\xF8\x88"}) {
    EXPECT_FALSE(is_valid_utf8(text));
    EXPECT_TRUE(is_valid_utf8(to_valid_utf8(text)));
  }
}

TEST(Utf8, WritesWhatItReads) {
  for (const char32_t c :
       {U'a', U'\u0080', U'\u07FF', U'\u0800', U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(c, text);
    const DecodedCodePoint read = decode_utf8(text);
    EXPECT_TRUE(read.valid);
    EXPECT_EQ(read.code_point, c);
    EXPECT_EQ(read.length, text.size());
  }
}

}  // namespace
}  // namespace spotisearch

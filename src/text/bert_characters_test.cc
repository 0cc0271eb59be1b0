#include "text/bert_characters.h"

#include <gtest/gtest.h>

#include <vector>

namespace spotisearch {
namespace {

std::vector<char32_t> list(const CodePoints& points) { return {points.begin(), points.end()}; }

TEST(BertCharacters, KindsOfAscii) {
  EXPECT_EQ(character_kind('a'), CharacterKind::kPlain);
  EXPECT_EQ(character_kind('$'), CharacterKind::kPunctuation);  // A symbol to Unicode.
  EXPECT_EQ(character_kind('\n'), CharacterKind::kSpace);
  EXPECT_EQ(character_kind('\v'), CharacterKind::kDropped);
  EXPECT_EQ(character_kind(0x7F), CharacterKind::kDropped);
}

TEST(BertCharacters, KindsBeyondAscii) {
  EXPECT_EQ(character_kind(0x85), CharacterKind::kDropped);
  EXPECT_EQ(character_kind(0xA0), CharacterKind::kSpace);
  EXPECT_EQ(character_kind(0x301), CharacterKind::kMark);
  EXPECT_EQ(character_kind(0x2019), CharacterKind::kPunctuation);
  EXPECT_EQ(character_kind(0x200D), CharacterKind::kDropped);
  EXPECT_EQ(character_kind(0xE000), CharacterKind::kDropped);
  EXPECT_EQ(character_kind(0x378), CharacterKind::kPlain);  // Unassigned.
}

TEST(BertCharacters, NewerCharactersAreWhatTheReferenceTakesThemFor) {
  EXPECT_EQ(character_kind(0x1ABF), CharacterKind::kPlain);  // A mark since Unicode 13.
  EXPECT_EQ(character_kind(0x2E52), CharacterKind::kPlain);  // Punctuation since Unicode 13.
  EXPECT_EQ(character_kind(0x166D), CharacterKind::kPunctuation);
  EXPECT_EQ(combining_class(0x1ABF), 0);
  EXPECT_EQ(combining_class(0x301), 230);
  EXPECT_EQ(list(lower_case(0x1C89)), std::vector<char32_t>{0x1C8A});  // Since Unicode 16.
  EXPECT_EQ(list(canonical_decomposition(0x11938)), std::vector<char32_t>{0x11938});
}

TEST(BertCharacters, DecompositionAndLowerCase) {
  EXPECT_EQ(list(canonical_decomposition(0x1EC7)), (std::vector<char32_t>{'e', 0x323, 0x302}));
  EXPECT_EQ(list(canonical_decomposition(0xAC01)), (std::vector<char32_t>{0x1100, 0x1161, 0x11A8}));
  EXPECT_EQ(list(lower_case(0x130)), (std::vector<char32_t>{'i', 0x307}));
  EXPECT_EQ(list(lower_case(0xDF)), std::vector<char32_t>{0xDF});
}

TEST(BertCharacters, Ideographs) {
  EXPECT_TRUE(is_ideograph(0x6F22));
  EXPECT_TRUE(is_ideograph(0xF900));
  EXPECT_FALSE(is_ideograph(0x3042));
  EXPECT_FALSE(is_ideograph(0xAC00));
}

}  // namespace
}  // namespace spotisearch

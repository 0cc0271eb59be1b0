#include "text/normalise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NormaliseForMatching, SpellingsOfOneNameAreEqual) {
  EXPECT_EQ(normalise_for_matching("Beyonc\u00e9"), "beyonce");
  EXPECT_EQ(normalise_for_matching("Beyonce\u0301"), "beyonce");
  EXPECT_EQ(normalise_for_matching("Guns N' Roses"), "guns n roses");
  EXPECT_EQ(normalise_for_matching("Guns N\u2019 Roses"), "guns n roses");
  EXPECT_EQ(normalise_for_matching("Simon & Garfunkel"), "simon and garfunkel");
  EXPECT_EQ(normalise_for_matching("Simon&Garfunkel"), "simon and garfunkel");
  EXPECT_EQ(normalise_for_matching("  AC/DC\t(Live)\n"), "ac dc live");
  EXPECT_EQ(normalise_for_matching("Mot\u00f6rhead \u2122"), "motorhead tm");
}

TEST(NormaliseForMatching, LettersThatPeopleTypeOtherwise) {
  EXPECT_EQ(normalise_for_matching("Tr\u00f8ndelag"), "trondelag");
  EXPECT_EQ(normalise_for_matching("\u0141\u00d3D\u0179"), "lodz");
  EXPECT_EQ(normalise_for_matching("\u00c6gir"), "aegir");
  EXPECT_EQ(normalise_for_matching("Stra\u00dfe"), normalise_for_matching("STRASSE"));
  EXPECT_EQ(normalise_for_matching("I\u015f\u0131k"), "isik");
  EXPECT_EQ(normalise_for_matching("\uff21\uff22\uff23 \ufb01n"), "abc fin");
}

TEST(NormaliseForMatching, OtherScriptsKeepTheirLetters) {
  EXPECT_EQ(normalise_for_matching("\u0420\u0423\u041a\u0410"), "\u0440\u0443\u043a\u0430");
  EXPECT_EQ(normalise_for_matching("\uac00\ub098"), "\uac00\ub098");
  EXPECT_EQ(normalise_for_matching("\u1100\u1161"), "\uac00");  // Jamo are composed.
  EXPECT_EQ(normalise_for_matching("\uff76\uff9e"), "\u30ac");  // Half-width ga.
  EXPECT_EQ(normalise_for_matching("\u0e19\u0e49\u0e33"),
            normalise_for_matching("\u0e19\u0e49\u0e33"));
  EXPECT_NE(normalise_for_matching("\u304b"), normalise_for_matching("\u304c"));  // ka, ga
  EXPECT_EQ(normalise_for_matching("\u05e9\u05c1\u05b8"), "\u05e9");              // Points go.
}

TEST(NormaliseForMatching, SymbolsGoUnlessNothingElseIsThere) {
  EXPECT_EQ(normalise_for_matching("love \u2764\ufe0f you"), "love you");
  EXPECT_EQ(normalise_for_matching("\u00f7"), "\u00f7");
  EXPECT_EQ(normalise_for_matching(" +  - "), "+ -");
  EXPECT_EQ(normalise_for_matching("???"), "???");
  EXPECT_EQ(normalise_for_matching("\u2764\ufe0f"), "\u2764\ufe0f");
  EXPECT_EQ(normalise_for_matching("\u0301"), "\u0301");
}

TEST(NormaliseForMatching, OnlyWhiteSpaceVanishes) {
  EXPECT_EQ(normalise_for_matching(""), "");
  EXPECT_EQ(normalise_for_matching(" \t\n"), "");
  EXPECT_EQ(normalise_for_matching("\u3000\u00a0"), "");
}

TEST(NormaliseForMatching, BadBytesSeparate) {
  EXPECT_EQ(normalise_for_matching("a\xFF"
                                   "b"),
            "a b");
  EXPECT_TRUE(is_valid_utf8(normalise_for_matching("\xFF")));
}

TEST(Words, SplitsAtWhiteSpace) {
  EXPECT_THAT(words("guns n roses"), ElementsAre("guns", "n", "roses"));
  EXPECT_THAT(words("  one \n two\t"), ElementsAre("one", "two"));
  EXPECT_THAT(words("   "), IsEmpty());
}

}  // namespace
}  // namespace spotisearch

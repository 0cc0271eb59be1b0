#include "text/vocabulary.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

TEST(Vocabulary, FindsEveryTokenOfMany) {
  Vocabulary vocabulary(5000, 0);
  for (int i = 0; i < 5000; ++i) vocabulary.add("word" + std::to_string(i));
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(vocabulary.find("word" + std::to_string(i)), i);
  EXPECT_EQ(vocabulary.find("word5000"), std::nullopt);
  EXPECT_EQ(vocabulary.find(""), std::nullopt);
}

TEST(Vocabulary, TheLaterOfTwoEqualTokensWins) {
  Vocabulary vocabulary(3, 0);
  for (const char* token : {"a", "b", "a"}) vocabulary.add(token);
  EXPECT_EQ(vocabulary.find("a"), 2);
  EXPECT_EQ(vocabulary.size(), 3u);
}

TEST(Vocabulary, LongestPrefixRespectsThePrefixBefore) {
  Vocabulary vocabulary(4, 0);
  for (const char* token : {"sun", "sunset", "##set", ""}) vocabulary.add(token);
  EXPECT_EQ(vocabulary.longest_prefix("", "sunsets").id, 1);
  EXPECT_EQ(vocabulary.longest_prefix("", "sunsets").length, 6u);
  EXPECT_EQ(vocabulary.longest_prefix("##", "sets").id, 2);
  EXPECT_EQ(vocabulary.longest_prefix("##", "sun").length, 0u);
  EXPECT_EQ(vocabulary.longest_prefix("", "").length, 0u);
}

}  // namespace
}  // namespace spotisearch

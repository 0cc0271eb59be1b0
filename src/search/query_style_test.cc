#include "search/query_style.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

TEST(QueryStyleTest, ASentenceIsNoListAndAListIs) {
  EXPECT_EQ(list_likeness("songs for a slow morning by the sea when you are alone"), 0.0);
  EXPECT_EQ(list_likeness("dusty soul breaks horns tape hiss vinyl crackle"), 1.0);
}

TEST(QueryStyleTest, AFewWordsDescribeAndDoNotEnumerate) {
  EXPECT_EQ(list_likeness("dusty"), 0.0);
  EXPECT_EQ(list_likeness("dusty soul breaks"), 0.0);
}

TEST(QueryStyleTest, NothingIsNoList) {
  EXPECT_EQ(list_likeness(""), 0.0);
  EXPECT_EQ(list_likeness(" ?! \xff"), 0.0);
  EXPECT_EQ(list_likeness("the of and"), 0.0);
}

TEST(QueryStyleTest, CaseAndPunctuationDoNotCount) {
  EXPECT_EQ(list_likeness("Dusty, SOUL; breaks / horns"), list_likeness("dusty soul breaks horns"));
}

}  // namespace
}  // namespace spotisearch

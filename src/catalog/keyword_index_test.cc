#include "catalog/keyword_index.h"

#include <gmock/gmock.h>

#include "catalog/library_fixture.h"
#include "catalog/query_words.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class KeywordIndexTest : public LibraryTest {
 protected:
  void set(std::int64_t row, Catalog::KeywordText text) {
    ASSERT_TRUE(catalog_->set_keyword_text(Collection::kTracks, row, text));
  }
  std::vector<std::int64_t> rows(std::string_view query, std::size_t limit = 10) {
    std::vector<std::int64_t> found;
    double last = 1e300;
    const auto matches = catalog_->search_keywords(Collection::kTracks, query, {}, limit).value();
    for (const KeywordMatch& match : matches) {
      EXPECT_GT(match.score, 0.0);
      EXPECT_LE(match.score, last);
      last = match.score;
      found.push_back(match.row);
    }
    return found;
  }
};

TEST_F(KeywordIndexTest, AnyWordMatchesAndMoreWordsAreBetter) {
  set(1, {"Rain", "Nobody", "folk", ""});
  set(2, {"Rain on Windows", "Nobody", "folk", ""});
  set(3, {"Sunshine", "Nobody", "pop", ""});
  EXPECT_THAT(rows("windows in the rain"), ElementsAre(2, 1));
  EXPECT_THAT(rows("windows in the rain", 1), ElementsAre(2));
  EXPECT_THAT(rows("windows in the rain", 0), IsEmpty());
  EXPECT_THAT(rows("snow"), IsEmpty());
}

TEST_F(KeywordIndexTest, CaseAndAccentsDoNotMatter) {
  set(1, {"Dancing", "Beyoncé", "", ""});
  EXPECT_THAT(rows("dancing"), ElementsAre(1));
  EXPECT_THAT(rows("BEYONCE"), ElementsAre(1));
}

TEST_F(KeywordIndexTest, AScoreIsAShareOfWhatTheQueryCouldReach) {
  set(1, {"", "", "slowcore", ""});
  set(2, {"", "", "", "slowcore, slowcore and slowcore again"});
  for (const std::string_view query : {"slowcore", "slowcore harbour lanterns"}) {
    const auto matches = catalog_->search_keywords(Collection::kTracks, query, {1.0, 1.0}, 9);
    ASSERT_EQ(matches->size(), 2U);
    for (const KeywordMatch& match : *matches) EXPECT_LT(match.score, 1.0);
  }
  const auto whole = catalog_->search_keywords(Collection::kTracks, "slowcore", {1.0, 1.0}, 9);
  const auto part =
      catalog_->search_keywords(Collection::kTracks, "slowcore harbour", {1.0, 1.0}, 9);
  EXPECT_GT(whole->front().score, part->front().score);
}

TEST_F(KeywordIndexTest, WeightsSayWhetherTagsOrProseDecide) {
  set(1, {"", "", "slowcore", ""});
  set(2, {"", "", "", "slowcore"});
  const auto best = [&](const KeywordWeights& weights) {
    return catalog_->search_keywords(Collection::kTracks, "slowcore", weights, 9)->front().row;
  };
  EXPECT_EQ(best({.tags = 1.0, .body = 0.1}), 1);
  EXPECT_EQ(best({.tags = 0.1, .body = 1.0}), 2);
}

TEST_F(KeywordIndexTest, AWordThatMostItemsHoldStillCountsForSomething) {
  for (std::int64_t row = 1; row <= 8; ++row) set(row, {"", "", row < 7 ? "rock" : "polka", ""});
  EXPECT_EQ(rows("rock").size(), 6U);
  EXPECT_GT(catalog_->search_keywords(Collection::kTracks, "rock", {}, 9)->front().score, 0.01);
}

TEST_F(KeywordIndexTest, StopWordsCountOnlyWhenThereIsNothingElse) {
  set(1, {"The Of", "", "", ""});
  set(2, {"Storm", "", "", ""});
  EXPECT_THAT(rows("the storm"), ElementsAre(2));
  EXPECT_THAT(rows("the of"), ElementsAre(1));
  EXPECT_THAT(rows(""), IsEmpty());
  EXPECT_THAT(rows(" \t "), IsEmpty());
}

TEST_F(KeywordIndexTest, PunctuationIsNeverSyntax) {
  set(1, {"rock and roll", "AC/DC", "", ""});
  for (const char* query : {"\"rock", "rock\"\"", "rock*", "rock AND", "NOT rock", "title:rock",
                            "rock) OR (", "^rock", "rock NEAR roll", "{rock}", "rock - -", "«rock»",
                            "rock…", "“rock”", "rock — x", "÷ rock"}) {
    EXPECT_THAT(rows(query), ElementsAre(1)) << query;
  }
  for (const char* query : {"\"", "*", "()", "«", "÷", "\"\"\"\"", "---", "'", "’", "\xff\xfe"}) {
    EXPECT_THAT(rows(query), IsEmpty()) << query;
  }
  EXPECT_THAT(rows(std::string_view("rock\0roll", 9)), ElementsAre(1));
}

TEST_F(KeywordIndexTest, ALongQueryIsCutAndAnswered) {
  set(1, {"first", "", "", ""});
  std::string query = "first";
  for (int i = 0; i < 5000; ++i) query += " word" + std::to_string(i);
  EXPECT_THAT(rows(query), ElementsAre(1));
  EXPECT_EQ(query_words(query).size(), kMostQueryWords);
}

TEST_F(KeywordIndexTest, NewTextReplacesOldText) {
  set(1, {"old", "", "", ""});
  set(1, {"old", "", "", ""});
  EXPECT_THAT(rows("old"), ElementsAre(1));
  set(1, {"new", "", "", ""});
  EXPECT_THAT(rows("old"), IsEmpty());
  EXPECT_THAT(rows("new"), ElementsAre(1));
}

TEST_F(KeywordIndexTest, TracksAndAlbumsAreSearchedApart) {
  set(1, {"storm", "", "", ""});
  EXPECT_THAT(catalog_->search_keywords(Collection::kAlbums, "storm", {}, 5).value(), IsEmpty());
}

TEST(QueryWords, KeepsSpellingDropsDoublesAndStopWords) {
  EXPECT_THAT(query_words("Café, CAFE and the piano's"), ElementsAre("Café", "piano's"));
  EXPECT_THAT(query_words("the who"), UnorderedElementsAre("the", "who"));
  EXPECT_THAT(query_words("O’Brien 'quoted' rock’n’roll"),
              ElementsAre("O’Brien", "quoted", "rock’n’roll"));
  EXPECT_THAT(query_words("雨、夜"), ElementsAre("雨", "夜"));
}

TEST_F(KeywordIndexTest, WhatIsKnownIsFoundWhereItCounts) {
  set(1, {.title = "Low Tide", .known = "hushed harmonium"});
  set(2, {.title = "Harmonium", .known = "loud"});
  const auto rows = [&](double known) {
    std::vector<std::int64_t> found;
    const KeywordWeights weights{.tags = 0.3, .body = 1.0, .known = known};
    const auto matches =
        catalog_->search_keywords(Collection::kTracks, "harmonium", weights, 10).value();
    for (const KeywordMatch& match : matches) found.push_back(match.row);
    return found;
  };
  EXPECT_EQ(rows(0.0), std::vector<std::int64_t>({2}));
  EXPECT_EQ(rows(10.0), std::vector<std::int64_t>({1, 2}));
}

}  // namespace
}  // namespace spotisearch

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
    const auto matches = catalog_->search_keywords(Collection::kTracks, query, limit).value();
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

TEST_F(KeywordIndexTest, StemsAndAccentsDoNotMatter) {
  set(1, {"Dancing", "Beyoncé", "", ""});
  EXPECT_THAT(rows("dance"), ElementsAre(1));
  EXPECT_THAT(rows("BEYONCE"), ElementsAre(1));
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
  EXPECT_THAT(catalog_->search_keywords(Collection::kAlbums, "storm", 5).value(), IsEmpty());
}

TEST_F(KeywordIndexTest, MatchingWordsAreThoseOfTheListener) {
  set(1, {"Dancing Queens", "Someone", "disco", "don't stop"});
  const auto words = catalog_->matching_words(Collection::kTracks,
                                              "Dance, dance with the QUEEN of techno — Don't!", 1);
  EXPECT_THAT(words.value(), ElementsAre("Dance", "QUEEN"));
  EXPECT_THAT(catalog_->matching_words(Collection::kTracks, "dance", 2).value(), IsEmpty());
}

TEST(QueryWords, KeepsSpellingDropsDoublesAndStopWords) {
  EXPECT_THAT(query_words("Café, CAFE and the piano's"), ElementsAre("Café", "piano's"));
  EXPECT_THAT(query_words("the who"), UnorderedElementsAre("the", "who"));
  EXPECT_THAT(query_words("O’Brien 'quoted' rock’n’roll"),
              ElementsAre("O’Brien", "quoted", "rock’n’roll"));
  EXPECT_THAT(query_words("雨、夜"), ElementsAre("雨", "夜"));
}

}  // namespace
}  // namespace spotisearch

#include "knowledge/known_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "knowledge/knowledge_fixture.h"

namespace spotisearch {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(KnownTextTest, WhereNoMoodIsKnownTheDescriptionSpeaks) {
  KnowledgeRows rows;
  rows.artists.push_back({.name = "One", .description = "Low hum"});
  rows.artists.push_back({.name = "Two", .genres = {"folk"}});
  rows.genres.push_back({.name = "kettle pop", .parents = {"pop"}, .description = "Lids"});
  const KnowledgeFile file = knowledge_file_of(rows);
  EXPECT_EQ(text_of(*file.find_artist("one")), "Low hum");
  EXPECT_EQ(text_of(*file.find_artist("two")), "folk");
  EXPECT_EQ(text_of(*file.find_genre("kettlepop")), "Lids");
}

TEST(KnownTextTest, KeywordsHoldEveryFactOnce) {
  const Knowledge knowledge = tiny_knowledge();
  Track track;
  track.artists = {"Ropewalkers", "Ada Quill"};
  EXPECT_THAT(keyword_text(recognise(track, knowledge)),
              AllOf(HasSubstr("hushed"), HasSubstr("female"), HasSubstr("english"),
                    HasSubstr("Ireland"), HasSubstr("harmonium"), HasSubstr("smoky"),
                    HasSubstr("slowcore"), HasSubstr("empty road at night")));
  EXPECT_EQ(keyword_text({}), "");
}

}  // namespace
}  // namespace spotisearch

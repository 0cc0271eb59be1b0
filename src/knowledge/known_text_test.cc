#include "knowledge/known_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "knowledge/knowledge_fixture.h"

namespace spotisearch {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(KnownTextTest, KeywordsHoldWhatIsKnown) {
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

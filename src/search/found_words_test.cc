#include "search/found_words.h"

#include <gmock/gmock.h>

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FoundWordsTest, NamesTheListenersWordsThatStandInTheSong) {
  Track track;
  track.title = "Café Lanterns";
  track.artists = {"Ada Vane"};
  track.genres = {"slow waltz"};
  track.description = "A piano, and rain that does not stop.";
  EXPECT_THAT(found_words("RAIN on the cafe, a slow harp", track),
              ElementsAre("RAIN", "cafe", "slow"));
  EXPECT_THAT(found_words("the on a", Track()), IsEmpty());
}

TEST(FoundWordsTest, LooksAtAnAlbumsDescriptorsAndWholeWordsOnly) {
  Album album;
  album.title = "Rainbow";
  album.descriptors = {"late-night"};
  EXPECT_THAT(found_words("rain at night", album), ElementsAre("night"));
}

}  // namespace
}  // namespace spotisearch

#include "ingest/list_cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ListCell, ASemicolonPartsArtistsInEveryStyleAndKeepsCommas) {
  for (const ArtistStyle style : {ArtistStyle::kSemicolon, ArtistStyle::kTightComma,
                                  ArtistStyle::kSpacedComma, ArtistStyle::kEscapedComma}) {
    EXPECT_THAT(split_artists("Moth, The Lamp;Ada Vane", style),
                ElementsAre("Moth, The Lamp", "Ada Vane"));
  }
}

TEST(ListCell, ATightCommaPartsArtistsASpacedOneBelongsToAName) {
  EXPECT_THAT(split_artists("Moth, The Lamp,Ada Vane", ArtistStyle::kTightComma),
              ElementsAre("Moth, The Lamp", "Ada Vane"));
  EXPECT_THAT(split_artists("20,000 Otters,Ada Vane", ArtistStyle::kTightComma),
              ElementsAre("20,000 Otters", "Ada Vane"));
}

TEST(ListCell, KnownNamesAndNameEndingsSurviveSpacedCommas) {
  EXPECT_THAT(split_artists("Ada Vane, Tyler, The Creator, Bo", ArtistStyle::kSpacedComma),
              ElementsAre("Ada Vane", "Tyler, The Creator", "Bo"));
  EXPECT_THAT(split_artists("Crosby, Stills, Nash & Young", ArtistStyle::kSpacedComma),
              ElementsAre("Crosby, Stills, Nash & Young"));
  EXPECT_THAT(split_artists("Hugo Brand, Jr., Ada Vane", ArtistStyle::kSpacedComma),
              ElementsAre("Hugo Brand, Jr.", "Ada Vane"));
}

TEST(ListCell, ABackslashKeepsAComma) {
  EXPECT_THAT(split_artists("Moth\\, The Lamp, Ada \\ Vane", ArtistStyle::kEscapedComma),
              ElementsAre("Moth, The Lamp", "Ada \\ Vane"));
}

TEST(ListCell, PythonListsAreUnderstood) {
  EXPECT_THAT(split_artists("['Ada Vane', \"Bo's Band\", 'C\\'s, D']", ArtistStyle::kSpacedComma),
              ElementsAre("Ada Vane", "Bo's Band", "C's, D"));
  EXPECT_THAT(split_tags("[]"), IsEmpty());
  EXPECT_THAT(split_artists("[untitled]", ArtistStyle::kSemicolon), ElementsAre("[untitled]"));
}

TEST(ListCell, GenresArePartedBySemicolonCommaOrSpacedSlash) {
  EXPECT_THAT(split_tags("rock, pop,rock, "), ElementsAre("rock", "pop"));
  EXPECT_THAT(split_tags("soul; rhythm, and blues"), ElementsAre("soul", "rhythm, and blues"));
  EXPECT_THAT(split_tags("Electronic / Rock, Pop/R&B"),
              ElementsAre("Electronic", "Rock", "Pop/R&B"));
}

}  // namespace
}  // namespace spotisearch

#include "knowledge/compose_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotisearch {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> texts_of(const std::vector<WeightedText>& weighted) {
  std::vector<std::string> texts;
  for (const WeightedText& text : weighted) texts.push_back(text.text);
  return texts;
}

TEST(ComposeTextTest, ATrackSaysWhoItIsByAndWhatItIs) {
  Track track;
  track.title = "Night Ferry";
  track.artists = {"The Ropewalkers", "Ada Quill"};
  track.genres = {"slowcore", "sadcore"};
  EXPECT_THAT(texts_of(compose(track, std::vector<std::string>{"slow", "acoustic"}, {})),
              ElementsAre("Night Ferry by The Ropewalkers, Ada Quill", "slowcore, sadcore",
                          "slow, acoustic"));
}

TEST(ComposeTextTest, WhatIsNotKnownLeavesNoEmptyText) {
  Track track;
  track.title = "Untitled";
  EXPECT_THAT(texts_of(compose(track, {}, {})), ElementsAre("Untitled"));
}

TEST(ComposeTextTest, AnAlbumsNameCountsOnlyWhereNothingDescribesIt) {
  Album album;
  album.title = "Harbour Lights";
  album.artists = {"Ada Quill"};
  EXPECT_THAT(texts_of(compose(album, {}, {})), ElementsAre("Harbour Lights by Ada Quill"));
  album.descriptors = {"wistful", "nocturnal"};
  EXPECT_THAT(texts_of(compose(album, {}, {})), ElementsAre("wistful, nocturnal"));
}

TEST(ComposeTextTest, EvenASongWithoutATitleHasAText) {
  EXPECT_EQ(compose(Track(), {}, {}).size(), 1U);
}

}  // namespace
}  // namespace spotisearch

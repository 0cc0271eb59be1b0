#include "knowledge/compose_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "knowledge/knowledge_fixture.h"

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

TEST(ComposeTextTest, WhatIsKnownIsSaidTheWayListenersAsk) {
  const Knowledge knowledge = tiny_knowledge();
  Track track;
  track.title = "Low Tide";
  track.artists = {"Ropewalkers"};
  const auto texts = compose(track, {}, recognise(track, knowledge));
  EXPECT_THAT(
      texts_of(texts),
      ElementsAre("Low Tide by Ropewalkers", "slowcore", "hushed, lonely slowcore from Ireland",
                  "lonely, patient slowcore from United States for empty road at night"));
}

TEST(ComposeTextTest, OwnGenresStandBeforeThoseOfTheArtists) {
  const Knowledge knowledge = tiny_knowledge();
  Track track;
  track.title = "Low Tide";
  track.artists = {"Ropewalkers"};
  track.genres = {"Synth-Pop", "unheard of"};
  EXPECT_THAT(texts_of(compose(track, {}, recognise(track, knowledge))),
              ElementsAre("Low Tide by Ropewalkers", "Synth-Pop, unheard of, slowcore",
                          "hushed, lonely slowcore from Ireland", "shiny synthpop",
                          "lonely, patient slowcore from United States for empty road at night"));
}

TEST(ComposeTextTest, SeveralArtistsTogetherWeighAsMuchAsOne) {
  const Knowledge knowledge = tiny_knowledge();
  const auto weight_of_known = [&](std::vector<std::string> artists) {
    Track track;
    track.title = "Low Tide";
    track.artists = std::move(artists);
    float sum = 0;
    for (const auto& text : compose(track, {}, recognise(track, knowledge))) sum += text.weight;
    return sum;
  };
  EXPECT_FLOAT_EQ(weight_of_known({"Ada Quill"}), weight_of_known({"Ada Quill", "Ember"}));
}

TEST(ComposeTextTest, AnAlbumIsAlsoWhatItsArtistsAndGenresAre) {
  const Knowledge knowledge = tiny_knowledge();
  Album album;
  album.title = "Harbour Lights";
  album.artists = {"Ada Quill"};
  album.descriptors = {"wistful"};
  album.genres = {"synthpop"};
  EXPECT_THAT(texts_of(compose(album, {}, recognise(album, knowledge))),
              ElementsAre("wistful", "synthpop", "smoky jazz", "shiny synthpop"));
}

TEST(ComposeTextTest, EvenASongWithoutATitleHasAText) {
  EXPECT_EQ(compose(Track(), {}, {}).size(), 1U);
}

}  // namespace
}  // namespace spotisearch

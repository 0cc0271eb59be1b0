#include "knowledge/recognise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "knowledge/knowledge_fixture.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RecogniseTest : public ::testing::Test {
 protected:
  std::vector<std::string> who(std::vector<std::string> names) {
    std::vector<std::string> found;
    for (const ArtistFacts& artist : recognise_artists(names, knowledge_)) {
      found.emplace_back(artist.name);
    }
    return found;
  }
  std::string kind(std::string_view name) {
    const auto found = knowledge_.genre_or_kind(name);
    return found ? std::string(found->name) : "";
  }

  Knowledge knowledge_ = tiny_knowledge();
};

TEST_F(RecogniseTest, SpellingDoesNotMatter) {
  for (const char* name : {"The Ropewalkers", "ropewalkers", "THE RÔPEWALKERS", "Ropewalkers, The",
                           "ロープウォーカーズ", "Ropewalkers - Topic"}) {
    EXPECT_THAT(who({name}), ElementsAre("The Ropewalkers")) << name;
  }
}

TEST_F(RecogniseTest, SeveralArtistsInOneName) {
  for (const char* name :
       {"Ada Quill feat. The Ropewalkers", "Ada Quill & The Ropewalkers", "Ada Quill, Ropewalkers",
        "Ada Quill x Ropewalkers", "Ada Quill vs. Ropewalkers", "Ada Quill/Ropewalkers",
        "Ada Quill (with Ropewalkers)", "Ada Quill Featuring Nobody and Ropewalkers"}) {
    EXPECT_THAT(who({name}), ElementsAre("Ada Quill", "The Ropewalkers")) << name;
  }
  EXPECT_THAT(who({"Ada Quill", "The Ropewalkers", "ada quill"}),
              ElementsAre("Ada Quill", "The Ropewalkers"));
}

TEST_F(RecogniseTest, AWholeNameIsNotTakenApart) {
  EXPECT_THAT(who({"Salt & Ember"}), ElementsAre("Salt & Ember"));
  EXPECT_THAT(who({"Salt and Ember feat. Ada Quill"}), ElementsAre("Salt & Ember", "Ada Quill"));
  EXPECT_THAT(who({"Ferry, The Kettle"}), ElementsAre("Ferry, The Kettle"));
  // One word of an unknown name is a word, unless it is credited.
  EXPECT_THAT(who({"Ember and Ash"}), IsEmpty());
  EXPECT_THAT(who({"Ember (Tribute)"}), IsEmpty());
  EXPECT_THAT(who({"Nobody feat. Ember"}), ElementsAre("Ember"));
  EXPECT_THAT(who({"Ada Quill & Ember"}), ElementsAre("Ada Quill", "Ember"));
}

TEST_F(RecogniseTest, ASeparatorCanBeAWordOfAName) {
  KnowledgeRows rows = tiny_knowledge_rows();
  rows.artists.push_back({.name = "Lil Kettle X", .moods = {"odd"}});
  rows.artists.push_back({.name = "X Harbour", .moods = {"odd"}});
  std::vector<KnowledgeFile> files;
  files.push_back(knowledge_file_of(rows));
  knowledge_ = Knowledge(std::move(files));
  EXPECT_THAT(who({"Lil Kettle X feat. Ada Quill"}), ElementsAre("Lil Kettle X", "Ada Quill"));
  EXPECT_THAT(who({"Ada Quill x X Harbour"}), ElementsAre("Ada Quill", "X Harbour"));
}

TEST_F(RecogniseTest, ANameThatACommaPartedIsPutTogether) {
  EXPECT_THAT(who({"Ferry", "The Kettle"}), ElementsAre("Ferry, The Kettle"));
  EXPECT_THAT(who({"Ada Quill", "Ferry", "The Kettle"}),
              ElementsAre("Ada Quill", "Ferry, The Kettle"));
}

TEST_F(RecogniseTest, EnsemblesAreKnownByTheirLeader) {
  for (const char* name : {"Ada Quill Trio", "The Ada Quill Quartet", "Ada Quill & Her Orchestra",
                           "Ada Quill Big Band", "Ada Quill and the Night Shift"}) {
    EXPECT_THAT(who({name}), ElementsAre("Ada Quill")) << name;
  }
  // One word before "Trio" is the trio's own name as likely as its leader's.
  EXPECT_THAT(who({"Ember Trio"}), IsEmpty());
}

TEST_F(RecogniseTest, StrangersAndOddNamesAreNobody) {
  for (const char* name : {"", " ", "&", ",", "feat.", "Nobody", "Emberly", "???", "( )"}) {
    EXPECT_THAT(who({name}), IsEmpty()) << name;
  }
}

TEST_F(RecogniseTest, GuestsInTitles) {
  EXPECT_THAT(guests_in_title("Low Tide (feat. Ada Quill & Ember) [Live]"),
              ElementsAre("Ada Quill & Ember"));
  EXPECT_THAT(guests_in_title("Low Tide ft. Ada Quill"), ElementsAre("Ada Quill"));
  EXPECT_THAT(guests_in_title("Alone with Ada Quill"), IsEmpty());
  EXPECT_THAT(guests_in_title("Defeat. Again"), IsEmpty());
}

TEST_F(RecogniseTest, AGuestCountsWhereTheArtistIsAStranger) {
  Track track;
  track.title = "Low Tide (feat. Ada Quill)";
  track.artists = {"Nobody"};
  EXPECT_EQ(recognise(track, knowledge_).artists.at(0).name, "Ada Quill");
  track.artists = {"Ember"};
  ASSERT_EQ(recognise(track, knowledge_).artists.size(), 1U);
  EXPECT_EQ(recognise(track, knowledge_).artists.at(0).name, "Ember");
}

TEST_F(RecogniseTest, GenresAreFoundInAnySpellingAndByTheirLastWords) {
  EXPECT_EQ(kind("Synth-Pop"), "synthpop");
  EXPECT_EQ(kind("synth pop"), "synthpop");
  EXPECT_EQ(kind("slow core music"), "slowcore");
  EXPECT_EQ(kind("belgian synth-pop"), "synthpop");
  EXPECT_EQ(kind("synthpop belgian"), "");
  EXPECT_EQ(kind(""), "");
}

TEST_F(RecogniseTest, ATrackHasItsOwnGenresAndThenThoseOfItsArtists) {
  Track track;
  track.title = "Low Tide";
  track.artists = {"Ropewalkers"};
  Recognised known = recognise(track, knowledge_);
  ASSERT_EQ(known.genres.size(), 1U);
  EXPECT_EQ(known.genres[0].name, "slowcore");
  EXPECT_EQ(known.own_genres, 0U);
  track.genres = {"synthpop", "Synth Pop"};
  known = recognise(track, knowledge_);
  ASSERT_EQ(known.genres.size(), 2U);
  EXPECT_EQ(known.genres[0].name, "synthpop");
  EXPECT_EQ(known.genres[1].name, "slowcore");
  EXPECT_EQ(known.own_genres, 1U);
}

TEST_F(RecogniseTest, AnAlbumThatIsOnlyRockIsAlsoWhatItsArtistsAre) {
  KnowledgeRows rows = tiny_knowledge_rows();
  rows.genres.push_back({.name = "rock", .family = "rock", .moods = {"loud"}});
  std::vector<KnowledgeFile> files;
  files.push_back(knowledge_file_of(rows));
  const Knowledge knowledge(std::move(files));
  Album album;
  album.artists = {"Ropewalkers"};
  album.genres = {"rock"};
  ASSERT_EQ(recognise(album, knowledge).genres.size(), 2U);
  EXPECT_EQ(recognise(album, knowledge).genres[1].name, "slowcore");
  EXPECT_EQ(recognise(album, knowledge).own_genres, 1U);
  album.genres = {"synthpop"};
  EXPECT_EQ(recognise(album, knowledge).genres.size(), 1U);
}

}  // namespace
}  // namespace spotisearch

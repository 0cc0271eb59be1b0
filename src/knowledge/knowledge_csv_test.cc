#include "knowledge/knowledge_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotisearch {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

KnowledgeCsv read(std::string_view text) { return read_knowledge_csv(text, "my.csv"); }

TEST(KnowledgeCsvTest, AnArtistHasWhatItsRowSays) {
  const KnowledgeCsv csv =
      read(std::string(kArtistColumns) +
           "\nAda Vane,Vane;Ada V.,slowcore; folk ,1994-,Ireland,english,"
           "female,hushed;lonely,\"Brushed drums, a harmonium and a low voice\"\n");
  EXPECT_THAT(csv.faults, IsEmpty());
  ASSERT_THAT(csv.rows.artists, SizeIs(1));
  const ArtistRow& row = csv.rows.artists[0];
  EXPECT_EQ(row.name, "Ada Vane");
  EXPECT_THAT(row.aliases, ElementsAre("Vane", "Ada V."));
  EXPECT_THAT(row.genres, ElementsAre("slowcore", "folk"));
  EXPECT_EQ(row.active, "1994-");
  EXPECT_THAT(row.countries, ElementsAre("Ireland"));
  EXPECT_THAT(row.languages, ElementsAre("english"));
  EXPECT_THAT(row.voices, ElementsAre("female"));
  EXPECT_THAT(row.moods, ElementsAre("hushed", "lonely"));
  EXPECT_EQ(row.description, "Brushed drums, a harmonium and a low voice");
}

TEST(KnowledgeCsvTest, AGenreHasWhatItsRowSays) {
  const KnowledgeCsv csv = read(std::string(kGenreColumns) +
                                "\nkettle pop,kettlepop wave,pop,pop,Ireland;worldwide,2010s-,"
                                "Whistling lids in tune,cosy,kitchen;rainy morning\n");
  EXPECT_THAT(csv.faults, IsEmpty());
  ASSERT_THAT(csv.rows.genres, SizeIs(1));
  const GenreRow& row = csv.rows.genres[0];
  EXPECT_EQ(row.name, "kettle pop");
  EXPECT_EQ(row.family, "pop");
  EXPECT_EQ(row.era, "2010s-");
  EXPECT_THAT(row.regions, ElementsAre("Ireland", "worldwide"));
  EXPECT_THAT(row.scenes, ElementsAre("kitchen", "rainy morning"));
}

TEST(KnowledgeCsvTest, ColumnsMayBeFewAndInAnyOrder) {
  const KnowledgeCsv csv = read("\xEF\xBB\xBFmoods,artist\r\nhushed,Ada Vane\r\n");
  EXPECT_THAT(csv.faults, IsEmpty());
  ASSERT_THAT(csv.rows.artists, SizeIs(1));
  EXPECT_THAT(csv.rows.artists[0].moods, ElementsAre("hushed"));
}

TEST(KnowledgeCsvTest, AFaultSaysWhereAndWhatAndOnlyItsRowIsLost) {
  const KnowledgeCsv csv = read(
      "artist,active,moods\n"
      "Good,1990-2001,sad\n"
      "Late,from 1990,sad\n"
      "Mute,,\n"
      "Short,1990-\n"
      ",1990-,sad\n"
      "Also Good,1685-1750,solemn\n");
  EXPECT_THAT(csv.faults,
              ElementsAre(AllOf(HasSubstr("my.csv, line 3, column active"), HasSubstr("1994-")),
                          AllOf(HasSubstr("line 4"), HasSubstr("says nothing")),
                          AllOf(HasSubstr("line 5"), HasSubstr("2 cells")),
                          AllOf(HasSubstr("line 6"), HasSubstr("no name"))));
  ASSERT_THAT(csv.rows.artists, SizeIs(2));
  EXPECT_EQ(csv.rows.artists[1].name, "Also Good");
}

TEST(KnowledgeCsvTest, OneNameIsOneArtistHoweverItIsSpelt) {
  const KnowledgeCsv csv = read(
      "artist,aliases,moods\n"
      "The Ropewalkers,,sad\n"
      "Ropewalkérs,,glad\n"
      "Ada,The Ropewalkers,sad\n"
      "Vane,vane,sad\n");
  EXPECT_THAT(csv.faults, ElementsAre(AllOf(HasSubstr("line 3"), HasSubstr("line 2 already")),
                                      AllOf(HasSubstr("line 4"), HasSubstr("line 2 already")),
                                      AllOf(HasSubstr("line 5"), HasSubstr("another name"))));
}

TEST(KnowledgeCsvTest, WhatIsNoKnowledgeIsSaidToBeNone) {
  EXPECT_THAT(read("").faults, ElementsAre(HasSubstr("my.csv")));
  EXPECT_THAT(read("Track Name,Artist Name(s)\na,b\n").faults,
              ElementsAre(AllOf(HasSubstr("line 1"), HasSubstr("artist,aliases"))));
  EXPECT_THAT(read("artist,mood\na,b\n").faults,
              ElementsAre(AllOf(HasSubstr("column mood"), HasSubstr("moods"))));
  EXPECT_THAT(read("artist,moods,moods\na,b,c\n").faults, SizeIs(2));
  EXPECT_THAT(read("artist,moods\nCaf\xE9,b\n").faults,
              ElementsAre(AllOf(HasSubstr("line 2, column artist"), HasSubstr("UTF-8"))));
}

TEST(KnowledgeCsvTest, FaultsWithoutEndAreNotAllCollected) {
  std::string text = "artist,moods\n";
  for (int i = 0; i < 10'000; ++i) text += ",sad\n";
  EXPECT_THAT(read(text).faults, SizeIs(testing::Lt(500U)));
}

}  // namespace
}  // namespace spotisearch

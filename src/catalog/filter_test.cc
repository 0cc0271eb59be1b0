#include "catalog/filter.h"

#include <gmock/gmock.h>

#include "catalog/library_fixture.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FilterTest : public LibraryTest {
 protected:
  void SetUp() override {
    LibraryTest::SetUp();
    add("1", {"Björk"}, {"art pop", "rock"}, 1993, 96, true);
    add("2", {"Other", "Bjork"}, {"indie rock"}, 2000, 120, false);
    add("3", {"Björk Tribute"}, {"rockabilly"}, 2000, 0, std::nullopt);
    add("4", {"Nobody"}, {}, 0, kMissing, std::nullopt);
  }

  void add(const char* title, std::vector<std::string> artists, std::vector<std::string> genres,
           int year, float tempo, std::optional<bool> is_explicit) {
    Track track = song(title, std::move(artists));
    track.genres = std::move(genres);
    track.year = year;
    track.features[Feature::kTempo] = tempo;
    track.is_explicit = is_explicit;
    track.album = std::string("Album ") + title;
    put(track);
  }

  std::vector<std::int64_t> rows(const Filters& filters) {
    return **catalog_->filter(Collection::kTracks, filters);
  }
};

TEST_F(FilterTest, NoConditionIsNoRestriction) {
  EXPECT_FALSE(catalog_->filter(Collection::kTracks, {}).value().has_value());
}

TEST_F(FilterTest, AGenreMatchesAsWholeWords) {
  Filters filters;
  filters.genre = "Rock";
  EXPECT_THAT(rows(filters), ElementsAre(1, 2));
  filters.genre = "indie rock";
  EXPECT_THAT(rows(filters), ElementsAre(2));
  filters.genre = "indie-rock";
  EXPECT_THAT(rows(filters), ElementsAre(2));
  filters.genre = "";
  EXPECT_THAT(rows(filters), IsEmpty());
}

TEST_F(FilterTest, AnArtistMatchesWholeWithoutCaseAndAccents) {
  Filters filters;
  filters.artist = "BJORK";
  EXPECT_THAT(rows(filters), ElementsAre(1, 2));
  filters.artist = "unheard of";
  EXPECT_THAT(rows(filters), IsEmpty());
}

TEST_F(FilterTest, UnknownValuesMeetNoCondition) {
  Filters filters;
  filters.year_to = 2100;
  EXPECT_THAT(rows(filters), ElementsAre(1, 2, 3));
  filters = {};
  filters.tempo_from = 0;
  EXPECT_THAT(rows(filters), ElementsAre(1, 2));
  filters = {};
  filters.tempo_to = 100;
  EXPECT_THAT(rows(filters), ElementsAre(1));
  filters = {};
  filters.is_explicit = false;
  EXPECT_THAT(rows(filters), ElementsAre(2));
}

TEST_F(FilterTest, AllConditionsMustBeMetAndLimitsAreInclusive) {
  Filters filters;
  filters.year_from = 1993;
  filters.year_to = 2000;
  EXPECT_THAT(rows(filters), ElementsAre(1, 2, 3));
  filters.genre = "rock";
  EXPECT_THAT(rows(filters), ElementsAre(1, 2));
  filters.artist = "björk";
  filters.tempo_from = 96.0;
  filters.tempo_to = 119.9;
  filters.is_explicit = true;
  EXPECT_THAT(rows(filters), ElementsAre(1));
  filters.year_from = 2001;
  EXPECT_THAT(rows(filters), IsEmpty());
}

TEST_F(FilterTest, AlbumsAreFilteredByTheirOwnValues) {
  ASSERT_TRUE(catalog_->build_albums_from_tracks());
  Filters filters;
  filters.genre = "rock";
  const std::vector<std::int64_t> found = **catalog_->filter(Collection::kAlbums, filters);
  ASSERT_EQ(found.size(), 2u);
  filters.tempo_from = 100.0;
  const auto rows = **catalog_->filter(Collection::kAlbums, filters);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(catalog_->albums(rows).value().front().title, "Album 2");
  filters.is_explicit = true;
  EXPECT_EQ(catalog_->filter(Collection::kAlbums, filters).error().code,
            ErrorCode::kInvalidArgument);
}

TEST_F(FilterTest, AnAlbumLeavesTheGenresItLost) {
  ASSERT_TRUE(catalog_->build_albums_from_tracks());
  Album file = record_by("Album 1", "Björk");
  file.genres = {"electronic"};
  put(file);
  Filters filters;
  filters.genre = "rock";
  EXPECT_EQ((**catalog_->filter(Collection::kAlbums, filters)).size(), 1u);
  filters.genre = "electronic";
  EXPECT_EQ((**catalog_->filter(Collection::kAlbums, filters)).size(), 1u);
}

}  // namespace
}  // namespace spotisearch

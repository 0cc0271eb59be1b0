#include "catalog/album_store.h"

#include <gmock/gmock.h>

#include "catalog/library_fixture.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AlbumStoreTest : public LibraryTest {
 protected:
  void build() { ASSERT_TRUE(catalog_->build_albums_from_tracks()); }
};

TEST_F(AlbumStoreTest, AnAlbumFileComesBackAsItWasGiven) {
  Album album = record_by("Title", "Artist", "file-7");
  album.year = 1970;
  album.genres = {"folk"};
  album.descriptors = {"warm", "melancholic"};
  album.description = "Our own words.";
  EXPECT_EQ(catalog_->upsert_album(album).value(), UpsertOutcome::kNew);
  EXPECT_EQ(put(album), UpsertOutcome::kUnchanged);
  const Album read = catalog_->albums(std::vector{album.row}).value().front();
  EXPECT_EQ(read.id, "file-7");
  EXPECT_EQ(read.year, 1970);
  EXPECT_THAT(read.genres, ElementsAre("folk"));
  EXPECT_THAT(read.descriptors, ElementsAre("warm", "melancholic"));
  EXPECT_EQ(read.description, "Our own words.");
  EXPECT_EQ(catalog_->row_of(Collection::kAlbums, "file-7").value(), album.row);
}

TEST_F(AlbumStoreTest, AlbumsMergeByIdOrByTitleAndFirstArtist) {
  put(record_by("Title", "Artist", "x"));
  Album more = record_by("TITLE", "artist");
  more.descriptors = {"calm"};
  EXPECT_EQ(put(more), UpsertOutcome::kUpdated);
  EXPECT_EQ(put(record_by("Title", "Artist", "y")), UpsertOutcome::kNew);
  EXPECT_EQ(put(record_by("Retitled", "Artist", "x")), UpsertOutcome::kUnchanged);
  EXPECT_EQ(all_albums().size(), 2u);
  Album nothing;
  EXPECT_EQ(catalog_->upsert_album(nothing).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(AlbumStoreTest, TracksMakeAnAlbum) {
  Track one = song_on("Record", "One", "Band", 1981);
  one.genres = {"post-punk", "rock"};
  one.features[Feature::kEnergy] = 0.2f;
  one.features[Feature::kKey] = 4;
  one.features[Feature::kTempo] = 100;
  Track two = song_on("RECORD", "Two", "Band", 1980);
  two.genres = {"rock"};
  two.features[Feature::kEnergy] = 0.4f;
  two.features[Feature::kTempo] = 0;
  put(one);
  put(two);
  put(song("No album", {"Band"}));
  build();
  const std::vector<Album> albums = all_albums();
  ASSERT_EQ(albums.size(), 1u);
  EXPECT_EQ(albums[0].title, "Record");
  EXPECT_THAT(albums[0].artists, ElementsAre("Band"));
  EXPECT_EQ(albums[0].year, 1980);
  EXPECT_THAT(albums[0].genres, ElementsAre("rock", "post-punk"));
  EXPECT_EQ(albums[0].track_count, 2);
  EXPECT_FLOAT_EQ(albums[0].features[Feature::kEnergy], 0.3f);
  EXPECT_FLOAT_EQ(albums[0].features[Feature::kTempo], 100.0f);
  EXPECT_FALSE(albums[0].features.has(Feature::kKey));
  EXPECT_TRUE(albums[0].id.starts_with("a-"));
  EXPECT_EQ(catalog_->row_of(Collection::kAlbums, albums[0].id).value(), albums[0].row);
}

TEST_F(AlbumStoreTest, BuildingAgainChangesNothingAndNewTracksAreAdded) {
  put(song_on("Record", "One", "Band"));
  build();
  const std::int64_t generation = catalog_->generation().value();
  build();
  EXPECT_EQ(catalog_->generation().value(), generation);
  put(song_on("Record", "Two", "Band"));
  build();
  ASSERT_EQ(all_albums().size(), 1u);
  EXPECT_EQ(all_albums()[0].track_count, 2);
  EXPECT_EQ(all_albums()[0].row, 1);
}

TEST_F(AlbumStoreTest, AnAlbumFileKeepsItsWordsAndTakesTheTracksNumbers) {
  Track track = song_on("Record", "One", "Band", 1980);
  track.genres = {"rock"};
  track.features[Feature::kEnergy] = 0.5f;
  put(track);
  build();
  const std::string made_up = all_albums()[0].id;
  Album file = record_by("record", "BAND", "file-1");
  file.year = 1979;
  file.genres = {"art rock"};
  EXPECT_EQ(put(file), UpsertOutcome::kUpdated);
  put(song_on("Record", "Two", "Band", 1990));
  build();
  ASSERT_EQ(all_albums().size(), 1u);
  const Album album = all_albums()[0];
  EXPECT_EQ(album.id, "file-1");
  EXPECT_EQ(album.title, "record");
  EXPECT_EQ(album.year, 1979);
  EXPECT_THAT(album.genres, ElementsAre("art rock"));
  EXPECT_EQ(album.track_count, 2);
  EXPECT_FLOAT_EQ(album.features[Feature::kEnergy], 0.5f);
  EXPECT_EQ(catalog_->row_of(Collection::kAlbums, made_up).value(), album.row);
}

TEST_F(AlbumStoreTest, ManyArtistsOnOneDayAreACompilation) {
  Filters by_artist;
  const std::vector<std::string> artists = {"A", "B", "C", "D", "E"};
  for (std::size_t i = 0; i < artists.size(); ++i) {
    Track track = song_on("Hits of Summer", "Song", artists[i]);
    track.release_date = "1998-07-01";
    put(track);
    if (i + 2 == artists.size()) {
      build();
      EXPECT_EQ(all_albums().size(), 4u);
      ASSERT_TRUE(catalog_->set_keyword_text(Collection::kAlbums, 1, {"hits", "A", "", ""}));
    }
  }
  build();
  ASSERT_EQ(all_albums().size(), 1u);
  const Album album = all_albums()[0];
  EXPECT_EQ(album.row, 5);  // the rows of the four are not given out again
  EXPECT_THAT(album.artists, ElementsAre("Various Artists"));
  EXPECT_EQ(album.track_count, 5);
  EXPECT_THAT(catalog_->search_keywords(Collection::kAlbums, "hits", {}, 9).value(), IsEmpty());
  by_artist.artist = "a";
  EXPECT_THAT(**catalog_->filter(Collection::kAlbums, by_artist), IsEmpty());
  EXPECT_EQ(catalog_->albums(std::vector<std::int64_t>{1}).error().code, ErrorCode::kNotFound);
}

TEST_F(AlbumStoreTest, AYearInCommonMakesNoCompilation) {
  for (const char* artist : {"A", "B", "C", "D", "E"}) {
    Track track = song_on("Greatest Hits", "Song", artist);
    track.release_date = "1998";
    put(track);
  }
  build();
  EXPECT_EQ(all_albums().size(), 5u);
}

TEST_F(AlbumStoreTest, AFilesAlbumThatLosesItsTracksForgetsThem) {
  Album file = record_by("Mix", "A", "file-1");
  file.description = "Kept.";
  put(file);
  for (const char* artist : {"A", "B", "C", "D"}) {
    Track track = song_on("Mix", "Song", artist, 2000);
    track.release_date = "2000-01-02";
    track.genres = {"pop"};
    put(track);
  }
  build();
  EXPECT_EQ(all_albums()[0].track_count, 1);
  EXPECT_EQ(all_albums()[0].year, 2000);
  Track fifth = song_on("Mix", "Song", "E", 2000);
  fifth.release_date = "2000-01-02";
  put(fifth);
  build();
  const Album album = all_albums()[0];
  EXPECT_EQ(album.id, "file-1");
  EXPECT_EQ(album.description, "Kept.");
  EXPECT_EQ(album.track_count, 0);
  EXPECT_EQ(album.year, 0);
  EXPECT_THAT(album.genres, IsEmpty());
}

TEST_F(AlbumStoreTest, AnAlbumTakesOverTwelveGenresAtMost) {
  Track track = song_on("Record", "One", "Band");
  for (char c = 'a'; c <= 'z'; ++c) track.genres.emplace_back(1, c);
  put(track);
  build();
  EXPECT_EQ(all_albums()[0].genres.size(), 12u);
  EXPECT_EQ(all_albums()[0].genres.front(), "a");
}

}  // namespace
}  // namespace spotisearch

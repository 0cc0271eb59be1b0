#include "catalog/track_store.h"

#include <gmock/gmock.h>

#include "catalog/library_fixture.h"
#include "catalog/merge.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;

class TrackStoreTest : public LibraryTest {};

constexpr const char* kId = "0123456789abcdefABCDEF";
constexpr const char* kOtherId = "zzzzzzzzzzzzzzzzzzzzzz";

Track full_track() {
  Track track = song("Élan / Vital", {"First, With Comma", "Second\x1fOdd"}, kId);
  track.album = "Some Album";
  track.release_date = "1999-12-31";
  track.year = 1999;
  track.duration_ms = 123456;
  track.popularity = 0;
  track.is_explicit = false;
  track.genres = {"indie rock", "r&b"};
  track.playlists = {"Rainy \x1e days", "Sunny"};
  track.label = "Own Label";
  track.description = "Two lines\nof \"prose\"";
  track.features[Feature::kKey] = -1;
  track.features[Feature::kLoudness] = -7.25f;
  track.features[Feature::kTempo] = 0;
  track.features_estimated = true;
  return track;
}

TEST_F(TrackStoreTest, ATrackComesBackAsItWasGiven) {
  EXPECT_EQ(put(full_track()), UpsertOutcome::kNew);
  const Track given = full_track();
  const std::vector<Track> tracks = all_tracks();
  ASSERT_EQ(tracks.size(), 1u);
  const Track& read = tracks.front();
  EXPECT_EQ(read.row, 1);
  EXPECT_EQ(read.id, kId);
  EXPECT_EQ(read.spotify_id, given.spotify_id);
  EXPECT_EQ(read.title, given.title);
  EXPECT_EQ(read.artists, given.artists);
  EXPECT_EQ(read.album, given.album);
  EXPECT_EQ(read.release_date, given.release_date);
  EXPECT_EQ(read.year, given.year);
  EXPECT_EQ(read.duration_ms, given.duration_ms);
  EXPECT_EQ(read.popularity, given.popularity);
  EXPECT_EQ(read.is_explicit, given.is_explicit);
  EXPECT_EQ(read.genres, given.genres);
  EXPECT_EQ(read.playlists, given.playlists);
  EXPECT_EQ(read.label, given.label);
  EXPECT_EQ(read.description, given.description);
  EXPECT_EQ(read.features_estimated, given.features_estimated);
  EXPECT_TRUE(same_features(read.features, given.features));
}

TEST_F(TrackStoreTest, UnknownValuesStayUnknown) {
  put(song("Bare", {}));
  const Track read = all_tracks().front();
  EXPECT_FALSE(read.popularity.has_value());
  EXPECT_FALSE(read.is_explicit.has_value());
  EXPECT_FALSE(read.features.any());
  EXPECT_EQ(read.year, 0);
  EXPECT_TRUE(read.artists.empty());
}

TEST_F(TrackStoreTest, TheSameTrackAgainChangesNothing) {
  put(full_track());
  const std::int64_t generation = catalog_->generation().value();
  Track again = full_track();
  EXPECT_EQ(catalog_->upsert_track(again).value(), UpsertOutcome::kUnchanged);
  EXPECT_EQ(again.row, 1);
  EXPECT_EQ(again.id, kId);
  EXPECT_EQ(catalog_->generation().value(), generation);
}

TEST_F(TrackStoreTest, ListsAreUnitedAndUnknownValuesFilledIn) {
  Track known = song("Song", {"Beyoncé"}, kId);
  known.genres = {"pop"};
  known.playlists = {"B"};
  known.year = 2001;
  put(known);
  Track more = song("Song (another title)", {"BEYONCE", "Guest"}, kId);
  more.genres = {"soul", "pop"};
  more.playlists = {"A", "B"};
  more.year = 2002;
  more.label = "Label";
  EXPECT_EQ(put(more), UpsertOutcome::kUpdated);
  const Track read = all_tracks().front();
  EXPECT_EQ(read.title, "Song");
  EXPECT_THAT(read.artists, ElementsAre("Beyoncé", "Guest"));
  EXPECT_THAT(read.genres, ElementsAre("pop", "soul"));
  EXPECT_THAT(read.playlists, ElementsAre("B", "A"));
  EXPECT_EQ(read.year, 2001);
  EXPECT_EQ(read.label, "Label");
}

TEST_F(TrackStoreTest, MeasurementsReplaceEstimatesAndNeverTheOtherWayRound) {
  Track estimated = song("Song", {"A"});
  estimated.features[Feature::kEnergy] = 0.5f;
  estimated.features[Feature::kValence] = 0.5f;
  estimated.features_estimated = true;
  Track measured = song("Song", {"A"});
  measured.features[Feature::kEnergy] = 0.9f;
  put(estimated);
  EXPECT_EQ(put(measured), UpsertOutcome::kUpdated);
  EXPECT_EQ(put(estimated), UpsertOutcome::kUnchanged);
  const Track read = all_tracks().front();
  EXPECT_FALSE(read.features_estimated);
  EXPECT_EQ(read.features[Feature::kEnergy], 0.9f);
  EXPECT_FALSE(read.features.has(Feature::kValence));

  measured.features[Feature::kEnergy] = 0.1f;
  measured.features[Feature::kValence] = 0.2f;
  EXPECT_EQ(put(measured), UpsertOutcome::kUpdated);
  EXPECT_EQ(all_tracks().front().features[Feature::kEnergy], 0.9f);
  EXPECT_EQ(all_tracks().front().features[Feature::kValence], 0.2f);
}

TEST_F(TrackStoreTest, ATrackWithoutIdMergesByTitleAndArtistsInAnyOrder) {
  put(song("The Song!", {"A", "B"}, kId));
  EXPECT_EQ(put(song("the song", {"b", "a"})), UpsertOutcome::kUnchanged);
  EXPECT_EQ(put(song("the song", {"a"})), UpsertOutcome::kNew);
}

TEST_F(TrackStoreTest, ATrackWithoutIdIsGivenOneAndKeepsAnsweringToItsOldOne) {
  Track nameless = song("Song", {"A"});
  catalog_->upsert_track(nameless).value();
  const std::string made_up = nameless.id;
  EXPECT_EQ(made_up.size(), 18u);
  EXPECT_TRUE(made_up.starts_with("t-"));
  EXPECT_EQ(put(song("SONG", {"a"}, kId)), UpsertOutcome::kUpdated);
  EXPECT_EQ(all_tracks().size(), 1u);
  EXPECT_EQ(all_tracks().front().id, kId);
  EXPECT_EQ(catalog_->row_of(Collection::kTracks, made_up).value(), nameless.row);
}

TEST_F(TrackStoreTest, TwoSpotifyIdsOfOneSongStayTwoTracksWithOneHash) {
  const std::int64_t first = row_of_put(song("Song", {"A"}, kId));
  const std::int64_t second = row_of_put(song("Song", {"A"}, kOtherId));
  const std::int64_t third = row_of_put(song("Other", {"A"}));
  EXPECT_NE(first, second);
  const auto hashes = catalog_->match_hashes(std::vector{first, second, third}).value();
  EXPECT_EQ(hashes[0], hashes[1]);
  EXPECT_NE(hashes[0], hashes[2]);
}

TEST_F(TrackStoreTest, TitlesOfPunctuationAreNotAllTheSame) {
  EXPECT_EQ(put(song("???", {"A"})), UpsertOutcome::kNew);
  EXPECT_EQ(put(song("!!!", {"A"})), UpsertOutcome::kNew);
  EXPECT_EQ(put(song("", {}, kId)), UpsertOutcome::kNew);
  EXPECT_EQ(put(song("", {}, kOtherId)), UpsertOutcome::kNew);
}

TEST_F(TrackStoreTest, ATrackWithoutTitleAndIdIsRefused) {
  Track nothing;
  EXPECT_EQ(catalog_->upsert_track(nothing).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(TrackStoreTest, IdsUrisAndLinksFindTheRow) {
  const std::int64_t row = row_of_put(song("Song", {"A"}, std::string("spotify:track:") + kId));
  for (const std::string& id : {std::string(kId), std::string("spotify:track:") + kId,
                                "https://open.spotify.com/track/" + std::string(kId) + "?si=1234",
                                "open.spotify.com/intl-de/track/" + std::string(kId) + "/"}) {
    EXPECT_EQ(catalog_->row_of(Collection::kTracks, id).value(), row) << id;
  }
  EXPECT_EQ(catalog_->row_of(Collection::kTracks, "nowhere").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(catalog_->row_of(Collection::kTracks, "").error().code, ErrorCode::kNotFound);
}

TEST_F(TrackStoreTest, RowsAreReadInTheOrderAskedFor) {
  const std::int64_t a = row_of_put(song("A", {"x"}));
  const std::int64_t b = row_of_put(song("B", {"x"}));
  const auto tracks = catalog_->tracks(std::vector{b, a, b}).value();
  EXPECT_EQ(tracks[0].title, "B");
  EXPECT_EQ(tracks[1].title, "A");
  EXPECT_EQ(tracks[2].title, "B");
  EXPECT_EQ(catalog_->tracks(std::vector<std::int64_t>{99}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(catalog_->match_hashes(std::vector<std::int64_t>{99}).error().code,
            ErrorCode::kNotFound);
}

TEST_F(TrackStoreTest, VisitingStartsAfterARowStopsOnErrorAndMayReadAgain) {
  for (const char* title : {"A", "B", "C"}) put(song(title, {"x"}));
  std::string seen;
  const Status stopped = catalog_->for_each_track(1, [&](const Track& track) -> Status {
    seen += catalog_->tracks(std::vector{track.row}).value().front().title;
    EXPECT_TRUE(catalog_->for_each_track(0, [](const Track&) -> Status { return {}; }));
    if (track.title == "B") return {};
    return fail(ErrorCode::kUnavailable, "enough");
  });
  EXPECT_EQ(seen, "BC");
  EXPECT_EQ(stopped.error().message, "enough");
}

}  // namespace
}  // namespace spotisearch

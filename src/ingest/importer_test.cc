#include "ingest/importer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "csv/csv_reader.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kId = "0aBcDeFgHiJkLmNoPqRsT9";
constexpr std::string_view kFeatureHeader =
    "Danceability,Energy,Key,Loudness,Mode,Speechiness,Acousticness,Instrumentalness,Liveness,"
    "Valence,Tempo,Time Signature";
constexpr std::string_view kFeatureCells = "0.5,0.6,7,-8.5,1,0.04,0.3,0,0.1,0.25,120.5,4";

/// The importer chosen for a text, and everything it made of its rows.
struct Imported {
  std::string format;
  std::vector<Track> tracks;
  std::vector<Album> albums;
  std::vector<RowProblem> warnings;
  std::vector<RowProblem> rejected;
  std::string error;
};

Imported import_text(const std::string& text, std::string_view format = "auto") {
  Imported result;
  CsvReader reader(text);
  const auto header = reader.read_header();
  auto importer = importer_for(*header, format);
  if (!importer) {
    result.error = importer.error().message;
    return result;
  }
  result.format = (*importer)->name();
  CsvReader sample(text);
  for (auto record = sample.next(); record && *record; record = sample.next()) {
    (*importer)->observe(**record);
  }
  for (auto record = reader.next(); record && *record; record = reader.next()) {
    auto row = (*importer)->read(**record);
    if (!row) {
      result.rejected.push_back(row.error());
      continue;
    }
    if (const Track* track = std::get_if<Track>(&row->item)) result.tracks.push_back(*track);
    if (const Album* album = std::get_if<Album>(&row->item)) result.albums.push_back(*album);
    for (const RowProblem& warning : row->warnings) result.warnings.push_back(warning);
  }
  return result;
}

std::string lines(std::initializer_list<std::string> rows) {
  std::string text;
  for (const std::string& row : rows) text += row + "\n";
  return text;
}

std::string exportify_header() {
  return "Track URI,Track Name,Album Name,Artist Name(s),Release Date,Duration (ms),Popularity,"
         "Explicit,Added By,Added At,Genres,Record Label," +
         std::string(kFeatureHeader);
}

TEST(Importer, CurrentExportifyIsReadWhole) {
  const Imported result = import_text(lines(
      {"\xEF\xBB\xBF" + exportify_header(),
       "spotify:track:" + std::string(kId) +
           ",\"Slow \"Kettle\" Song\",Steam,\"Moth, The Lamp;Ada Vane\",2021-03-04,200500,61,true,"
           "u1,2024-01-01T00:00:00Z,\"Dream Pop,lo-fi , dream pop\",Wick," +
           std::string(kFeatureCells)}));
  EXPECT_EQ(result.format, "exportify");
  ASSERT_EQ(result.tracks.size(), 1u);
  const Track& track = result.tracks[0];
  EXPECT_EQ(track.spotify_id, kId);
  EXPECT_EQ(track.title, "Slow \"Kettle\" Song");
  EXPECT_THAT(track.artists, ElementsAre("Moth, The Lamp", "Ada Vane"));
  EXPECT_EQ(track.album, "Steam");
  EXPECT_EQ(track.release_date, "2021-03-04");
  EXPECT_EQ(track.year, 2021);
  EXPECT_EQ(track.duration_ms, 200500);
  EXPECT_EQ(track.popularity, 61);
  EXPECT_EQ(track.is_explicit, true);
  EXPECT_THAT(track.genres, ElementsAre("dream pop", "lo-fi"));
  EXPECT_EQ(track.label, "Wick");
  EXPECT_FLOAT_EQ(track.features[Feature::kLoudness], -8.5F);
  EXPECT_FLOAT_EQ(track.features[Feature::kTimeSignature], 4.0F);
  EXPECT_FLOAT_EQ(track.features[Feature::kInstrumentalness], 0.0F);
  EXPECT_FALSE(track.features_estimated);
  EXPECT_THAT(track.playlists, IsEmpty());
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST(Importer, OlderExportifyHasBareIdsTabsInItsHeaderAndTightCommas) {
  const Imported result = import_text(
      lines({"Track ID,Track Name,Album Name,Artist Name(s),Release Date,Duration (ms),Popularity,"
             "Added By,Added At,Genres,Record Label,\t\t\t\t" +
                 std::string(kFeatureHeader),
             std::string(kId) + ",Rain,Wet,\"Ada Vane,Moth, The Lamp\",1987,1000,5,,,,undefined," +
                 std::string(kFeatureCells)}));
  EXPECT_EQ(result.format, "exportify");
  ASSERT_EQ(result.tracks.size(), 1u);
  EXPECT_EQ(result.tracks[0].spotify_id, kId);
  EXPECT_THAT(result.tracks[0].artists, ElementsAre("Ada Vane", "Moth, The Lamp"));
  EXPECT_EQ(result.tracks[0].release_date, "1987");
  EXPECT_EQ(result.tracks[0].label, "");
  EXPECT_FLOAT_EQ(result.tracks[0].features[Feature::kDanceability], 0.5F);
}

TEST(Importer, TheFirstExportifyJoinedArtistsWithCommaAndBlank) {
  const Imported result = import_text(
      lines({"Spotify URI,Track Name,Album Name,Duration (ms),Popularity,Release Date,"
             "Artist Name(s),Added By,Added At",
             "spotify:track:" + std::string(kId) + ",Rain,Wet,1000,5,1987-02,\"Ada Vane, Bo\",,"}));
  EXPECT_EQ(result.format, "exportify");
  EXPECT_THAT(result.tracks.at(0).artists, ElementsAre("Ada Vane", "Bo"));
}

TEST(Importer, ExportifyAppEscapesCommas) {
  const Imported result = import_text(lines(
      {"\"Track URI\",\"Track Name\",\"Artist URI(s)\",\"Artist Name(s)\",\"Album URI\",\"Album "
       "Name\",\"Album Artist URI(s)\",\"Album Artist Name(s)\",\"Album Release Date\",\"Track "
       "Duration (ms)\",\"Explicit\",\"Popularity\",\"Artist Genres\",\"Album Genres\"",
       "\"spotify:track:" + std::string(kId) +
           "\",\"Rain\",\"x, y\",\"Moth\\, The Lamp, Ada Vane\",\"z\",\"Wet\",\"q\",\"Others\","
           "\"2001-05-06\",\"90000\",\"false\",\"7\",\"folk,art folk\",\"chamber\""}));
  EXPECT_EQ(result.format, "exportify-app");
  const Track& track = result.tracks.at(0);
  EXPECT_THAT(track.artists, ElementsAre("Moth, The Lamp", "Ada Vane"));
  EXPECT_THAT(track.genres, ElementsAre("folk", "art folk", "chamber"));
  EXPECT_EQ(track.year, 2001);
  EXPECT_EQ(track.duration_ms, 90000);
  EXPECT_EQ(track.is_explicit, false);
}

TEST(Importer, KagglePlaylistsBecomePlaylistAndGenres) {
  const Imported result = import_text(
      lines({"energy,playlist_genre,track_artist,track_popularity,uri,track_album_name,"
             "playlist_name,track_id,track_name,track_album_release_date,playlist_subgenre,id",
             "0.6,rock,\"Ada Vane, Bo\",51,x,Wet,\"Rain, Steam & Speed\"," + std::string(kId) +
                 ",Rain,1994-02,Classic,y"}));
  EXPECT_EQ(result.format, "kaggle");
  const Track& track = result.tracks.at(0);
  EXPECT_EQ(track.spotify_id, kId);
  EXPECT_THAT(track.artists, ElementsAre("Ada Vane", "Bo"));
  EXPECT_THAT(track.playlists, ElementsAre("Rain, Steam & Speed"));
  EXPECT_THAT(track.genres, ElementsAre("rock", "classic"));
  EXPECT_EQ(track.release_date, "1994-02");
}

TEST(Importer, OneSemicolonInAFileShowsThatCommasBelongToNames) {
  const Imported result = import_text(
      lines({"track_name,track_artist,playlist_name", "Rain,Ada;Bo,", "Snow,\"Moth, The Lamp\","}));
  EXPECT_THAT(result.tracks.at(1).artists, ElementsAre("Moth, The Lamp"));
}

TEST(Importer, OtherKaggleSetsHaveListsAndUnnamedColumns) {
  const Imported lists = import_text(lines(
      {"id,name,popularity,duration_ms,explicit,artists,id_artists,release_date,energy",
       std::string(kId) + ",Rain,5,1000,1,\"['Ada Vane', \"\"Bo's\"\"]\",\"['x']\",1920,0.5"}));
  EXPECT_EQ(lists.format, "kaggle");
  EXPECT_THAT(lists.tracks.at(0).artists, ElementsAre("Ada Vane", "Bo's"));
  EXPECT_EQ(lists.tracks.at(0).is_explicit, true);
  const Imported unnamed = import_text(lines({",track_id,artists,album_name,track_name,track_genre",
                                              "0," + std::string(kId) + ",A;B,Wet,Rain,emo"}));
  EXPECT_EQ(unnamed.format, "kaggle");
  EXPECT_THAT(unnamed.tracks.at(0).genres, ElementsAre("emo"));
}

TEST(Importer, TopHitsHaveNoIds) {
  const Imported result =
      import_text(lines({"artist,song,duration_ms,explicit,year,popularity,genre",
                         "\"Moth, The Lamp\",Rain,1000,False,2004,3,\"rock, Folk/Acoustic\""}));
  EXPECT_EQ(result.format, "top-hits");
  const Track& track = result.tracks.at(0);
  EXPECT_EQ(track.spotify_id, "");
  EXPECT_EQ(track.year, 2004);
  EXPECT_THAT(track.artists, ElementsAre("Moth, The Lamp"));
  EXPECT_THAT(track.genres, ElementsAre("rock", "folk/acoustic"));
}

TEST(Importer, AlbumFilesAreReadWithoutTheirQueries) {
  const Imported result = import_text(
      lines({"artist,title,year_released,rating,review,genre,query,album_id",
             "Ada Vane,Wet,1999,7.1,\"A damp, slow record.\",Folk / Rock,secret words,17"}));
  EXPECT_EQ(result.format, "albums");
  const Album& album = result.albums.at(0);
  EXPECT_EQ(album.id, "17");
  EXPECT_EQ(album.title, "Wet");
  EXPECT_THAT(album.artists, ElementsAre("Ada Vane"));
  EXPECT_EQ(album.year, 1999);
  EXPECT_EQ(album.description, "A damp, slow record.");
  EXPECT_THAT(album.genres, ElementsAre("folk", "rock"));
  EXPECT_THAT(album.descriptors, IsEmpty());
}

TEST(Importer, DescribedAlbumsUniteTheirGenresPrimaryOnesFirst) {
  const Imported result = import_text(
      lines({"title,artist,year,release_type,genres,secondary_genres,descriptors",
             "Wet,Ada Vane,1999,album,\"Art Rock, Folk\",\"Drone, Folk\",\"Rainy, cold\""}));
  EXPECT_EQ(result.format, "albums");
  EXPECT_THAT(result.albums.at(0).genres, ElementsAre("art rock", "folk", "drone"));
  EXPECT_THAT(result.albums.at(0).descriptors, ElementsAre("rainy", "cold"));
}

TEST(Importer, AListOfAlbumsNeedsNoMoreThanTwoColumns) {
  const Imported result = import_text(lines({"Artist;Album;Year", "Ada Vane;Wet;1999.0"}));
  EXPECT_EQ(result.format, "albums");
  EXPECT_EQ(result.albums.at(0).title, "Wet");
  EXPECT_EQ(result.albums.at(0).year, 1999);
}

TEST(Importer, GenericSongFilesAreFoundByTheirColumns) {
  const Imported result = import_text(
      lines({"Title\tArtist\tAlbum\tLength\tTempo", "Rain\tAda Vane\tWet\t3:20\t92,5"}));
  EXPECT_EQ(result.format, "generic");
  EXPECT_EQ(result.tracks.at(0).duration_ms, 200000);
  EXPECT_FLOAT_EQ(result.tracks.at(0).features[Feature::kTempo], 92.5F);
}

TEST(Importer, EstimatedFeaturesAreMarkedAsSuch) {
  const Imported result =
      import_text(lines({"Track Name,Album Name,Artist Name(s),Description,Energy,Features Source",
                         "Rain,Wet,Ada Vane,Drips.,0.2,estimate"}));
  EXPECT_TRUE(result.tracks.at(0).features_estimated);
  EXPECT_EQ(result.tracks.at(0).description, "Drips.");
}

TEST(Importer, FeaturesThatCannotBeAreMissingWithAWarning) {
  const Imported result = import_text(lines(
      {"title,artist,energy,danceability,tempo,popularity", "Rain,Ada Vane,1.7,loud,95,250"}));
  const Track& track = result.tracks.at(0);
  EXPECT_FALSE(track.features.has(Feature::kEnergy));
  EXPECT_FALSE(track.features.has(Feature::kDanceability));
  EXPECT_TRUE(track.features.has(Feature::kTempo));
  EXPECT_FALSE(track.popularity.has_value());
  ASSERT_EQ(result.warnings.size(), 3u);
  EXPECT_EQ(result.warnings[2].column, "energy");
  EXPECT_THAT(result.warnings[2].reason, HasSubstr("'1.7'"));
}

TEST(Importer, ValuesThatMeanNoneFoundAreMissingWithoutAWarning) {
  const Imported result = import_text(
      lines({"title,artist,key,tempo,time_signature,energy,year", "Rain,Ada,-1,0.0,0,0,0000"}));
  const Track& track = result.tracks.at(0);
  EXPECT_FALSE(track.features.has(Feature::kKey));
  EXPECT_FALSE(track.features.has(Feature::kTempo));
  EXPECT_FALSE(track.features.has(Feature::kTimeSignature));
  EXPECT_TRUE(track.features.has(Feature::kEnergy));
  EXPECT_EQ(track.year, 0);
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST(Importer, AnAnalysisOfNothingButZerosIsMissing) {
  const Imported result = import_text(
      lines({"title,artist," + std::string(kFeatureHeader), "Rain,Ada,0,0,0,0,0,0,0,0,0,0,0,4",
             "Snow,Ada,0,0,0,0,0,0,0,0,0,0.1,0,4"}));
  EXPECT_FALSE(result.tracks.at(0).features.any());
  EXPECT_TRUE(result.tracks.at(1).features.has(Feature::kEnergy));
}

TEST(Importer, ARowShortByItsFeaturesHasNone) {
  const Imported result = import_text(lines(
      {exportify_header(), "spotify:track:" + std::string(kId) + ",Rain,Wet,Ada,2000,1,2,true,,,,",
       "x,Snow,Wet,Ada"}));
  EXPECT_FALSE(result.tracks.at(0).features.any());
  ASSERT_EQ(result.warnings.size(), 1u) << "a row short by anything else is worth a warning";
  EXPECT_THAT(result.warnings[0].reason, HasSubstr("4 of 24"));
}

TEST(Importer, RowsThatCannotBeUsedAreRejectedWithColumnAndReason) {
  const Imported result =
      import_text(lines({"Track Name,Album Name,Artist Name(s)", "undefined,Wet,Ada",
                         "Rain,Wet,Ada,and more", "Rain,Wet,Ada,,"}));
  ASSERT_EQ(result.rejected.size(), 2u);
  EXPECT_EQ(result.rejected[0].column, "Track Name");
  EXPECT_THAT(result.rejected[0].reason, HasSubstr("no title"));
  EXPECT_THAT(result.rejected[1].reason, HasSubstr("4 cells where the header has 3"));
  EXPECT_EQ(result.tracks.size(), 1u) << "empty cells behind the last column do no harm";
}

TEST(Importer, AWithdrawnSongKeepsItsIdAndItsFeatures) {
  const Imported result =
      import_text(lines({"Track URI,Track Name,Artist Name(s),Energy",
                         "spotify:track:" + std::string(kId) + ",,,0.25"}));
  ASSERT_EQ(result.tracks.size(), 1u);
  EXPECT_EQ(result.tracks[0].id, kId);
  EXPECT_EQ(result.tracks[0].features[Feature::kEnergy], 0.25F);
}

TEST(Importer, TextIsMadeValidAndFreeOfNulBytes) {
  const Imported result = import_text(std::string("title,artist\nRa\xFFin\0,A\tB\n", 24));
  EXPECT_EQ(result.tracks.at(0).title, "Ra\xEF\xBF\xBDin");
  EXPECT_THAT(result.tracks.at(0).artists, ElementsAre("A B"));
}

TEST(Importer, AnUnknownHeaderIsOneErrorThatNamesItsColumns) {
  const Imported result = import_text(lines({"colour,size", "red,3"}));
  EXPECT_THAT(result.error, HasSubstr("colour, size"));
  EXPECT_THAT(result.error, HasSubstr("Track Name"));
  EXPECT_THAT(import_text("title,artist\n", "mp3").error, HasSubstr("exportify, exportify-app"));
}

TEST(Importer, TheFormatCanBeForced) {
  const std::string text = lines({"title,artist,year", "Wet,Ada Vane,1999"});
  EXPECT_EQ(import_text(text).format, "generic");
  EXPECT_EQ(import_text(text, "albums").albums.size(), 1u);
  EXPECT_THAT(import_text("colour,size\n", "kaggle").error, HasSubstr("needs a title column"));
}

}  // namespace
}  // namespace spotisearch

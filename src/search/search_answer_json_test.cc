#include "search/search_answer_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace spotisearch {
namespace {

using nlohmann::json;

// Every feature has mean 10 and deviation 2.
FeatureScaler scaler() {
  std::array<double, kFeatureCount> mean{};
  std::array<double, kFeatureCount> deviation{};
  mean.fill(10);
  deviation.fill(2);
  return {mean, deviation};
}

SearchAnswer<Track> one_song() {
  Track track;
  track.id = track.spotify_id = "0123456789abcdefghijAB";
  track.title = "Paper <b>Boats</b>";
  track.artists = {"The Harbour", "Ünal"};
  track.album = "Low Tide";
  track.year = 1998;
  track.genres = {"dream pop"};
  track.features[Feature::kEnergy] = 0.7F;
  track.features_estimated = true;
  SearchAnswer<Track> answer;
  answer.hits.push_back({track, 0.8125, {{"text", "words near yours", 0.75}}});
  answer.took = std::chrono::microseconds(1234);
  answer.notes = {"1 of 3 songs pass the filters"};
  return answer;
}

TEST(SearchAnswerJsonTest, ASongCarriesWhatAListenerNeeds) {
  const json answer = json::parse(to_json(one_song(), "rain \"outside\"", scaler()));
  EXPECT_EQ(answer["query"], "rain \"outside\"");
  EXPECT_EQ(answer["kind"], "songs");
  EXPECT_EQ(answer["took_ms"], 1.234);
  EXPECT_EQ(answer["notes"], json({"1 of 3 songs pass the filters"}));
  EXPECT_FALSE(answer.contains("mood"));
  const json& song = answer["results"][0];
  EXPECT_EQ(song["rank"], 1);
  EXPECT_EQ(song["title"], "Paper <b>Boats</b>");
  EXPECT_EQ(song["artists"], json({"The Harbour", "Ünal"}));
  EXPECT_EQ(song["year"], 1998);
  EXPECT_EQ(song["score"], 0.8125);
  EXPECT_EQ(song["features"]["energy"], 0.7);
  EXPECT_TRUE(song["features"]["tempo"].is_null());
  EXPECT_EQ(song["features_estimated"], true);
  EXPECT_EQ(song["spotify_url"], "https://open.spotify.com/track/0123456789abcdefghijAB");
  EXPECT_EQ(song["reasons"][0]["weight"], 0.75);
}

TEST(SearchAnswerJsonTest, WhatIsNotKnownIsNullOrAbsent) {
  SearchAnswer<Track> answer;
  answer.hits.resize(1);
  const json song = json::parse(to_json(answer, "q", scaler()))["results"][0];
  EXPECT_TRUE(song["year"].is_null());
  EXPECT_TRUE(song["features"].is_null());
  EXPECT_FALSE(song.contains("spotify_url"));
  EXPECT_EQ(song["artists"], json::array());
}

TEST(SearchAnswerJsonTest, MoodIsInNaturalUnits) {
  SearchAnswer<Track> answer;
  answer.mood.emplace();
  answer.mood->mean.fill(1.5F);
  answer.mood->spread.fill(0.5F);
  const json mood = json::parse(to_json(answer, "q", scaler()))["mood"];
  ASSERT_EQ(mood.size(), kFeatureCount);
  EXPECT_EQ(mood["tempo"]["value"], 13.0);
  EXPECT_EQ(mood["tempo"]["spread"], 1.0);
}

TEST(SearchAnswerJsonTest, AnAlbumIsItsOwnTitle) {
  SearchAnswer<Album> answer;
  Album album;
  album.id = "al:7";
  album.title = "Low Tide";
  album.descriptors = {"melancholic"};
  answer.hits.push_back({album, 0.5, {}});
  const json parsed = json::parse(to_json(answer, "sea"));
  EXPECT_EQ(parsed["kind"], "albums");
  EXPECT_EQ(parsed["results"][0]["album"], "Low Tide");
  EXPECT_EQ(parsed["results"][0]["descriptors"], json({"melancholic"}));
}

TEST(SearchAnswerJsonTest, BytesThatAreNotUtf8AreReplaced) {
  auto answer = one_song();
  answer.hits[0].item.title = "caf\xe9";
  EXPECT_EQ(json::parse(to_json(answer, "q", scaler()))["results"][0]["title"], "caf\uFFFD");
}

TEST(SearchAnswerJsonTest, InfoCountsCoverage) {
  LibraryInfo info;
  info.counts.tracks = 3;
  info.counts.per_feature[static_cast<std::size_t>(Feature::kTempo)] = 2;
  info.encoder_dimension = 384;
  const json parsed = json::parse(to_json(info));
  EXPECT_EQ(parsed["songs"], 3);
  EXPECT_EQ(parsed["coverage"]["songs_per_feature"]["tempo"], 2);
  EXPECT_EQ(parsed["model"]["dimension"], 384);
  EXPECT_FALSE(parsed.contains("folder"));
}

}  // namespace
}  // namespace spotisearch

// The search engine over a library that was really indexed; src/search itself does not know the
// indexer, so these tests cannot stand beside it.
#include "search/search_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include "text/normalise.h"
#include "tiny_library.h"

namespace spotisearch {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr SearchMode kModes[] = {SearchMode::kBlend, SearchMode::kFeatures, SearchMode::kText,
                                 SearchMode::kKeywords};

SearchQuery asking(std::string text, SearchMode mode = SearchMode::kBlend, int k = 10) {
  SearchQuery query;
  query.text = std::move(text);
  query.mode = mode;
  query.k = k;
  return query;
}

template <class Item>
std::vector<std::string> titles(const SearchAnswer<Item>& answer) {
  std::vector<std::string> found;
  for (const Hit<Item>& hit : answer.hits) found.push_back(hit.item.title);
  return found;
}

class SearchEngineTest : public TinyLibraryTest {
 protected:
  void SetUp() override {
    TinyLibraryTest::SetUp();
    engine_ = open();
  }
  void TearDown() override {
    engine_.reset();
    TinyLibraryTest::TearDown();
  }

  SearchAnswer<Track> songs(const SearchQuery& query) {
    auto answer = engine_->songs(query);
    EXPECT_TRUE(answer) << query.text << ": " << answer.error().message;
    return std::move(answer).value_or(SearchAnswer<Track>());
  }
  SearchAnswer<Album> albums(const SearchQuery& query) {
    auto answer = engine_->albums(query);
    EXPECT_TRUE(answer) << query.text << ": " << answer.error().message;
    return std::move(answer).value_or(SearchAnswer<Album>());
  }
  std::vector<std::string> songs_with(const Filters& filters) {
    SearchQuery query = asking("anything at all");
    query.filters = filters;
    return titles(songs(query));
  }

  std::unique_ptr<SearchEngine> engine_;
};

TEST_F(SearchEngineTest, WordsFindTheirSongInEveryModeThatReadsThem) {
  for (const SearchMode mode : {SearchMode::kBlend, SearchMode::kText, SearchMode::kKeywords}) {
    EXPECT_EQ(titles(songs(asking("marching brass band trumpets", mode))).at(0), "Parade");
    EXPECT_EQ(titles(songs(asking("solo piano rain", mode))).at(0), "Rain Window");
  }
}

TEST_F(SearchEngineTest, FeaturesModeOrdersBySoundAlone) {
  const auto wild = titles(songs(asking("wild", SearchMode::kFeatures)));
  EXPECT_THAT((std::vector<std::string>{wild.at(0), wild.at(1)}),
              UnorderedElementsAre("Parade", "Saw"));
  EXPECT_EQ(titles(songs(asking("calm", SearchMode::kFeatures))).at(0), "Rain Window");
}

TEST_F(SearchEngineTest, ABlendHearsTheMoodThatNoWordOfTheSongSpeaksOf) {
  // The same bag of words, so that the sound alone tells them apart.
  put(TinySong("Door Blue", {"Someone"}).sounds(0.95F, 119));
  put(TinySong("Blue Door", {"Someone"}).sounds(0.1F, 119));
  index();
  SearchQuery query = asking("calm");
  query.filters.artist = "Someone";
  EXPECT_THAT(titles(songs(query)), ElementsAre("Blue Door", "Door Blue"));
  query.text = "wild";
  EXPECT_THAT(titles(songs(query)), ElementsAre("Door Blue", "Blue Door"));
  query.mode = SearchMode::kText;
  const auto by_text = songs(query);
  EXPECT_EQ(by_text.hits.at(0).score, by_text.hits.at(1).score);
}

TEST_F(SearchEngineTest, TellsWhatTheQueryWasTakenToSoundLike) {
  const auto wild = songs(asking("wild"));
  ASSERT_TRUE(wild.mood);
  EXPECT_GT(wild.mood->mean[static_cast<std::size_t>(Feature::kEnergy)], 0.5F);
}

TEST_F(SearchEngineTest, KeywordsModeFindsOnlyWhatHasTheWords) {
  EXPECT_THAT(titles(songs(asking("metal", SearchMode::kKeywords))), ElementsAre("Saw"));
  EXPECT_THAT(titles(songs(asking("xylophone", SearchMode::kKeywords))), IsEmpty());
}

TEST_F(SearchEngineTest, AnswersKResultsBestFirst) {
  for (const SearchMode mode : {SearchMode::kBlend, SearchMode::kText}) {
    for (const int k : {1, 3, 6}) {
      const auto answer = songs(asking("rain at night", mode, k));
      EXPECT_THAT(answer.hits, SizeIs(k));
      for (std::size_t i = 1; i < answer.hits.size(); ++i) {
        EXPECT_GE(answer.hits[i - 1].score, answer.hits[i].score);
      }
    }
    EXPECT_THAT(songs(asking("rain at night", mode, 1000)).hits, SizeIs(6)) << "all there are";
  }
}

TEST_F(SearchEngineTest, AShorterListIsTheHeadOfALongerOne) {
  const auto all = titles(songs(asking("calm piano", SearchMode::kBlend, 6)));
  const auto two = titles(songs(asking("calm piano", SearchMode::kBlend, 2)));
  EXPECT_THAT(two, ElementsAre(all.at(0), all.at(1)));
}

TEST_F(SearchEngineTest, MistakesAreNamed) {
  const auto code = [&](const SearchQuery& query) {
    const auto answer = engine_->songs(query);
    const auto of_albums = engine_->albums(query);
    EXPECT_FALSE(of_albums);
    return answer ? ErrorCode::kInternal : answer.error().code;
  };
  EXPECT_EQ(code(asking("")), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(asking(" \t\n")), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(asking("rain", SearchMode::kBlend, 0)), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code(asking("rain", SearchMode::kBlend, -5)), ErrorCode::kInvalidArgument);
  SearchQuery years = asking("rain");
  years.filters.year_from = 2000;
  years.filters.year_to = 1999;
  EXPECT_EQ(code(years), ErrorCode::kInvalidArgument);
  EXPECT_THAT(engine_->songs(years).error().message, HasSubstr("year"));
  SearchQuery tempos = asking("rain");
  tempos.filters.tempo_from = 120.0;
  tempos.filters.tempo_to = 90.0;
  EXPECT_EQ(code(tempos), ErrorCode::kInvalidArgument);
  EXPECT_THAT(engine_->songs(tempos).error().message, HasSubstr("tempo"));
}

TEST_F(SearchEngineTest, AlbumsHaveNeitherFeaturesModeNorExplicitness) {
  EXPECT_EQ(engine_->albums(asking("rain", SearchMode::kFeatures)).error().code,
            ErrorCode::kInvalidArgument);
  SearchQuery query = asking("rain");
  query.filters.is_explicit = false;
  EXPECT_EQ(engine_->albums(query).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SearchEngineTest, OddQueriesAreStillQueries) {
  for (const std::string& text :
       {std::string("\"unbalanced"), std::string("AND OR NOT NEAR("), std::string("*"),
        std::string("title:rain^2 -night"), std::string("the of and"),
        std::string("雨の夜 🌧"), std::string("\xff\xfe broken \xc3"),
        std::string("'; DROP TABLE tracks; --"), std::string("a\0b", 3), std::string(100'000, 'r'),
        std::string("?!?")}) {
    for (const SearchMode mode : kModes) songs(asking(text, mode));
    albums(asking(text));
  }
  EXPECT_THAT(songs(asking("rain")).hits, SizeIs(6));
}

TEST_F(SearchEngineTest, EachFilterKeepsWhatMeetsIt) {
  const auto with = [&](const std::function<void(Filters&)>& set) {
    Filters filters;
    set(filters);
    return songs_with(filters);
  };
  EXPECT_THAT(with([](Filters& f) { f.year_from = 2005; }), UnorderedElementsAre("Parade", "Saw"));
  EXPECT_THAT(with([](Filters& f) { f.year_to = 2004; }),
              UnorderedElementsAre("Rain Window", "Night Bus"));
  EXPECT_THAT(with([](Filters& f) { f.year_from = f.year_to = 2010; }), ElementsAre("Parade"));
  EXPECT_THAT(with([](Filters& f) { f.genre = "Dream Pop"; }), ElementsAre("Night Bus"));
  EXPECT_THAT(with([](Filters& f) { f.genre = "piano"; }), ElementsAre("Rain Window"));
  EXPECT_THAT(with([](Filters& f) { f.artist = "ada vane"; }),
              UnorderedElementsAre("Rain Window", "Parade", "Two Moons"));
  EXPECT_THAT(with([](Filters& f) { f.is_explicit = true; }), ElementsAre("Parade"));
  EXPECT_THAT(with([](Filters& f) { f.is_explicit = false; }), ElementsAre("Saw"));
  EXPECT_THAT(with([](Filters& f) { f.tempo_from = 150; }), UnorderedElementsAre("Parade", "Saw"));
  EXPECT_THAT(with([](Filters& f) { f.tempo_to = 70; }), ElementsAre("Rain Window"));
  EXPECT_THAT(with([](Filters& f) { f.year_to = 2011, f.tempo_from = 100; }),
              ElementsAre("Parade"));
}

TEST_F(SearchEngineTest, FiltersHoldInEveryMode) {
  for (const SearchMode mode : kModes) {
    SearchQuery query = asking("wild metal ambient folk band", mode);
    query.filters.year_to = 2004;
    for (const TrackHit& hit : songs(query).hits) EXPECT_LE(hit.item.year, 2004);
  }
}

TEST_F(SearchEngineTest, FiltersThatNothingMeetsLeaveNothingAndSaySo) {
  for (const SearchMode mode : kModes) {
    SearchQuery query = asking("rain", mode);
    query.filters.genre = "zydeco";
    const auto answer = songs(query);
    EXPECT_THAT(answer.hits, IsEmpty());
    EXPECT_THAT(answer.notes, ElementsAre("0 of 7 songs pass the filters"));
  }
  SearchQuery query = asking("rain");
  query.filters.artist = "Nobody Else";
  EXPECT_THAT(albums(query).hits, IsEmpty());
}

TEST_F(SearchEngineTest, OneSongUnderTwoIdsIsShownOnce) {
  for (const SearchMode mode : kModes) {
    const auto found = titles(songs(asking("folk two moons wild", mode)));
    EXPECT_EQ(std::ranges::count(found, "Two Moons"), 1) << static_cast<int>(mode);
  }
}

TEST_F(SearchEngineTest, ASongWithoutFeaturesIsNeitherFirstNorLost) {
  for (const char* text : {"calm", "wild", "a wild night", "something else entirely"}) {
    const auto found = titles(songs(asking(text)));
    EXPECT_NE(found.at(0), "Blank") << text;
    EXPECT_THAT(found, Contains("Blank"));
    EXPECT_THAT(titles(songs(asking(text, SearchMode::kFeatures))), Not(Contains("Blank")));
  }
  EXPECT_EQ(titles(songs(asking("blank nobody"))).at(0), "Blank");
}

TEST_F(SearchEngineTest, AlbumsAreFoundByTheirWords) {
  EXPECT_EQ(titles(albums(asking("lonely nocturnal tide"))).at(0), "Night Ferry");
  EXPECT_EQ(titles(albums(asking("angry drums like dropped pans"))).at(0), "Kettle Riot");
  EXPECT_THAT(titles(albums(asking("foghorn", SearchMode::kKeywords))), ElementsAre("Night Ferry"));
  EXPECT_THAT(titles(albums(asking("rain"))), Contains("Low Tide")) << "made from its songs";
}

TEST_F(SearchEngineTest, SimilarLeavesTheSongItselfOut) {
  for (const std::string name : {"rain", "bus", "parade", "saw", "moons1", "moons2"}) {
    const auto answer = engine_->similar_songs(spotify_id(name), 10);
    ASSERT_TRUE(answer) << answer.error().message;
    std::set<std::string> seen;
    for (const TrackHit& hit : answer->hits) {
      EXPECT_NE(hit.item.id, spotify_id(name));
      EXPECT_TRUE(seen.insert(hit.item.title).second) << hit.item.title << " twice";
    }
    EXPECT_THAT(answer->hits, SizeIs(5)) << "its twin is the same song";
  }
}

TEST_F(SearchEngineTest, SimilarTakesUrisAndLinks) {
  const auto bare = titles(engine_->similar_songs(spotify_id("rain"), 3).value());
  for (const std::string& id :
       {"spotify:track:" + spotify_id("rain"),
        "https://open.spotify.com/track/" + spotify_id("rain") + "?si=0123"}) {
    const auto answer = engine_->similar_songs(id, 3);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(titles(*answer), bare);
  }
}

TEST_F(SearchEngineTest, SimilarWorksForASongWithoutFeatures) {
  const std::string id =
      titles(songs(asking("blank"))).at(0) == "Blank" ? songs(asking("blank")).hits[0].item.id : "";
  const auto answer = engine_->similar_songs(id, 3);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(titles(*answer), Not(Contains("Blank")));
  EXPECT_THAT(answer->hits, SizeIs(3));
}

TEST_F(SearchEngineTest, SimilarAlbumsLeaveTheAlbumItselfOut) {
  const auto answer = engine_->similar_albums("night-ferry", 10);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(titles(*answer), Not(Contains("Night Ferry")));
  EXPECT_THAT(answer->hits, Not(IsEmpty()));
}

TEST_F(SearchEngineTest, UnknownIdsAreNotFound) {
  for (const std::string& id :
       {std::string(), std::string("x"), spotify_id("unknown"), std::string("night-ferry"),
        std::string("t-0000000000000000"), std::string("\xff")}) {
    EXPECT_EQ(engine_->similar_songs(id, 3).error().code, ErrorCode::kNotFound) << id;
  }
  EXPECT_EQ(engine_->similar_albums(spotify_id("rain"), 3).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(engine_->similar_songs(spotify_id("rain"), 0).error().code,
            ErrorCode::kInvalidArgument);
}

/// The items of "a, b and c" after the first colon.
std::vector<std::string> listed(const std::string& reason) {
  std::string list = reason.substr(reason.find(": ") + 2);
  if (const auto at = list.rfind(" and "); at != std::string::npos) list.replace(at, 5, ", ");
  std::vector<std::string> items;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(", ", begin), list.size());
    items.push_back(list.substr(begin, end - begin));
    begin = end + 2;
  }
  return items;
}

std::string all_text(const Track& track) {
  std::string text = track.title + " " + track.album + " " + track.description;
  for (const auto* list : {&track.artists, &track.genres, &track.playlists}) {
    for (const std::string& item : *list) text += " " + item;
  }
  return normalise_for_matching(text);
}

std::string all_text(const Album& album) {
  std::string text = album.title + " " + album.description;
  for (const auto* list : {&album.artists, &album.genres, &album.descriptors}) {
    for (const std::string& item : *list) text += " " + item;
  }
  return normalise_for_matching(text);
}

template <class Item>
void expect_true(const Hit<Item>& hit, std::size_t& keywords, std::size_t& terms) {
  double weights = 0;
  for (const Reason& reason : hit.reasons) {
    EXPECT_FALSE(reason.text.empty());
    EXPECT_GE(reason.weight, 0.0);
    EXPECT_LE(reason.weight, 1.0 + 1e-6);
    weights += reason.weight;
    if (reason.signal == "keywords") {
      for (const std::string& word : listed(reason.text)) {
        ++keywords;
        EXPECT_THAT(all_text(hit.item), HasSubstr(normalise_for_matching(word)));
      }
    } else if (reason.text.starts_with("genre")) {
      for (const std::string& genre : listed(reason.text)) {
        ++terms;
        EXPECT_THAT(hit.item.genres, Contains(genre));
      }
    }
  }
  EXPECT_LE(weights, 1.0 + 1e-6);
}

TEST_F(SearchEngineTest, ReasonsAreTrueOfWhatTheyAreGivenFor) {
  std::size_t keywords = 0;
  std::size_t terms = 0;
  for (const char* text : {"solo piano in the rain", "brass band trumpets, wild", "metal", "calm",
                           "dream pop on the night bus", "indie folk by ada vane", "slow tide",
                           "harbour lamps and drums", "lonely ambient night"}) {
    for (const SearchMode mode : kModes) {
      for (const TrackHit& hit : songs(asking(text, mode)).hits) expect_true(hit, keywords, terms);
      if (mode == SearchMode::kFeatures) continue;
      for (const AlbumHit& hit : albums(asking(text, mode)).hits) {
        expect_true(hit, keywords, terms);
        for (const Reason& reason : hit.reasons) {
          if (!reason.text.starts_with("described as")) continue;
          for (const auto& word : listed(reason.text)) {
            EXPECT_THAT(hit.item.descriptors, Contains(word));
          }
        }
      }
    }
  }
  EXPECT_GT(keywords, 20U);
  EXPECT_GT(terms, 5U) << "genres are never given as a reason";
}

TEST_F(SearchEngineTest, SoundIsAReasonWhereTheSongHasIt) {
  const auto answer = songs(asking("wild", SearchMode::kFeatures));
  std::string said;
  for (const Reason& reason : answer.hits.at(0).reasons) said += reason.text + "; ";
  EXPECT_THAT(said, HasSubstr("intense"));
  for (const TrackHit& hit : answer.hits) {
    for (const Reason& reason : hit.reasons) {
      if (hit.item.features[Feature::kEnergy] < 0.5F) {
        EXPECT_THAT(reason.text, Not(HasSubstr("intense")));
      }
    }
  }
}

TEST_F(SearchEngineTest, AMissingLibraryIsNotFoundAndNotCreated) {
  const auto nowhere = folder_ / "nowhere";
  const auto engine = SearchEngine::open(nowhere, models());
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(nowhere));
}

TEST_F(SearchEngineTest, ALibraryOfAnotherEncoderSaysHowToRebuildIt) {
  SearchEngine::Models other = models();
  other.encoder = std::make_shared<FakeTextEncoder>("another model");
  const auto engine = SearchEngine::open(folder_, other);
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(engine.error().message, HasSubstr("import"));
}

TEST_F(SearchEngineTest, AMoodHeadForOtherVectorsIsRefused) {
  write_mood_model(folder_ / "wide", 2 * FakeTextEncoder::kDimension, {});
  SearchEngine::Models wrong = models();
  wrong.mood = std::make_shared<const MoodHead>(MoodHead::open(folder_ / "wide").value());
  const auto engine = SearchEngine::open(folder_, wrong);
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SearchEngineTest, AnEncoderThatFailsFailsTheSearchAlone) {
  encoder_->fail_after(0);
  EXPECT_EQ(engine_->songs(asking("rain")).error().code, ErrorCode::kUnavailable);
  encoder_->succeed();
  EXPECT_TRUE(engine_->songs(asking("rain")));
}

TEST_F(SearchEngineTest, AnEmptyLibraryHasNoResults) {
  const auto empty = folder_ / "empty";
  auto catalog = Catalog::open(empty).value();
  ASSERT_TRUE(index_library(catalog, empty, {.encoder = *encoder_, .scaler = mood_->scaler()}, {}));
  const auto engine = SearchEngine::open(empty, models());
  ASSERT_TRUE(engine) << engine.error().message;
  for (const SearchMode mode : kModes) {
    const auto answer = (*engine)->songs(asking("rain", mode));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_THAT(answer->hits, IsEmpty());
  }
  EXPECT_TRUE((*engine)->albums(asking("rain")));
}

TEST_F(SearchEngineTest, NewVectorsAreSearchedWithoutBeingAsked) {
  put(TinySong("Zither Dawn", {"Ada Vane"}).genres({"zither"}));
  EXPECT_THAT(titles(songs(asking("zither dawn"))), Not(Contains("Zither Dawn")));
  index();
  EXPECT_EQ(titles(songs(asking("zither dawn"))).at(0), "Zither Dawn");
}

TEST_F(SearchEngineTest, VectorsThatCannotBeReadLeaveTheGoodOnesInUse) {
  std::ofstream(folder_ / "vectors" / "CURRENT") << "spotisearch-vectors 1 77\n";
  EXPECT_FALSE(engine_->refresh());
  EXPECT_THAT(songs(asking("rain")).hits, SizeIs(6));
  std::ofstream(folder_ / "vectors" / "CURRENT") << "rubbish";
  EXPECT_FALSE(engine_->refresh());
  EXPECT_THAT(songs(asking("rain")).hits, SizeIs(6));
}

TEST_F(SearchEngineTest, AnAlbumThatIsGoneBeforeItsVectorsAreIsLeftOut) {
  const auto put_by = [&](const std::string& artist) {
    Track track = song_on("Patchwork", "Song of " + artist, artist, 1998);
    track.release_date = "1998-05-01";
    put(track);
  };
  for (const char* artist : {"Ada", "Ben", "Cleo", "Dov"}) put_by(artist);
  index();
  const std::size_t before = albums(asking("patchwork", SearchMode::kBlend, 50)).hits.size();
  put_by("Edda");  // so many artists on one day: it was a compilation, and the four albums go
  ASSERT_TRUE(catalog_->build_albums_from_tracks());
  const auto answer = engine_->albums(asking("patchwork", SearchMode::kBlend, 50));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_LT(answer->hits.size(), before);
  index();
  EXPECT_THAT(titles(albums(asking("patchwork", SearchMode::kBlend, 50))), Contains("Patchwork"));
}

TEST_F(SearchEngineTest, AnswersWhileAnImportReplacesTheVectors) {
  std::atomic<bool> done = false;
  std::atomic<int> answered = 0;
  const auto search = [&] {
    while (!done) {
      const auto answer = engine_->songs(asking("calm solo piano rain", SearchMode::kBlend, 3));
      ASSERT_TRUE(answer) << answer.error().message;
      ASSERT_EQ(answer->hits.size(), 3U);
      EXPECT_EQ(answer->hits[0].item.title, "Rain Window");
      ASSERT_TRUE(engine_->albums(asking("harbour")));
      ++answered;
    }
  };
  std::thread first(search);
  std::thread second(search);
  for (int i = 0; i < 15; ++i) {
    for (int j = 0; j < 20; ++j) {
      put(TinySong("Filler " + std::to_string(20 * i + j), {"Someone"}).album("Shelf"));
    }
    index();
  }
  done = true;
  first.join();
  second.join();
  EXPECT_GT(answered, 0);
  EXPECT_EQ(engine_->info()->track_vectors, 307U);
}

TEST_F(SearchEngineTest, ManyThreadsGetTheAnswersThatOneGets) {
  const std::vector<std::string> texts = {"calm rain", "wild brass", "night bus", "metal saw"};
  std::vector<std::vector<std::string>> expected;
  for (const std::string& text : texts) expected.push_back(titles(songs(asking(text))));
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 40; ++i) {
        const std::size_t which = (t + i) % texts.size();
        const auto answer = engine_->songs(asking(texts[which]));
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(titles(*answer), expected[which]);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(SearchEngineTest, InfoCountsWhatIsThere) {
  const auto info = engine_->info();
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_EQ(info->folder, folder_);
  EXPECT_EQ(info->counts.tracks, 7);
  EXPECT_EQ(info->track_vectors, 7U);
  EXPECT_EQ(info->counts.tracks_with_any_feature, 6);
  EXPECT_EQ(info->counts.albums_with_description, 2);
  EXPECT_EQ(static_cast<std::size_t>(info->counts.albums), info->album_vectors);
  EXPECT_GT(info->database_bytes, 0U);
  EXPECT_GT(info->vector_bytes, 0U);
  EXPECT_EQ(info->encoder_dimension, FakeTextEncoder::kDimension);
}

}  // namespace
}  // namespace spotisearch

#include "ingest/indexer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "catalog/library_fixture.h"
#include "encoder/fake_text_encoder.h"
#include "index/vector_set.h"
#include "knowledge/knowledge_coverage.h"
#include "knowledge/knowledge_fixture.h"
#include "knowledge/own_knowledge.h"
#include "mood/mood_fixture.h"
#include "vectors/dot.h"

namespace spotisearch {
namespace {

FeatureScaler scaler() {
  std::array<double, kFeatureCount> mean{};
  std::array<double, kFeatureCount> deviation{};
  mean.fill(0.5);
  deviation.fill(0.25);
  return {mean, deviation};
}

class IndexerTest : public LibraryTest {
 protected:
  /// Nothing is known about music, and missing features stay missing.
  IndexModels models(const TextEncoder& encoder) const {
    return {.encoder = encoder, .scaler = scaler_};
  }
  Result<IndexReport> try_index(const TextEncoder& encoder) {
    return index_library(*catalog_, folder_, models(encoder), {});
  }
  IndexReport index(const TextEncoder& encoder) {
    EXPECT_TRUE(catalog_->build_albums_from_tracks());
    auto report = try_index(encoder);
    EXPECT_TRUE(report) << report.error().message;
    return report.value_or(IndexReport());
  }
  VectorSet vectors() {
    auto set = open_vector_set(folder_);
    EXPECT_TRUE(set) << set.error().message;
    return std::move(set).value();
  }
  float closeness(std::int64_t row, const std::string& text) {
    const VectorSet set = vectors();
    const auto position = set.tracks->position_of(row);
    if (!position) {
      ADD_FAILURE() << "song " << row << " has no vector";
      return 0;
    }
    return dot(set.tracks->matrix().row(*position), encoder_.vector_of(text));
  }
  std::vector<std::string> files() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "vectors")) {
      names.push_back(entry.path().filename());
    }
    std::ranges::sort(names);
    return names;
  }

  static Track with_genres(Track track, std::vector<std::string> genres) {
    track.genres = std::move(genres);
    return track;
  }

  FakeTextEncoder encoder_;
  FeatureScaler scaler_ = scaler();
};

TEST_F(IndexerTest, EverySongAndAlbumGetsAVector) {
  put(song_on("Low Tide", "Paper Boats", "The Harbour"));
  put(song("Rain", {"Ada Vane"}));
  put(record_by("Night Ferry", "Ada Vane", "night-ferry"));
  const IndexReport report = index(encoder_);
  EXPECT_EQ(report.tracks, 2U);
  EXPECT_EQ(report.albums, 2U);
  EXPECT_EQ(report.changed, 4U);
  const VectorSet set = vectors();
  EXPECT_EQ(set.tracks->rows(), 2U);
  EXPECT_EQ(set.albums->rows(), 2U);
  EXPECT_EQ(set.tracks->generation(), catalog_->generation().value());
  EXPECT_EQ(set.tracks->hashes().size(), 2U);
  EXPECT_EQ(set.features->hashes()[0], catalog_->match_hashes(set.tracks->ids()).value()[0]);
}

TEST_F(IndexerTest, AVectorIsNearItsSongsWords) {
  const auto rain = row_of_put(with_genres(song("Rain", {"Ada Vane"}), {"ambient", "drone"}));
  index(encoder_);
  EXPECT_GT(closeness(rain, "ambient drone"), 0.5F);
  EXPECT_GT(closeness(rain, "rain by ada vane"), 0.5F);
}

TEST_F(IndexerTest, FeaturesAreStandardisedAndMissingOnesStayMissing) {
  Track track = song("Rain", {"Ada Vane"});
  track.features[Feature::kEnergy] = 1.0F;
  put(track);
  index(encoder_);
  const VectorSet set = vectors();
  const auto row = set.features->matrix().row(0);
  EXPECT_FLOAT_EQ(row[static_cast<std::size_t>(Feature::kEnergy)], 2.0F);
  EXPECT_TRUE(std::isnan(row[static_cast<std::size_t>(Feature::kValence)]));
}

TEST_F(IndexerTest, TheSecondRunDoesNothing) {
  put(with_genres(song("Rain", {"Ada Vane"}), {"ambient"}));
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, models(encoder_)).value());
  index(encoder_);
  EXPECT_FALSE(needs_indexing(*catalog_, folder_, models(encoder_)).value());
  const auto encoded = encoder_.texts_encoded();
  const auto sequence = vectors().sequence;
  const IndexReport again = index(encoder_);
  EXPECT_EQ(again.tracks, 1U);
  EXPECT_EQ(again.changed, 0U);
  EXPECT_EQ(again.texts_encoded, 0U);
  EXPECT_EQ(encoder_.texts_encoded(), encoded);
  EXPECT_EQ(vectors().sequence, sequence);
}

TEST_F(IndexerTest, UnchangedSongsKeepTheirVectors) {
  for (int i = 0; i < 50; ++i) put(song("Song " + std::to_string(i), {"Ada Vane"}));
  index(encoder_);
  const auto before = encoder_.texts_encoded();
  const auto old = vectors();
  const auto fresh = row_of_put(song("Rain", {"Ada Vane"}));
  const IndexReport report = index(encoder_);
  EXPECT_EQ(report.tracks, 51U);
  EXPECT_EQ(report.changed, 1U);
  EXPECT_EQ(encoder_.texts_encoded() - before, 1U);  // there is no genre
  const auto now = vectors();
  for (std::size_t i = 0; i < 50; ++i) {
    ASSERT_TRUE(std::ranges::equal(old.tracks->matrix().row(i), now.tracks->matrix().row(i)));
  }
  EXPECT_GT(closeness(fresh, "rain by ada vane"), 0.99F);
}

TEST_F(IndexerTest, ASongThatLearnsAGenreIsEncodedAgain) {
  const auto rain = row_of_put(song("Rain", {"Ada Vane"}));
  put(song("Snow", {"Ada Vane"}));
  index(encoder_);
  EXPECT_LT(closeness(rain, "zydeco"), 0.4F);
  put(with_genres(song("Rain", {"Ada Vane"}), {"zydeco"}));
  const IndexReport report = index(encoder_);
  EXPECT_EQ(report.changed, 1U);
  EXPECT_GT(closeness(rain, "zydeco"), 0.5F);
  const auto found = catalog_->search_keywords(Collection::kTracks, "zydeco", {}, 5).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].row, rain);
}

TEST_F(IndexerTest, ASongThatLearnsOnlyAFeatureGetsItWithoutEncoding) {
  put(song("Rain", {"Ada Vane"}));
  index(encoder_);
  const auto before = encoder_.texts_encoded();
  Track track = song("Rain", {"Ada Vane"});
  track.features[Feature::kTimeSignature] = 4.0F;  // of which no word speaks
  put(track);
  EXPECT_EQ(index(encoder_).changed, 0U);
  EXPECT_EQ(encoder_.texts_encoded(), before);
  EXPECT_FALSE(std::isnan(vectors().features->matrix().row(0)[11]));
}

TEST_F(IndexerTest, AnAlbumThatIsGoneHasNoVector) {
  const auto put_by = [&](const std::string& artist) {
    Track track = song_on("Low Tide", "Song of " + artist, artist, 1998);
    track.release_date = "1998-05-01";
    put(track);
  };
  for (const char* artist : {"Ada", "Ben", "Cleo", "Dov"}) put_by(artist);
  index(encoder_);
  ASSERT_EQ(vectors().albums->rows(), 4U);
  put_by("Edda");  // so many artists on one day: it was a compilation
  EXPECT_EQ(index(encoder_).albums, 1U);
  ASSERT_EQ(all_albums().size(), 1U);
  ASSERT_EQ(vectors().albums->rows(), 1U);
  EXPECT_TRUE(vectors().albums->position_of(all_albums()[0].row));
}

TEST_F(IndexerTest, AnotherEncoderMakesAllVectorsAnew) {
  put(song("Rain", {"Ada Vane"}));
  put(song("Snow", {"Ada Vane"}));
  index(encoder_);
  const FakeTextEncoder other("another model");
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, models(other)).value());
  EXPECT_EQ(index(other).changed, 2U);
  EXPECT_EQ(other.texts_encoded(), 2U);
  EXPECT_FALSE(needs_indexing(*catalog_, folder_, models(other)).value());
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, models(encoder_)).value());
}

TEST_F(IndexerTest, OtherStatisticsStandardiseTheFeaturesAnew) {
  put(song("Rain", {"Ada Vane"}));
  index(encoder_);
  std::array<double, kFeatureCount> mean{};
  std::array<double, kFeatureCount> deviation{};
  deviation.fill(1.0);
  const FeatureScaler other(mean, deviation);
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, {.encoder = encoder_, .scaler = other}).value());
  ASSERT_TRUE(index_library(*catalog_, folder_, {.encoder = encoder_, .scaler = other}, {}));
  EXPECT_FALSE(needs_indexing(*catalog_, folder_, {.encoder = encoder_, .scaler = other}).value());
  EXPECT_EQ(vectors().features->fingerprint(), other.fingerprint());
}

TEST_F(IndexerTest, WhatIsKnownAboutAnArtistMakesItsSongs) {
  const Knowledge knowledge = tiny_knowledge();
  const auto row = row_of_put(song("Low Tide", {"Ropewalkers"}));
  index(encoder_);
  const float before = closeness(row, "hushed lonely slowcore");
  const IndexModels knowing{.encoder = encoder_, .scaler = scaler_, .knowledge = &knowledge};
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, knowing).value());
  EXPECT_EQ(index_library(*catalog_, folder_, knowing, {}).value().changed, 1U);
  EXPECT_FALSE(needs_indexing(*catalog_, folder_, knowing).value());
  EXPECT_GT(closeness(row, "hushed lonely slowcore"), before);
  EXPECT_EQ(catalog_->search_keywords(Collection::kTracks, "harmonium", {}, 5).value().size(), 1U);
}

TEST_F(IndexerTest, OwnKnowledgeChangesTheSongsItSpeaksOf) {
  const auto spoken_of = row_of_put(song("Low Tide", {"Paper Boats"}));
  put(song("Rain", {"Ada Vane"}));
  index(encoder_);
  const auto csv = folder_ / "mine.csv";
  std::ofstream(csv) << "artist,moods\npaper boats,stormy\n";
  ASSERT_TRUE(add_own_knowledge(folder_, std::span(&csv, 1)));
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, models(encoder_)).value());
  EXPECT_EQ(index(encoder_).changed, 1U);
  EXPECT_GT(closeness(spoken_of, "stormy"), 0.2F);
  EXPECT_GT(vectors().terms->rows(), 0U);  // so that reasons can cite "stormy"
}

TEST_F(IndexerTest, CountsWhatIsKnown) {
  const Knowledge knowledge = tiny_knowledge();
  put(song("One", {"Ropewalkers"}));
  put(with_genres(song("Two", {"Nobody"}), {"synth-pop"}));
  put(with_genres(song("Three", {"Nobody"}), {"unheard of"}));
  ASSERT_TRUE(index_library(*catalog_, folder_,
                            {.encoder = encoder_, .scaler = scaler_, .knowledge = &knowledge}, {}));
  const auto coverage =
      KnowledgeCoverage::from_setting(catalog_->setting(KnowledgeCoverage::kSetting).value());
  EXPECT_EQ(coverage.known_artist, 1);
  EXPECT_EQ(coverage.known_genre, 1);
  EXPECT_EQ(coverage.known_neither, 1);
  EXPECT_EQ(coverage.estimated_features, 0);
}

TEST_F(IndexerTest, MissingFeaturesArePredictedAndMarked) {
  write_mood_model(folder_ / "head", FakeTextEncoder::kDimension, {});
  const MoodHead head = MoodHead::open(folder_ / "head").value();
  Track measured = song("One", {"A"});
  measured.features[Feature::kEnergy] = 0.84F;  // one deviation above the mean
  const auto row = row_of_put(measured);
  const IndexModels predicting{
      .encoder = encoder_, .scaler = head.scaler(), .song_features = &head};
  ASSERT_TRUE(index_library(*catalog_, folder_, predicting, {}));
  const VectorSet set = vectors();
  const auto values = set.features->matrix().row(set.features->position_of(row).value());
  ASSERT_EQ(values.size(), kFeatureColumns);
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const bool is_measured = i == static_cast<std::size_t>(Feature::kEnergy);
    EXPECT_NEAR(values[i], is_measured ? 1.0F : 0.0F, 1e-5F) << kFeatureNames[i];
    EXPECT_EQ(values[kFeatureCount + i] > 0, !is_measured) << kFeatureNames[i];
  }
  const auto coverage =
      KnowledgeCoverage::from_setting(catalog_->setting(KnowledgeCoverage::kSetting).value());
  EXPECT_EQ(coverage.estimated_features, 1);
  // Without the head they are missing again.
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, models(encoder_)).value());
}

TEST_F(IndexerTest, AHeadForOtherVectorsOrStatisticsIsRefused) {
  put(song("One", {"A"}));
  write_mood_model(folder_ / "head", FakeTextEncoder::kDimension, {});
  write_mood_model(folder_ / "wide", 2 * FakeTextEncoder::kDimension, {});
  const MoodHead head = MoodHead::open(folder_ / "head").value();
  const MoodHead wide = MoodHead::open(folder_ / "wide").value();
  for (const IndexModels& wrong :
       {IndexModels{.encoder = encoder_, .scaler = scaler_, .song_features = &head},
        IndexModels{.encoder = encoder_, .scaler = wide.scaler(), .song_features = &wide}}) {
    const auto report = index_library(*catalog_, folder_, wrong, {});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(report.error().message.find("song_features"), std::string::npos);
  }
}

TEST_F(IndexerTest, WhatAnInterruptedRunHalfDidIsDoneOver) {
  const auto row = row_of_put(song("Low Tide", {"Paper Boats"}));
  index(encoder_);
  const auto csv = folder_ / "mine.csv";
  std::ofstream(csv) << "artist,moods\npaper boats,stormy\n";
  ASSERT_TRUE(add_own_knowledge(folder_, std::span(&csv, 1)));
  // The song is encoded and its keywords are stored; then the encoder fails at the terms.
  encoder_.fail_after(1);
  ASSERT_FALSE(try_index(encoder_));
  encoder_.succeed();
  ASSERT_TRUE(forget_own_knowledge(folder_));
  EXPECT_TRUE(needs_indexing(*catalog_, folder_, models(encoder_)).value());
  index(encoder_);
  EXPECT_FALSE(needs_indexing(*catalog_, folder_, models(encoder_)).value());
  EXPECT_TRUE(catalog_->search_keywords(Collection::kTracks, "stormy", {}, 5).value().empty());
  EXPECT_LT(closeness(row, "stormy"), 0.1F);
}

TEST_F(IndexerTest, ANumberLostIsNotUsedAgain) {
  put(song("Rain", {"Ada Vane"}));
  index(encoder_);
  const auto before = vectors().sequence;
  std::filesystem::remove(folder_ / "vectors" / "CURRENT");
  index(encoder_);
  EXPECT_GT(vectors().sequence, before);
}

TEST_F(IndexerTest, AnEncoderThatFailsLeavesTheOldGenerationInForce) {
  for (int i = 0; i < 5000; ++i) put(song("Song " + std::to_string(i), {"Ada Vane"}));
  index(encoder_);
  const auto files_before = files();
  put(song("Rain", {"Ada Vane"}));
  FakeTextEncoder failing("another model");  // so that more than one batch is to be encoded
  failing.fail_after(1);
  const auto failed = try_index(failing);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(vectors().sequence, 1);
  EXPECT_EQ(vectors().tracks->rows(), 5000U);
  EXPECT_TRUE(vectors().tracks->verify());
  EXPECT_EQ(files(), files_before) << "left something behind";
  EXPECT_EQ(index(encoder_).changed, 1U);
  EXPECT_EQ(vectors().tracks->rows(), 5001U);
}

TEST_F(IndexerTest, DamagedVectorsAreMadeAnew) {
  put(song("Rain", {"Ada Vane"}));
  index(encoder_);
  for (const char* name : {"tracks-000001.vec", "terms-000001.vec", "CURRENT"}) {
    std::filesystem::resize_file(folder_ / "vectors" / name, 5);
    EXPECT_EQ(index(encoder_).changed, 1U) << name;
    EXPECT_EQ(vectors().tracks->rows(), 1U) << name;
    std::filesystem::remove_all(folder_ / "vectors");
    index(encoder_);
  }
}

TEST_F(IndexerTest, AnEmptyLibraryHasEmptyVectors) {
  const IndexReport report = index(encoder_);
  EXPECT_EQ(report.tracks + report.albums, 0U);
  EXPECT_EQ(vectors().tracks->rows(), 0U);
}

TEST_F(IndexerTest, TellsItsProgressToTheEnd) {
  put(song("Rain", {"Ada Vane"}));
  std::vector<std::pair<std::size_t, std::size_t>> told;
  IndexOptions options;
  options.progress = [&](std::size_t done, std::size_t total) { told.emplace_back(done, total); };
  ASSERT_TRUE(index_library(*catalog_, folder_, models(encoder_), options));
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front(), (std::pair<std::size_t, std::size_t>(0, 1)));
  EXPECT_EQ(told.back(), (std::pair<std::size_t, std::size_t>(1, 1)));
}

TEST_F(IndexerTest, TwoAtOnceRunOneAfterTheOther) {
  for (int i = 0; i < 300; ++i) put(song("Song " + std::to_string(i), {"Ada Vane"}));
  const auto run = [&] {
    auto catalog = Catalog::open(folder_);
    ASSERT_TRUE(catalog) << catalog.error().message;
    const auto report = index_library(*catalog, folder_, models(encoder_), {});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->tracks, 300U);
  };
  std::thread other(run);
  run();
  other.join();
  EXPECT_EQ(vectors().sequence, 1) << "the second had nothing to do";
  EXPECT_TRUE(vectors().tracks->verify());
}

}  // namespace
}  // namespace spotisearch

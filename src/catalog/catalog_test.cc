#include "catalog/catalog.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "catalog/database.h"
#include "catalog/library_fixture.h"

namespace spotisearch {
namespace {

using ::testing::HasSubstr;

class CatalogTest : public LibraryTest {};

Status put_songs(Catalog& catalog, int count) {
  for (int i = 0; i < count; ++i) {
    Track track =
        song_on("Album " + std::to_string(i % 100), "Song " + std::to_string(i), "Artist");
    track.genres = {"rock"};
    SPOTISEARCH_TRY(catalog.upsert_track(track));
    SPOTISEARCH_TRY(
        catalog.set_keyword_text(Collection::kTracks, track.row, {track.title, "", "", ""}));
  }
  return catalog.build_albums_from_tracks();
}

TEST_F(CatalogTest, AFailedTransactionLeavesNothing) {
  const Status failed = catalog_->transaction([&]() -> Status {
    SPOTISEARCH_TRY(put_songs(*catalog_, 10));
    return fail(ErrorCode::kInvalidArgument, "line 11 is odd");
  });
  EXPECT_EQ(failed.error().message, "line 11 is odd");
  EXPECT_EQ(catalog_->counts()->tracks, 0);
  EXPECT_EQ(catalog_->generation().value(), 0);
  // Names numbered in the lost transaction are numbered anew.
  ASSERT_TRUE(catalog_->transaction([&] { return put_songs(*catalog_, 10); }));
  Filters rock;
  rock.genre = "rock";
  EXPECT_EQ((**catalog_->filter(Collection::kTracks, rock)).size(), 10u);
}

TEST_F(CatalogTest, AnExceptionRollsBackToo) {
  EXPECT_THROW((void)catalog_->transaction([&]() -> Status {
    EXPECT_TRUE(put_songs(*catalog_, 1));
    throw std::runtime_error("the caller's own");
  }),
               std::runtime_error);
  EXPECT_EQ(catalog_->counts()->tracks, 0);
  EXPECT_TRUE(catalog_->transaction([&] { return put_songs(*catalog_, 1); }));
}

TEST_F(CatalogTest, AnInnerTransactionJoinsTheOuterAndDoomsIt) {
  const Status failed = catalog_->transaction([&]() -> Status {
    SPOTISEARCH_TRY(put_songs(*catalog_, 1));
    (void)catalog_->transaction([]() -> Status { return fail(ErrorCode::kIo, "inner"); });
    return {};
  });
  EXPECT_EQ(failed.error().message, "inner");
  EXPECT_EQ(catalog_->counts()->tracks, 0);
}

TEST_F(CatalogTest, TheGenerationRisesOncePerTransactionThatChangedSomething) {
  ASSERT_TRUE(catalog_->transaction([&] { return put_songs(*catalog_, 5); }));
  EXPECT_EQ(catalog_->generation().value(), 1);
  ASSERT_TRUE(catalog_->transaction([&] { return put_songs(*catalog_, 5); }));
  EXPECT_EQ(catalog_->generation().value(), 1);
  put(song("New", {"B"}));
  EXPECT_EQ(catalog_->generation().value(), 2);
  ASSERT_TRUE(catalog_->set_setting("encoder", "mini"));
  EXPECT_EQ(catalog_->generation().value(), 2);
}

TEST_F(CatalogTest, AReaderSeesTheOldStateUntilTheWriterIsDone) {
  put(song("Old", {"A"}));
  const auto reader = Catalog::open_read_only(folder_).value();
  ASSERT_TRUE(catalog_->transaction([&]() -> Status {
    SPOTISEARCH_TRY(put_songs(*catalog_, 2000));
    EXPECT_EQ(reader.counts()->tracks, 1);
    EXPECT_EQ(catalog_->counts()->tracks, 2001);
    return {};
  }));
  EXPECT_EQ(reader.counts()->tracks, 2001);
  EXPECT_EQ(reader.search_keywords(Collection::kTracks, "1999", {}, 5)->size(), 1u);
}

TEST_F(CatalogTest, ASecondWriterThatWaitsInVainIsToldSo) {
  auto second = Database::open(folder_ / "library.db", Database::Access::kReadWrite).value();
  second->set_busy_timeout(std::chrono::milliseconds(10));
  ASSERT_TRUE(catalog_->transaction([&]() -> Status {
    const Status refused = second->execute("BEGIN IMMEDIATE");
    EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
    EXPECT_THAT(refused.error().message, HasSubstr("another process is writing"));
    return {};
  }));
  EXPECT_TRUE(second->execute("BEGIN IMMEDIATE; ROLLBACK"));
}

TEST_F(CatalogTest, AKilledImportLeavesNothingAndCanBeRunAgain) {
  put(song("Old", {"A"}));
  catalog_.reset();
  const pid_t child = ::fork();
  if (child == 0) {
    auto catalog = Catalog::open(folder_);
    if (!catalog) ::_exit(1);
    (void)catalog->transaction([&]() -> Status {
      // Enough for SQLite to have written pages of the unfinished transaction to its log.
      (void)put_songs(*catalog, 20'000);
      ::kill(::getpid(), SIGKILL);
      return {};
    });
    ::_exit(2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));

  catalog_ = std::make_unique<Catalog>(Catalog::open(folder_).value());
  EXPECT_EQ(catalog_->counts()->tracks, 1);
  EXPECT_TRUE(catalog_->search_keywords(Collection::kTracks, "song", {}, 5)->empty());
  ASSERT_TRUE(catalog_->transaction([&] { return put_songs(*catalog_, 50); }));
  EXPECT_EQ(catalog_->counts()->tracks, 51);
  EXPECT_EQ(catalog_->counts()->albums, 50);
  catalog_.reset();
  auto database = Database::open(folder_ / "library.db", Database::Access::kReadOnly).value();
  EXPECT_EQ(database
                ->number("SELECT count(*) FROM pragma_integrity_check "
                         "WHERE integrity_check <> 'ok'")
                .value(),
            0);
}

TEST_F(CatalogTest, CountsTellWhatIsKnown) {
  Track measured = song("Measured", {"A"});
  measured.genres = {"pop"};
  measured.features.values.fill(0.5f);
  put(measured);
  Track estimated = song("Estimated", {"A"});
  estimated.features[Feature::kTempo] = 90;
  estimated.features_estimated = true;
  put(estimated);
  put(song("Nothing", {"A"}));
  Album album = record_by("Album", "A");
  album.description = "Words.";
  put(album);
  const CatalogCounts counts = catalog_->counts().value();
  EXPECT_EQ(counts.tracks, 3);
  EXPECT_EQ(counts.tracks_with_genres, 1);
  EXPECT_EQ(counts.tracks_with_all_features, 1);
  EXPECT_EQ(counts.tracks_with_any_feature, 2);
  EXPECT_EQ(counts.tracks_with_measured_features, 1);
  EXPECT_EQ(counts.per_feature[static_cast<std::size_t>(Feature::kTempo)], 2);
  EXPECT_EQ(counts.per_feature[static_cast<std::size_t>(Feature::kKey)], 1);
  EXPECT_EQ(counts.albums, 1);
  EXPECT_EQ(counts.albums_with_description, 1);
  EXPECT_EQ(counts.albums_with_descriptors, 0);
}

TEST_F(CatalogTest, AnImportedFileIsRemembered) {
  EXPECT_FALSE(catalog_->was_imported("abc").value());
  ASSERT_TRUE(catalog_->record_import("abc", "liked.csv", "exportify"));
  ASSERT_TRUE(catalog_->record_import("abc", "copy.csv", "exportify"));
  EXPECT_TRUE(catalog_->was_imported("abc").value());
}

}  // namespace
}  // namespace spotisearch

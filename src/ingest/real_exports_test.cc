// Every real file at hand, row by row; skipped where the shared data are not there.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "ingest/import_files.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

struct Expected {
  std::string path;
  std::string format;
  std::int64_t read;
  std::int64_t rejected;
};

class RealExportsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* const set = std::getenv("SPOTISEARCH_SHARED");
    shared_ = set != nullptr ? set : SPOTISEARCH_SHARED_DIR;
    if (!fs::exists(shared_ / "data" / "songs")) GTEST_SKIP() << "no data in " << shared_;
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// Imports into a new library.
  ImportReport import(const std::string& path, CatalogCounts* counts = nullptr) {
    fs::remove_all(folder_);
    auto catalog = Catalog::open(folder_);
    EXPECT_TRUE(catalog.has_value());
    const std::vector<fs::path> paths = {shared_ / path};
    ImportReport report = import_files(*catalog, paths).value();
    EXPECT_TRUE(report.status().has_value()) << report.status().error().message;
    if (counts != nullptr) *counts = catalog->counts().value();
    return report;
  }

  void check(const Expected& expected) {
    const ImportReport report = import(expected.path);
    EXPECT_EQ(report.files.at(0).format, expected.format) << expected.path;
    EXPECT_EQ(report.total.read, expected.read) << expected.path;
    EXPECT_EQ(report.total.rejected, expected.rejected) << format_report(report);
    for (const RowNote& note : report.rejected) {
      EXPECT_GT(note.line, 1u);
      EXPECT_FALSE(note.reason.empty());
    }
  }

  fs::path shared_;
  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(RealExportsTest, EverySongFileIsReadWhole) {
  check({"data/songs/kaggle_high_popularity.csv", "kaggle", 1686, 0});
  check({"data/songs/kaggle_low_popularity.csv", "kaggle", 3145, 0});
  check({"data/songs/top_hits_2000_2019.csv", "top-hits", 2000, 1});
  check({"data/songs/exportify/liked_songs.csv", "exportify", 2389, 0});
  check({"data/songs/liked_songs_processed.csv", "kaggle", 524, 0});
  check({"data/albums/my_albums.csv", "exportify", 1923, 4});
}

TEST_F(RealExportsTest, AHundredPlaylistsAreReadWholeAndNamed) {
  const ImportReport report = import("data/songs/exportify/playlists");
  EXPECT_EQ(report.files.size(), 100u);
  EXPECT_EQ(report.total.read, 18563);
  EXPECT_EQ(report.total.rejected, 0) << format_report(report);
  std::int64_t named = 0;
  for (const FileReport& file : report.files) named += file.playlist.empty() ? 0 : 1;
  EXPECT_EQ(named, 99) << "all but liked_songs.csv";
}

TEST_F(RealExportsTest, EveryAlbumFileIsReadWhole) {
  check({"data/albums/review_albums_dev.csv", "albums", 219, 0});
  check({"data/albums/described_albums_dev.csv", "albums", 6034, 0});
}

TEST_F(RealExportsTest, LibrariesForMeasurementKeepEveryIdAndNameNoPlaylist) {
  CatalogCounts counts;
  EXPECT_EQ(import("eval/albums_review/library.csv", &counts).total.read, 219);
  EXPECT_EQ(counts.albums, 219);
  EXPECT_EQ(import("eval/albums_described/library.csv", &counts).total.read, 6034);
  EXPECT_EQ(counts.albums, 6034);
  const ImportReport songs = import("eval/songs_playlists/library.csv", &counts);
  EXPECT_EQ(songs.total.read, 16471);
  EXPECT_EQ(songs.files.at(0).playlist, "");
  EXPECT_EQ(songs.total.rejected, 0) << "withdrawn songs have an id and features, and no title";
  EXPECT_EQ(counts.tracks, 16471);
}

}  // namespace
}  // namespace spotisearch

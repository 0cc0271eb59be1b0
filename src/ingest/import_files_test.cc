#include "ingest/import_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/mapped_file.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ImportFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "in");
    catalog_.emplace(Catalog::open(folder_ / "library").value());
  }
  void TearDown() override {
    catalog_.reset();
    fs::remove_all(folder_);
  }

  fs::path write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / "in" / name;
    fs::create_directories(path.parent_path());
    EXPECT_TRUE(write_file_atomically(path, text).has_value());
    return path;
  }

  ImportReport import(std::vector<fs::path> paths, const ImportOptions& options = {}) {
    return import_files(*catalog_, paths, options).value();
  }

  std::vector<Track> tracks() {
    std::vector<Track> all;
    EXPECT_TRUE(catalog_->for_each_track(0, [&](const Track& track) -> Status {
      all.push_back(track);
      return {};
    }));
    return all;
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::optional<Catalog> catalog_;
};

const std::string kSongs = "title,artist,album,energy\nRain,Ada Vane,Wet,0.5\nSnow,Ada Vane,Wet,\n";

TEST_F(ImportFilesTest, AFolderIsWalkedAndItsAlbumsAreMade) {
  write("b/songs.csv", kSongs);
  write("a.CSV", "title,artist\nHail,Bo\n");
  write("notes.txt", "not a table");
  write(".hidden.csv", "title,artist\nFog,Bo\n");
  const ImportReport report = import({folder_ / "in"});
  ASSERT_EQ(report.files.size(), 2u);
  EXPECT_EQ(fs::path(report.files[0].file).filename(), "a.CSV");
  EXPECT_EQ(report.total.read, 3);
  EXPECT_EQ(report.total.added, 3);
  EXPECT_EQ(report.total.per_feature[static_cast<std::size_t>(Feature::kEnergy)], 1);
  EXPECT_EQ(catalog_->counts()->tracks, 3);
  EXPECT_EQ(catalog_->counts()->albums, 1);
}

TEST_F(ImportFilesTest, ASecondImportChangesNothing) {
  const fs::path file = write("songs.csv", kSongs);
  import({file});
  const auto generation = catalog_->generation().value();
  const ImportReport again = import({file});
  EXPECT_TRUE(again.files[0].already_imported);
  EXPECT_EQ(again.total.read, 0);
  EXPECT_EQ(catalog_->generation().value(), generation);

  const fs::path copy = write("copy.csv", kSongs + "\n");  // Other bytes, the same songs.
  EXPECT_EQ(import({copy}).total.duplicate, 2);
  EXPECT_EQ(catalog_->counts()->tracks, 2);
}

TEST_F(ImportFilesTest, AFileThatFailsDoesNotStopTheOthers) {
  const fs::path bad = write("bad.csv", "colour,size\nred,3\n");
  const fs::path good = write("good.csv", kSongs);
  const ImportReport report = import({folder_ / "gone.csv", bad, good});
  EXPECT_EQ(report.total.added, 2);
  EXPECT_EQ(report.files[0].error->code, ErrorCode::kNotFound);
  EXPECT_THAT(report.files[1].error->message, HasSubstr("colour, size"));
  EXPECT_FALSE(report.files[2].error.has_value());
  EXPECT_THAT(report.status().error().message, HasSubstr("2 of 3"));
}

TEST_F(ImportFilesTest, RejectedRowsNameFileLineColumnAndReason) {
  const fs::path file =
      write("songs.csv", "title,artist\n\"two\nlines\",A\n,B\n,,\n\n\"never closed,C\nlast,D\n");
  const ImportReport report = import({file});
  ASSERT_EQ(report.rejected.size(), 2u);
  EXPECT_EQ(report.rejected[0].file, file.string());
  EXPECT_EQ(report.rejected[0].line, 4u);
  EXPECT_EQ(report.rejected[0].column, "title");
  EXPECT_EQ(report.rejected[1].line, 7u);
  EXPECT_THAT(report.rejected[1].reason, HasSubstr("never closed"));
  EXPECT_EQ(report.total.read, 4) << "a row of empty cells is no row";
  EXPECT_EQ(report.total.added, 2);
}

TEST_F(ImportFilesTest, OnlyTheFirstThousandRejectedRowsAreKept) {
  std::string text = "title,artist\n";
  for (int i = 0; i < 1500; ++i) text += ",A\n";
  const ImportReport report = import({write("songs.csv", text), write("more.csv", text + ",B\n")});
  EXPECT_EQ(report.rejected.size(), 1000u);
  EXPECT_EQ(report.total.rejected, 3001);
}

TEST_F(ImportFilesTest, ASinglePlaylistExportIsNamedAfterItsPlaylist) {
  const std::string text =
      "Track Name,Album Name,Artist Name(s),Added At\nRain,Wet,Ada Vane,2020\n";
  const ImportReport report = import({write("rainy__evenings_.csv", text)});
  EXPECT_EQ(report.files[0].playlist, "rainy evenings");
  EXPECT_THAT(tracks().at(0).playlists, ElementsAre("rainy evenings"));
}

TEST_F(ImportFilesTest, WholeLibrariesAndRewrittenFilesNameNoPlaylist) {
  const std::string rewritten = "Track Name,Album Name,Artist Name(s)\nRain,Wet,Ada Vane\n";
  const std::string untouched =
      "Track Name,Album Name,Artist Name(s),Added At\nRain,Wet,Ada Vane,2020\n";
  const ImportReport report =
      import({write("rainy_evenings.csv", rewritten), write("Liked_Songs.csv", untouched),
              write("songs.csv", kSongs)});
  for (const FileReport& file : report.files) EXPECT_EQ(file.playlist, "") << file.file;
  EXPECT_THAT(tracks().at(0).playlists, IsEmpty());
}

TEST_F(ImportFilesTest, TheFileNameAsPlaylistCanBeForcedAndForbidden) {
  ImportOptions options;
  options.playlist_from_file_name = true;
  EXPECT_EQ(import({write("dusk.csv", kSongs)}, options).files[0].playlist, "dusk");
  options.playlist_from_file_name = false;
  const std::string text = "Track Name,Album Name,Artist Name(s),Added At\nHail,Wet,Bo,2020\n";
  EXPECT_EQ(import({write("dawn.csv", text)}, options).files[0].playlist, "");
}

TEST_F(ImportFilesTest, TheSameFileForAnotherPlaylistIsAnotherImport) {
  const std::string text =
      "Track Name,Album Name,Artist Name(s),Added At\nRain,Wet,Ada Vane,2020\n";
  const ImportReport report = import({write("dusk.csv", text), write("dawn.csv", text)});
  EXPECT_EQ(report.total.added, 1);
  EXPECT_EQ(report.total.updated, 1);
  EXPECT_THAT(tracks().at(0).playlists, ElementsAre("dusk", "dawn"));
}

TEST_F(ImportFilesTest, ProgressEndsWithEverythingDone) {
  const fs::path a = write("a.csv", kSongs);
  const fs::path b = write("b.csv", "title,artist\nHail,Bo\n");
  ImportOptions options;
  ImportProgress last;
  std::string last_file;
  options.progress = [&](const ImportProgress& progress) {
    EXPECT_GE(progress.bytes_done, last.bytes_done);
    last = progress;
    last_file = progress.file;
  };
  import({a, b}, options);
  EXPECT_EQ(last_file, b.string());
  EXPECT_EQ(last.bytes_done, last.bytes_total);
  EXPECT_EQ(last.bytes_total, fs::file_size(a) + fs::file_size(b));
  EXPECT_EQ(last.rows, 3);
}

TEST_F(ImportFilesTest, NothingToImportIsAnError) {
  EXPECT_EQ(import_files(*catalog_, {}).error().code, ErrorCode::kInvalidArgument);
  const ImportReport report = import({folder_ / "in"});
  EXPECT_EQ(report.files.at(0).error->code, ErrorCode::kNotFound);
}

TEST_F(ImportFilesTest, AnEmptyFileAndAHeaderAloneAreToldApart) {
  const ImportReport report =
      import({write("empty.csv", ""), write("header.csv", "title,artist\n")});
  EXPECT_THAT(report.files[0].error->message, HasSubstr("empty"));
  EXPECT_FALSE(report.files[1].error.has_value());
}

}  // namespace
}  // namespace spotisearch

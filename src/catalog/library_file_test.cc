#include "catalog/library_file.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mapped_file.h"
#include "catalog/library_fixture.h"
#include "catalog/schema.h"

namespace spotisearch {
namespace {

using ::testing::HasSubstr;

class LibraryFileTest : public LibraryTest {
 protected:
  std::filesystem::path file() const { return folder_ / kLibraryFileName; }

  /// Makes library.db anew from SQL.
  void make_database(const std::string& sql) {
    catalog_.reset();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    auto database = Database::open(file(), Database::Access::kReadWrite).value();
    ASSERT_TRUE(database->execute(sql));
  }

  /// Refused both ways, for that reason, without a byte changed.
  void expect_refused(ErrorCode code, const char* reason) {
    const std::string before = read_file(file()).value();
    for (const auto& opened : {Catalog::open(folder_), Catalog::open_read_only(folder_)}) {
      ASSERT_FALSE(opened.has_value());
      EXPECT_EQ(opened.error().code, code);
      EXPECT_THAT(opened.error().message, HasSubstr(reason));
    }
    EXPECT_EQ(read_file(file()).value(), before);
  }
};

TEST_F(LibraryFileTest, WhatWasWrittenIsThereWhenOpenedAgain) {
  put(song("Song", {"A"}));
  ASSERT_TRUE(catalog_->set_setting("encoder", "mini"));
  catalog_.reset();
  catalog_ = std::make_unique<Catalog>(Catalog::open(folder_).value());
  EXPECT_EQ(all_tracks().size(), 1u);
  EXPECT_EQ(catalog_->setting("encoder").value(), "mini");
  EXPECT_EQ(catalog_->setting("unheard of").value(), "");
}

TEST_F(LibraryFileTest, AMissingLibraryIsNotFoundAndNotCreated) {
  catalog_.reset();
  std::filesystem::remove_all(folder_);
  EXPECT_EQ(Catalog::open_read_only(folder_).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(LibraryFileTest, AFileThatIsNoDatabaseIsRefusedUntouched) {
  catalog_.reset();
  for (const std::string& bytes : {std::string("my notes"), std::string(100'000, 'x')}) {
    ASSERT_TRUE(write_file_atomically(file(), bytes));
    expect_refused(ErrorCode::kCorrupt, "no database");
  }
}

TEST_F(LibraryFileTest, AnotherProgramsDatabaseIsRefusedUntouched) {
  make_database("CREATE TABLE bookmarks (url TEXT)");
  expect_refused(ErrorCode::kInvalidArgument, "not a SpotiSearch library");
  make_database("PRAGMA journal_mode = WAL; CREATE TABLE bookmarks (url TEXT)");
  expect_refused(ErrorCode::kInvalidArgument, "not a SpotiSearch library");
}

TEST_F(LibraryFileTest, ANewerSchemaIsRefusedUntouched) {
  catalog_.reset();
  {
    auto database = Database::open(file(), Database::Access::kReadWrite).value();
    ASSERT_TRUE(database->execute("PRAGMA user_version = 3"));
  }
  expect_refused(ErrorCode::kInvalidArgument, "newer version of SpotiSearch");
}

TEST_F(LibraryFileTest, AnOlderSchemaIsBroughtUpToDateByAWriterAndRefusedByAReader) {
  const auto row = row_of_put(song("Low Tide", {"Paper Boats"}));
  catalog_.reset();
  {
    auto database = Database::open(file(), Database::Access::kReadWrite).value();
    ASSERT_TRUE(
        database->execute("DROP TABLE track_words; DROP TABLE album_words;"
                          "CREATE VIRTUAL TABLE track_words USING fts5(title, artists, tags, body);"
                          "CREATE VIRTUAL TABLE album_words USING fts5(title, artists, tags, body);"
                          "PRAGMA user_version = 1"));
  }
  const auto reader = Catalog::open_read_only(folder_);
  ASSERT_FALSE(reader.has_value());
  EXPECT_EQ(reader.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(reader.error().message.find("import"), std::string::npos);

  auto writer = Catalog::open(folder_);
  ASSERT_TRUE(writer.has_value()) << writer.error().message;
  EXPECT_EQ(writer->tracks(std::span(&row, 1)).value().front().title, "Low Tide");
  ASSERT_TRUE(writer->set_keyword_text(Collection::kTracks, row, {.known = "tidal"}));
  EXPECT_EQ(writer->search_keywords(Collection::kTracks, "tidal", {}, 5).value().size(), 1U);
  EXPECT_TRUE(Catalog::open_read_only(folder_));
}

TEST_F(LibraryFileTest, ADamagedDatabaseIsAnErrorAndNoCrash) {
  for (int i = 0; i < 200; ++i) put(song("Song " + std::to_string(i), {"A"}));
  catalog_.reset();
  std::string bytes = read_file(file()).value();
  std::fill(bytes.begin() + 4096, bytes.end(), '\x5a');
  ASSERT_TRUE(write_file_atomically(file(), bytes));
  auto opened = Catalog::open_read_only(folder_);
  if (!opened) return;
  const Status read = opened->for_each_track(0, [](const Track&) -> Status { return {}; });
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::kCorrupt);
}

TEST_F(LibraryFileTest, AFileInPlaceOfTheFolderIsAnIoError) {
  catalog_.reset();
  std::filesystem::remove_all(folder_);
  ASSERT_TRUE(write_file_atomically(folder_, "a file"));
  EXPECT_EQ(Catalog::open(folder_).error().code, ErrorCode::kIo);
}

TEST_F(LibraryFileTest, WritingThroughAReaderIsRefused) {
  auto reader = Catalog::open_read_only(folder_).value();
  Track track = song("Song", {"A"});
  EXPECT_EQ(reader.upsert_track(track).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(reader.set_setting("a", "b").error().code, ErrorCode::kInvalidArgument);
}

// Permissions do not bind root, so the reading is done by a child that has given them up.
int read_as_nobody(const std::filesystem::path& folder) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(3);
    const auto reader = Catalog::open_read_only(folder);
    if (!reader) ::_exit(1);
    const auto counts = reader->counts();
    ::_exit(counts && counts->tracks == 1 ? 0 : 2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(LibraryFileTest, AReadOnlyFolderCanBeRead) {
  put(song("Song", {"A"}));
  catalog_.reset();
  using std::filesystem::perms;
  std::filesystem::permissions(folder_, perms::owner_read | perms::owner_exec | perms::group_read |
                                            perms::group_exec | perms::others_read |
                                            perms::others_exec);
  EXPECT_EQ(read_as_nobody(folder_), 0);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_),
                          std::filesystem::directory_iterator()),
            1);
  std::filesystem::permissions(folder_, perms::owner_all);
}

TEST_F(LibraryFileTest, OddFolderNamesWork) {
  const std::filesystem::path odd = folder_ / "a?b#c%20 é";
  { EXPECT_TRUE(Catalog::open(odd)); }
  EXPECT_TRUE(std::filesystem::exists(odd / kLibraryFileName));
  EXPECT_TRUE(Database::open(odd / kLibraryFileName, Database::Access::kImmutable)
                  .value()
                  ->number("SELECT generation FROM state"));
}

}  // namespace
}  // namespace spotisearch

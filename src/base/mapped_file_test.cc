#include "base/mapped_file.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace spotisearch {
namespace {

class MappedFileTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(MappedFileTest, ReadsBackWhatWasWritten) {
  ASSERT_TRUE(write_file_atomically(folder_ / "a", "hello").has_value());
  ASSERT_TRUE(write_file_atomically(folder_ / "a", "world").has_value());
  EXPECT_EQ(read_file(folder_ / "a").value(), "world");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.new"));
}

TEST_F(MappedFileTest, AnEmptyFileIsAnEmptySpan) {
  ASSERT_TRUE(write_file_atomically(folder_ / "empty", "").has_value());
  EXPECT_TRUE(MappedFile::open(folder_ / "empty")->bytes().empty());
}

TEST_F(MappedFileTest, AMissingFileAndAFolderAreToldApart) {
  EXPECT_EQ(MappedFile::open(folder_ / "none").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(MappedFile::open(folder_).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(MappedFileTest, AFileOverTheLimitIsRefused) {
  ASSERT_TRUE(write_file_atomically(folder_ / "big", "12345").has_value());
  EXPECT_EQ(read_file(folder_ / "big", 4).error().code, ErrorCode::kResourceExhausted);
}

}  // namespace
}  // namespace spotisearch

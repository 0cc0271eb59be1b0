#include "vectors/vector_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>
#include <limits>
#include <vector>

#include "vectors/checksum.h"
#include "vectors/int8_codes.h"
#include "vectors/vector_file_layout.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

namespace layout = vector_file_layout;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Three rows of two numbers: ids 2, 5, 9.
class VectorFileTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  VectorFileContent content() {
    VectorFileContent content;
    content.dimension = 2;
    content.fingerprint = "a tiny encoder";
    content.generation = 41;
    content.ids = ids_;
    content.hashes = hashes_;
    content.row = [this](std::size_t i) { return std::span<const float>(rows_).subspan(2 * i, 2); };
    return content;
  }

  std::string read() {
    std::ifstream in(path_, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  void write(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }

  // Changes the header and makes its checksum right again, as a buggy writer would.
  Result<VectorFile> open_with_header(const std::function<void(layout::Header&)>& change) {
    std::string bytes = read();
    layout::Header header;
    std::memcpy(&header, bytes.data(), sizeof(header));
    change(header);
    header.checksum = layout::header_checksum(
        header, std::as_bytes(std::span(bytes)).subspan(sizeof(header), header.fingerprint_size));
    std::memcpy(bytes.data(), &header, sizeof(header));
    write(bytes);
    return VectorFile::open(path_);
  }

  std::filesystem::path folder_ = std::filesystem::path(::testing::TempDir()) /
                                  ::testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::path path_ = folder_ / "tracks.vec";
  std::vector<std::int64_t> ids_ = {2, 5, 9};
  std::vector<std::uint64_t> hashes_ = {20, 50, 90};
  std::vector<float> rows_ = {1.0f, 0.0f, 0.6f, 0.8f, 0.0f, -1.0f};
};

TEST_F(VectorFileTest, ReadsBackWhatWasWritten) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  const auto file = VectorFile::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->rows(), 3u);
  EXPECT_EQ(file->dimension(), 2u);
  EXPECT_EQ(file->fingerprint(), "a tiny encoder");
  EXPECT_EQ(file->generation(), 41);
  EXPECT_THAT(file->ids(), ElementsAre(2, 5, 9));
  EXPECT_THAT(file->hashes(), ElementsAre(20, 50, 90));
  EXPECT_THAT(file->matrix().row(1), ElementsAre(0.6f, 0.8f));
  EXPECT_FALSE(file->has_codes());
  EXPECT_TRUE(file->verify());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "tracks.vec.new"));
}

TEST_F(VectorFileTest, CodesAreTheRowsToHalfAStep) {
  auto with_codes = content();
  with_codes.with_codes = true;
  ASSERT_TRUE(write_vector_file(path_, with_codes));
  const auto file = VectorFile::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_TRUE(file->has_codes());
  EXPECT_EQ(file->codes().columns, padded_dimension(2));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(file->codes().data) % 64, 0u);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      const float scale = file->scales()[i];
      EXPECT_NEAR(scale * file->codes().row(i)[j], file->matrix().row(i)[j], scale * 0.501f);
    }
  }
  EXPECT_TRUE(file->verify());
}

TEST_F(VectorFileTest, ManyRowsKeepTheirPlace) {  // more than one write buffer of each section
  const std::size_t count = 20'000, dimension = 70;
  ids_.resize(count);
  hashes_.resize(count);
  for (std::size_t i = 0; i < count; ++i) ids_[i] = static_cast<std::int64_t>(3 * i);
  auto many = content();
  many.dimension = dimension;
  many.with_codes = true;
  std::vector<float> row(dimension);
  many.row = [&](std::size_t i) {
    for (std::size_t j = 0; j < dimension; ++j) row[j] = static_cast<float>(i + j);
    return std::span<const float>(row);
  };
  ASSERT_TRUE(write_vector_file(path_, many));
  const auto file = VectorFile::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_TRUE(file->verify());
  EXPECT_EQ(file->matrix().row(19'999)[69], 20'068.0f);
  EXPECT_EQ(file->codes().row(19'999)[69], 127);
}

TEST_F(VectorFileTest, FindsRowsById) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  const auto file = VectorFile::open(path_).value();
  EXPECT_EQ(file.position_of(5), 1u);
  EXPECT_EQ(file.position_of(4), std::nullopt);
  EXPECT_EQ(file.position_of(10), std::nullopt);
}

TEST_F(VectorFileTest, MissingValuesAreKeptButNotCoded) {
  rows_[3] = std::numeric_limits<float>::quiet_NaN();
  auto missing = content();
  ASSERT_TRUE(write_vector_file(path_, missing));
  EXPECT_TRUE(std::isnan(VectorFile::open(path_)->matrix().row(1)[1]));

  missing.with_codes = true;
  const Status status = write_vector_file(path_, missing);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("without codes"));
}

TEST_F(VectorFileTest, AnEmptyLibraryHasAFileToo) {
  ids_.clear();
  hashes_.clear();
  auto none = content();
  none.with_codes = true;
  ASSERT_TRUE(write_vector_file(path_, none));
  const auto file = VectorFile::open(path_);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->rows(), 0u);
  EXPECT_EQ(file->position_of(1), std::nullopt);
  EXPECT_TRUE(file->verify());
}

TEST_F(VectorFileTest, AFailedWriteLeavesTheOldFile) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  auto broken = content();
  broken.generation = 42;
  broken.row = [this](std::size_t i) { return std::span(rows_).first(i == 2 ? 1 : 2); };
  EXPECT_EQ(write_vector_file(path_, broken).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(VectorFile::open(path_)->generation(), 41);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "tracks.vec.new"));
}

TEST_F(VectorFileTest, ContentThatBreaksTheRulesIsRefused) {
  ids_ = {2, 2, 9};
  EXPECT_THAT(write_vector_file(path_, content()).error().message, HasSubstr("must ascend"));
  ids_ = {2, 5};
  EXPECT_THAT(write_vector_file(path_, content()).error().message, HasSubstr("3 text hashes"));
  ids_ = {2, 5, 9};
  auto flat = content();
  flat.dimension = 0;
  EXPECT_EQ(write_vector_file(path_, flat).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(VectorFileTest, OtherFilesAreToldApart) {
  EXPECT_EQ(VectorFile::open(path_).error().code, ErrorCode::kNotFound);
  write(std::string(500, 'x'));
  const auto other = VectorFile::open(path_);
  EXPECT_EQ(other.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(other.error().message, HasSubstr(path_.string()));
  write("");
  EXPECT_EQ(VectorFile::open(path_).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(VectorFileTest, ANewerVersionSaysWhatToDo) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  const auto file = open_with_header([](auto& header) { header.version = 2; });
  EXPECT_EQ(file.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(file.error().message, HasSubstr("update the program"));
}

TEST_F(VectorFileTest, TruncationIsSeen) {
  auto with_codes = content();
  with_codes.with_codes = true;
  ASSERT_TRUE(write_vector_file(path_, with_codes));
  const std::string bytes = read();
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    write(bytes.substr(0, size));
    EXPECT_FALSE(VectorFile::open(path_)) << size;
  }
}

TEST_F(VectorFileTest, EveryDamagedByteIsSeenByVerify) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  const std::string bytes = read();
  layout::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bool in_use = i < sizeof(header) + header.fingerprint_size;
    for (const auto& section : header.sections) {
      in_use |= i >= section.offset && i < section.offset + section.size;
    }
    if (!in_use) continue;  // between the sections
    std::string damaged = bytes;
    damaged[i] ^= 4;
    write(damaged);
    const auto file = VectorFile::open(path_);
    EXPECT_FALSE(file && file->verify()) << "byte " << i;
  }
}

TEST_F(VectorFileTest, CountsThatOverflowAreRefused) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  const std::string intact = read();
  for (const std::uint64_t count : {std::uint64_t{4}, std::uint64_t{1} << 61, ~std::uint64_t{0}}) {
    write(intact);
    const auto file = open_with_header([&](auto& header) {
      header.count = count;
      header.sections[layout::kIds].size = 8 * count;  // wraps
    });
    EXPECT_EQ(file.error().code, ErrorCode::kCorrupt) << count;
  }
  write(intact);
  const auto far = open_with_header(
      [](auto& header) { header.sections[layout::kMatrix].offset = ~std::uint64_t{63}; });
  EXPECT_EQ(far.error().code, ErrorCode::kCorrupt);
}

TEST_F(VectorFileTest, UnsortedIdsAreRefused) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  const std::vector<std::int64_t> unsorted = {5, 2, 9};
  std::uint64_t offset = 0;
  ASSERT_FALSE(open_with_header([&](auto& header) {
    header.sections[layout::kIds].checksum = checksum(std::as_bytes(std::span(unsorted)));
    offset = header.sections[layout::kIds].offset;
  }));
  std::string bytes = read();
  std::memcpy(bytes.data() + offset, unsorted.data(), 24);
  write(bytes);
  const auto opened = VectorFile::open(path_);
  EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(opened.error().message, HasSubstr("ascending"));
}

TEST_F(VectorFileTest, MovingKeepsTheViews) {
  ASSERT_TRUE(write_vector_file(path_, content()));
  VectorFile file = VectorFile::open(path_).value();
  const auto matrix = file.matrix();
  const VectorFile moved = std::move(file);
  EXPECT_EQ(moved.matrix().data, matrix.data);
  EXPECT_EQ(matrix.row(2)[1], -1.0f);
}

}  // namespace
}  // namespace spotisearch

#include "index/vector_set.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

class VectorSetTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "vectors");
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// Two vectors of two numbers; the first number of the first is `sequence`.
  static Status write_one(const fs::path& path, std::int64_t sequence,
                          std::vector<std::int64_t> ids = {3, 5}) {
    const std::vector<std::uint64_t> hashes(ids.size(), 9);
    std::vector<float> row = {static_cast<float>(sequence), 1.0F};
    return write_vector_file(path,
                             {.dimension = 2,
                              .fingerprint = "test",
                              .generation = sequence,
                              .ids = ids,
                              .hashes = hashes,
                              .row = [&](std::size_t) { return std::span<const float>(row); }});
  }

  void write(std::int64_t sequence) {
    const VectorPaths paths = vector_paths(folder_, sequence);
    for (const fs::path& path : {paths.tracks, paths.features, paths.albums, paths.terms}) {
      ASSERT_TRUE(write_one(path, sequence));
    }
  }
  void publish(std::int64_t sequence) {
    write(sequence);
    const Status status = publish_vector_set(folder_, sequence);
    ASSERT_TRUE(status) << status.error().message;
  }
  void damage_manifest(std::string_view bytes) {
    std::ofstream(folder_ / "vectors" / "CURRENT", std::ios::binary | std::ios::trunc) << bytes;
  }
  std::size_t vector_files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder_ / "vectors")) {
      count += entry.path().extension() == ".vec" ? 1 : 0;
    }
    return count;
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     (std::string("VectorSetTest.") +
                      ::testing::UnitTest::GetInstance()->current_test_info()->name() + "." +
                      std::to_string(::getpid()));
};

TEST_F(VectorSetTest, ALibraryWithoutVectorsSaysWhatToDo) {
  EXPECT_EQ(current_vector_sequence(folder_).value(), 0);
  const auto set = open_vector_set(folder_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ErrorCode::kNotFound);
  EXPECT_NE(set.error().message.find("import"), std::string::npos) << set.error().message;
}

TEST_F(VectorSetTest, WrittenButNotPublishedIsNotInForce) {
  publish(1);
  write(2);
  const auto set = open_vector_set(folder_);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->sequence, 1);
  EXPECT_EQ(set->tracks->generation(), 1);
}

TEST_F(VectorSetTest, PublishingPutsInForceAndRemovesTheOld) {
  publish(1);
  publish(2);
  EXPECT_EQ(current_vector_sequence(folder_).value(), 2);
  EXPECT_EQ(vector_files(), 4U);
  const auto set = open_vector_set(folder_);
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(set->sequence, 2);
  ASSERT_NE(set->tracks, nullptr);
  ASSERT_NE(set->features, nullptr);
  ASSERT_NE(set->albums, nullptr);
  ASSERT_NE(set->terms, nullptr);
  EXPECT_EQ(set->terms->rows(), 2U);
}

TEST_F(VectorSetTest, AnOpenSetOutlivesItsFiles) {
  publish(1);
  const auto old = open_vector_set(folder_);
  ASSERT_TRUE(old);
  publish(2);
  EXPECT_FALSE(fs::exists(vector_paths(folder_, 1).tracks));
  EXPECT_EQ(old->tracks->matrix().row(0)[0], 1.0F);
  EXPECT_TRUE(old->tracks->verify());
}

TEST_F(VectorSetTest, ADamagedManifestIsCorruptAndSaysHowToRebuild) {
  publish(1);
  for (const std::string_view bytes :
       {"", "\n", "spotisearch-vectors", "spotisearch-vectors 1 ", "spotisearch-vectors 1 x",
        "spotisearch-vectors 1 0", "spotisearch-vectors 1 -4", "spotisearch-vectors 2 1",
        "spotisearch-vectors 1 99999999999999999999999", "\xff\xfe garbage"}) {
    damage_manifest(bytes);
    const auto set = open_vector_set(folder_);
    ASSERT_FALSE(set) << bytes;
    EXPECT_EQ(set.error().code, ErrorCode::kCorrupt) << bytes;
    EXPECT_NE(set.error().message.find("import again"), std::string::npos) << set.error().message;
  }
  damage_manifest(std::string(100'000, 'x'));
  EXPECT_FALSE(open_vector_set(folder_));
}

TEST_F(VectorSetTest, AMissingFileIsNamed) {
  for (const auto member :
       {&VectorPaths::tracks, &VectorPaths::features, &VectorPaths::albums, &VectorPaths::terms}) {
    publish(1);
    const fs::path path = vector_paths(folder_, 1).*member;
    fs::remove(path);
    const auto set = open_vector_set(folder_);
    ASSERT_FALSE(set);
    EXPECT_NE(set.error().message.find(path.filename().string()), std::string::npos);
  }
}

TEST_F(VectorSetTest, AFileCutShortIsCorrupt) {
  publish(1);
  const fs::path albums = vector_paths(folder_, 1).albums;
  fs::resize_file(albums, fs::file_size(albums) * 3 / 4);
  const auto set = open_vector_set(folder_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ErrorCode::kCorrupt);
}

TEST_F(VectorSetTest, FeaturesOfOtherSongsAreCorrupt) {
  publish(1);
  ASSERT_TRUE(write_one(vector_paths(folder_, 1).features, 1, {3, 6}));
  const auto set = open_vector_set(folder_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ErrorCode::kCorrupt);
}

TEST_F(VectorSetTest, ReadersDuringPublicationsSeeOneGenerationEach) {
  publish(1);
  std::atomic<bool> done = false;
  std::atomic<int> seen = 0;
  std::thread reader([&] {
    while (!done || seen == 0) {
      const auto set = open_vector_set(folder_);
      // Two publications within one opening are as good as impossible outside this loop.
      if (!set && set.error().code == ErrorCode::kNotFound) continue;
      ASSERT_TRUE(set) << set.error().message;
      ++seen;
      for (const auto* file : {&set->tracks, &set->features, &set->albums, &set->terms}) {
        EXPECT_EQ((*file)->generation(), set->sequence);
        EXPECT_EQ((*file)->matrix().row(0)[0], static_cast<float>(set->sequence));
      }
    }
  });
  for (std::int64_t sequence = 2; sequence <= 20; ++sequence) publish(sequence);
  done = true;
  reader.join();
  EXPECT_EQ(open_vector_set(folder_)->sequence, 20);
}

TEST_F(VectorSetTest, OneThreadHoldsTheWriteLockAtATime) {
  std::atomic<int> holders = 0;
  std::atomic<int> turns = 0;
  const auto work = [&] {
    for (int i = 0; i < 50; ++i) {
      const auto lock = lock_vectors(folder_);
      ASSERT_TRUE(lock) << lock.error().message;
      EXPECT_EQ(++holders, 1);
      ++turns;
      std::this_thread::yield();
      --holders;
    }
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_EQ(turns, 100);
}

TEST_F(VectorSetTest, TheLockNeedsNoVectorsYet) {
  fs::remove_all(folder_);
  EXPECT_TRUE(lock_vectors(folder_));
}

TEST_F(VectorSetTest, ALockThatCannotBeMadeIsAnError) {
  const fs::path file = folder_ / "a-file";
  std::ofstream(file) << "x";
  const auto lock = lock_vectors(file);
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace spotisearch

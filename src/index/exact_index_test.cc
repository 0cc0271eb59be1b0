#include "index/exact_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <random>
#include <thread>

#include "vectors/dot.h"
#include "vectors/top_k.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

class ExactIndexTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::vector<float> unit_vector(std::size_t dimension) {
    std::normal_distribution<float> normal;
    std::vector<float> vector(dimension);
    for (float& value : vector) value = normal(random_);
    normalise(vector);
    return vector;
  }

  // Ids are 10, 20, 30, ...
  std::shared_ptr<const VectorFile> file_of(const std::vector<float>& rows, std::size_t dimension,
                                            bool with_codes) {
    const std::size_t count = rows.size() / dimension;
    ids_.resize(count);
    for (std::size_t i = 0; i < count; ++i) ids_[i] = static_cast<std::int64_t>(10 * (i + 1));
    const std::vector<std::uint64_t> hashes(count);
    VectorFileContent content;
    content.dimension = dimension;
    content.ids = ids_;
    content.hashes = hashes;
    content.with_codes = with_codes;
    content.row = [&](std::size_t i) { return std::span(rows).subspan(i * dimension, dimension); };
    const auto path = folder_ / (with_codes ? "coded" : "plain");
    const Status written = write_vector_file(path, content);
    EXPECT_TRUE(written) << written.error().message;
    return std::make_shared<VectorFile>(VectorFile::open(path).value());
  }

  static std::vector<VectorMatch> by_hand(const VectorFile& file, std::span<const float> query,
                                          std::size_t k, const RowFilter* allowed = nullptr) {
    std::vector<ScoredRow> all;
    for (std::size_t i = 0; i < file.rows(); ++i) {
      const float score = dot(file.matrix().row(i), query);
      if ((allowed == nullptr || allowed->allows(i)) && !std::isnan(score))
        all.push_back({score, i});
    }
    std::sort(all.begin(), all.end(), ranks_before);
    std::vector<VectorMatch> best;
    for (std::size_t i = 0; i < std::min(k, all.size()); ++i) {
      best.push_back({all[i].row, all[i].score});
    }
    return best;
  }

  std::mt19937 random_{17};
  std::vector<std::int64_t> ids_;
  std::filesystem::path folder_ = std::filesystem::path(::testing::TempDir()) /
                                  ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

// Random rows, runs of equal rows, and rows that differ by less than the codes can tell.
TEST_F(ExactIndexTest, CodesFindExactlyWhatTheFloatsFind) {
  const std::size_t dimension = 100;
  const auto centre = unit_vector(dimension);
  std::vector<float> rows;
  for (std::size_t i = 0; i < 3001; ++i) {
    auto row = unit_vector(dimension);
    if (i % 3 == 0) row = centre;
    if (i % 3 == 1) {
      for (std::size_t j = 0; j < dimension; ++j) row[j] = centre[j] + 1e-4f * row[j];
    }
    rows.insert(rows.end(), row.begin(), row.end());
  }
  const auto plain = file_of(rows, dimension, false), coded = file_of(rows, dimension, true);
  for (const std::size_t threads : {1, 3}) {
    const ExactIndex floats(plain, {threads, 1}), codes(coded, {threads, 1});
    for (const std::size_t k : {1, 10, 500, 2500, 5000}) {
      for (const auto& query : {centre, unit_vector(dimension), unit_vector(dimension)}) {
        const auto expected = by_hand(*plain, query, k);
        EXPECT_EQ(floats.top_k(query, k, nullptr), expected);
        EXPECT_EQ(codes.top_k(query, k, nullptr), expected);
      }
    }
  }
}

TEST_F(ExactIndexTest, AFilterLetsOnlyAllowedRowsThrough) {
  const std::size_t dimension = 16;
  std::vector<float> rows;
  for (std::size_t i = 0; i < 1000; ++i) {
    const auto row = unit_vector(dimension);
    rows.insert(rows.end(), row.begin(), row.end());
  }
  const auto file = file_of(rows, dimension, true);
  const ExactIndex index(file);
  const auto query = unit_vector(dimension);
  for (const std::size_t one_in : {1, 2, 7, 300}) {  // dense blocks and sparse ones
    std::vector<std::int64_t> allowed;
    for (std::size_t i = 0; i < ids_.size(); i += one_in) allowed.push_back(ids_[i]);
    const RowFilter filter(file->ids(), allowed);
    EXPECT_EQ(index.top_k(query, 20, &filter), by_hand(*file, query, 20, &filter)) << one_in;
  }
  const RowFilter nothing(file->ids(), {});
  EXPECT_TRUE(index.top_k(query, 20, &nothing).empty());
}

TEST_F(ExactIndexTest, RowsWithMissingValuesAreNeverFound) {
  const float missing = std::numeric_limits<float>::quiet_NaN();
  const auto file = file_of({missing, 1.0f, 0.6f, 0.8f, 1.0f, 0.0f}, 2, false);
  const auto found = ExactIndex(file).top_k(std::vector<float>{0.0f, 1.0f}, 3, nullptr);
  EXPECT_EQ(found, (std::vector<VectorMatch>{{1, 0.8f}, {2, 0.0f}}));
}

TEST_F(ExactIndexTest, AQueryThatIsNoVectorFindsNothingAndAQueryOfZerosTheFirstRows) {
  const auto file = file_of({1.0f, 0.0f, 0.0f, 1.0f, 0.6f, 0.8f}, 2, true);
  const ExactIndex index(file);
  const float missing = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(index.top_k(std::vector<float>{missing, 0.0f}, 3, nullptr).empty());
  EXPECT_EQ(index.top_k(std::vector<float>{0.0f, 0.0f}, 2, nullptr),
            (std::vector<VectorMatch>{{0, 0.0f}, {1, 0.0f}}));
}

TEST_F(ExactIndexTest, AnEmptyFileAndNoneWanted) {
  const auto none = file_of({}, 4, true);
  const std::vector<float> query(4, 0.5f);
  EXPECT_EQ(ExactIndex(none).size(), 0u);
  EXPECT_TRUE(ExactIndex(none).top_k(query, 5, nullptr).empty());
  const auto one = file_of({1.0f, 0.0f, 0.0f, 0.0f}, 4, true);
  EXPECT_TRUE(ExactIndex(one).top_k(query, 0, nullptr).empty());
  EXPECT_EQ(ExactIndex(one).top_k(query, 100, nullptr), (std::vector<VectorMatch>{{0, 0.5f}}));
}

TEST_F(ExactIndexTest, ScoresAreThoseOfTopK) {
  std::vector<float> rows;
  for (std::size_t i = 0; i < 50; ++i) {
    const auto row = unit_vector(32);
    rows.insert(rows.end(), row.begin(), row.end());
  }
  const ExactIndex index(file_of(rows, 32, true));
  const auto query = unit_vector(32);
  for (const VectorMatch& match : index.top_k(query, 10, nullptr)) {
    float score = 0.0f;
    index.scores(query, std::vector<std::size_t>{match.position}, {&score, 1});
    EXPECT_EQ(score, match.score);
  }
}

TEST_F(ExactIndexTest, ManyThreadsMaySearchAtOnce) {
  std::vector<float> rows;
  for (std::size_t i = 0; i < 500; ++i) {
    const auto row = unit_vector(24);
    rows.insert(rows.end(), row.begin(), row.end());
  }
  const ExactIndex index(file_of(rows, 24, true), {2, 100});
  const auto query = unit_vector(24);
  const auto expected = index.top_k(query, 7, nullptr);
  std::vector<std::vector<VectorMatch>> found(4);
  std::vector<std::thread> threads;
  for (auto& result : found) {
    threads.emplace_back([&] { result = index.top_k(query, 7, nullptr); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& result : found) EXPECT_EQ(result, expected);
}

}  // namespace
}  // namespace spotisearch

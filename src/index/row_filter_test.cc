#include "index/row_filter.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace spotisearch {
namespace {

TEST(RowFilterTest, AllowsThePositionsOfTheAllowedIds) {
  const std::vector<std::int64_t> ids = {2, 5, 9, 12};
  const std::vector<std::int64_t> allowed = {1, 5, 7, 12, 80};
  const RowFilter filter(ids, allowed);
  EXPECT_EQ(filter.size(), 4u);
  EXPECT_EQ(filter.count(), 2u);
  EXPECT_FALSE(filter.allows(0));
  EXPECT_TRUE(filter.allows(1));
  EXPECT_FALSE(filter.allows(2));
  EXPECT_TRUE(filter.allows(3));
  EXPECT_EQ(filter.block(0), 0b1010u);
}

TEST(RowFilterTest, NothingAllowedOrNothingThere) {
  const std::vector<std::int64_t> ids = {1, 2};
  EXPECT_EQ(RowFilter(ids, {}).count(), 0u);
  EXPECT_EQ(RowFilter({}, ids).count(), 0u);
}

TEST(RowFilterTest, ARowNamedTwiceCountsOnce) {
  const std::vector<std::int64_t> ids = {1, 2}, allowed = {2, 2};
  EXPECT_EQ(RowFilter(ids, allowed).count(), 1u);
}

TEST(RowFilterTest, SparseAndDenseListsAgreeWithASet) {
  std::mt19937 random(3);
  std::vector<std::int64_t> ids;
  for (std::int64_t id = 0; id < 3000; ++id) {
    if (random() % 3 != 0) ids.push_back(id);
  }
  for (const unsigned one_in : {1u, 2u, 50u, 700u}) {
    std::set<std::int64_t> wanted;
    for (std::int64_t id = 0; id < 3000; ++id) {
      if (random() % one_in == 0) wanted.insert(id);
    }
    const RowFilter filter(ids, std::vector<std::int64_t>(wanted.begin(), wanted.end()));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ASSERT_EQ(filter.allows(i), wanted.count(ids[i]) == 1) << ids[i];
    }
  }
}

}  // namespace
}  // namespace spotisearch

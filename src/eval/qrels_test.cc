#include "eval/qrels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/mapped_file.h"

namespace spotisearch {
namespace {

using ::testing::HasSubstr;

Result<Qrels> read(std::string_view text) {
  const auto path =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("qrels_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  EXPECT_TRUE(write_file_atomically(path, text));
  auto qrels = read_qrels(path);
  std::filesystem::remove(path);
  return qrels;
}

TEST(QrelsTest, AHeaderIsOptional) {
  for (const std::string header : {"", "query-id\tcorpus-id\tscore\n"}) {
    const auto qrels = read(header + "q1\ta\t1\nq1\tb\t3\nq2\ta\t0\n");
    ASSERT_TRUE(qrels) << qrels.error().message;
    EXPECT_EQ(qrels->size(), 2u);
    EXPECT_EQ(qrels->at("q1").at("b"), 3);
  }
}

TEST(QrelsTest, ErrorsNameTheLine) {
  EXPECT_THAT(read("q\ta\t1\nq b 1\n").error().message, HasSubstr(":2: a line has three fields"));
  EXPECT_THAT(read("q\ta\t1\nq\tb\tgood\n").error().message, HasSubstr(":2: the grade \"good\""));
  EXPECT_THAT(read("q\ta\t-1\n").error().message, HasSubstr(":1: the grade \"-1\""));
  EXPECT_THAT(read("query-id\tcorpus-id\tscore\n").error().message, HasSubstr("no judgements"));
}

}  // namespace
}  // namespace spotisearch

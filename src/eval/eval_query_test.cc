#include "eval/eval_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/mapped_file.h"

namespace spotisearch {
namespace {

using ::testing::HasSubstr;

Result<std::vector<EvalQuery>> read(std::string_view text) {
  const auto path =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("queries_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  EXPECT_TRUE(write_file_atomically(path, text));
  auto queries = read_queries(path);
  std::filesystem::remove(path);
  return queries;
}

TEST(EvalQueryTest, OneObjectPerLine) {
  const auto queries = read(
      "{\"_id\": \"a\", \"text\": \"caf\\u00e9 by the sea\", \"metadata\": {}}\r\n\n"
      "{\"text\":\"rain\",\"_id\":\"b\"}");
  ASSERT_TRUE(queries) << queries.error().message;
  ASSERT_EQ(queries->size(), 2u);
  EXPECT_EQ((*queries)[0].text, "café by the sea");
  EXPECT_EQ((*queries)[1].id, "b");
}

TEST(EvalQueryTest, ErrorsNameTheLine) {
  EXPECT_THAT(read("{\"_id\":\"a\",\"text\":\"x\"}\n{oops}\n").error().message,
              HasSubstr(":2: not a JSON object"));
  EXPECT_THAT(read("{\"_id\":7,\"text\":\"x\"}\n").error().message, HasSubstr(":1: the string"));
  EXPECT_THAT(read("{\"_id\":\"a\"}\n").error().message, HasSubstr("\"text\" is missing"));
  EXPECT_THAT(
      read("{\"_id\":\"a\",\"text\":\"x\"}\n{\"_id\":\"a\",\"text\":\"y\"}\n").error().message,
      HasSubstr(":2: the query \"a\" was there before"));
  EXPECT_THAT(read("\n").error().message, HasSubstr("holds no queries"));
}

TEST(EvalQueryTest, AMissingFileIsNotFound) {
  EXPECT_EQ(read_queries("/does/not/exist").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace spotisearch

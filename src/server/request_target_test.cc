#include "server/request_target.h"

#include <gmock/gmock.h>

namespace spotisearch {
namespace {

using testing::ElementsAre;

TEST(RequestTargetTest, SplitsThePathBeforeDecoding) {
  EXPECT_THAT(parse_target("/")->segments, ElementsAre(""));
  EXPECT_THAT(parse_target("/api/v1/songs")->segments, ElementsAre("api", "v1", "songs"));
  EXPECT_THAT(parse_target("/a%2Fb/c+d/%C3%A9")->segments, ElementsAre("a/b", "c+d", "é"));
  EXPECT_THAT(parse_target("/a/")->segments, ElementsAre("a", ""));
}

TEST(RequestTargetTest, KeepsParametersInOrderWithRepeats) {
  const auto target = parse_target("/s?q=late+night%21&k=5&&q=&flag&a=b=c");
  ASSERT_TRUE(target);
  const auto& parameters = target->parameters;
  ASSERT_EQ(parameters.size(), 5u);
  EXPECT_EQ(parameters[0].value, "late night!");
  EXPECT_EQ(parameters[2].name, "q");
  EXPECT_EQ(parameters[2].value, "");
  EXPECT_EQ(parameters[3].name, "flag");
  EXPECT_EQ(parameters[4].value, "b=c");
}

TEST(RequestTargetTest, AbsoluteFormNamesTheHost) {
  const auto target = parse_target("http://localhost:8080/api?q=x");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->host, "localhost:8080");
  EXPECT_THAT(target->segments, ElementsAre("api"));
  EXPECT_THAT(parse_target("http://localhost")->segments, ElementsAre(""));
}

TEST(RequestTargetTest, RefusesWhatIsNoAddress) {
  for (const char* target : {"/%", "/%4", "/%zz", "/?q=%", "/?q=%ff", "/?q=%c3%28", "/%c0%af",
                             "/?q=%00", "/?%ed%a0%80=1", "*", "", "example", "?q=x"}) {
    const auto parsed = parse_target(target);
    ASSERT_FALSE(parsed) << target;
    EXPECT_EQ(parsed.error().code, ErrorCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace spotisearch

#include "server/response_text.h"

#include <gmock/gmock.h>

namespace spotisearch {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ResponseTextTest, EveryResponseCarriesTheSecurityHeaders) {
  const std::string text = response_text({.body = "{}"}, {.keep_alive = true});
  EXPECT_THAT(text, StartsWith("HTTP/1.1 200 OK\r\nDate: "));
  EXPECT_THAT(text, HasSubstr("\r\nConnection: keep-alive\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nContent-Length: 2\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nContent-Security-Policy: default-src 'none'; "));
  EXPECT_THAT(text, HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nReferrer-Policy: no-referrer\r\n"));
  EXPECT_THAT(text, EndsWith("\r\n\r\n{}"));
}

TEST(ResponseTextTest, HeadKeepsTheLengthAndLosesTheBody) {
  const std::string text = response_text({.body = "12345"}, {.head = true});
  EXPECT_THAT(text, HasSubstr("\r\nContent-Length: 5\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(text, EndsWith("\r\n\r\n"));
}

TEST(ResponseTextTest, NotModifiedHasNeitherBodyNorLength) {
  const std::string text = response_text({.status = 304, .headers = {{"ETag", "\"x\""}}}, {});
  EXPECT_THAT(text, StartsWith("HTTP/1.1 304 Not Modified\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(text, HasSubstr("\r\nETag: \"x\"\r\n"));
}

}  // namespace
}  // namespace spotisearch

#include "server/host_rule.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

TEST(HostRuleTest, AnswersItsOwnNamesWithAndWithoutPort) {
  const HostRule rule("192.168.0.5", {"Music.Lan"});
  for (const char* host : {"localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1:80", "[::1]",
                           "[::1]:8080", "192.168.0.5:8080", "music.lan:1"}) {
    EXPECT_TRUE(rule.allows(host)) << host;
  }
  for (const char* host : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                           "192.168.0.6", "[::2]", "[", ":8080", "10.0.0.1:80"}) {
    EXPECT_FALSE(rule.allows(host)) << host;
  }
}

TEST(HostRuleTest, BoundToAllAddressesItAnswersAddressesButNotNames) {
  for (const char* bound : {"0.0.0.0", "::"}) {
    const HostRule rule(bound, {});
    EXPECT_TRUE(rule.allows("192.168.7.7:8080"));
    EXPECT_TRUE(rule.allows("[fe80::1]:8080"));
    EXPECT_FALSE(rule.allows("evil.example:8080"));
  }
}

}  // namespace
}  // namespace spotisearch

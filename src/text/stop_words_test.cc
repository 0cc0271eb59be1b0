#include "text/stop_words.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

TEST(StopWords, WordsThatFitEveryMusicQuery) {
  for (const char* word : {"the", "for", "songs", "something", "playlist", "music", "t", "and"}) {
    EXPECT_TRUE(is_stop_word(word)) << word;
  }
}

TEST(StopWords, WordsThatTellMusicApart) {
  for (const char* word : {"", "piano", "rainy", "jazz", "love", "slow", "night", "dance", "live",
                           "instrumental", "1980s", "\u590f"}) {
    EXPECT_FALSE(is_stop_word(word)) << word;
  }
}

}  // namespace
}  // namespace spotisearch

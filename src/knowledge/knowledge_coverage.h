// How much of a library the program knows something about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace spotisearch {

/// Counted while a library is indexed; kept as a setting of its catalogue until the next time.
struct KnowledgeCoverage {
  static constexpr std::string_view kSetting = "knowledge_coverage";

  std::int64_t known_artist = 0;        ///< songs by an artist that is known
  std::int64_t known_genre = 0;         ///< songs with a genre of their own that is known
  std::int64_t known_neither = 0;       ///< songs with no known artist and no known genre
  std::int64_t estimated_features = 0;  ///< songs with a feature that was predicted from their text

  std::string to_setting() const;
  /// All zero where the text is none of ours: a library that was never indexed.
  static KnowledgeCoverage from_setting(std::string_view text);
};

}  // namespace spotisearch

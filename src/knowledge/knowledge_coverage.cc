#include "knowledge/knowledge_coverage.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace spotisearch {

std::string KnowledgeCoverage::to_setting() const {
  return fmt::format("{} {} {} {}", known_artist, known_genre, known_neither, estimated_features);
}

KnowledgeCoverage KnowledgeCoverage::from_setting(std::string_view text) {
  std::array<std::int64_t, 4> counts{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::int64_t& count : counts) {
    const auto parsed = std::from_chars(at, end, count);
    if (parsed.ec != std::errc()) return {};
    at = parsed.ptr < end ? parsed.ptr + 1 : end;
  }
  return {counts[0], counts[1], counts[2], counts[3]};
}

}  // namespace spotisearch

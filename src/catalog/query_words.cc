#include "catalog/query_words.h"

#include <algorithm>

#include "text/normalise.h"
#include "text/stop_words.h"

namespace spotisearch {
namespace {

bool is_ascii_word(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Bytes at `text[at]` that belong to a word: 0 when a separator stands there, whose length is then
/// `skip`. General punctuation (U+2000-U+206F: dashes, quotes, the ellipsis) and CJK punctuation
/// (U+3000-U+303F) separate; U+2019 is also an apostrophe.
std::size_t word_bytes(std::string_view text, std::size_t at, std::size_t& skip) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  skip = 1;
  if (byte(at) < 0x80) return is_ascii_word(static_cast<unsigned char>(byte(at))) ? 1 : 0;
  const bool general = byte(at) == 0xe2 && (byte(at + 1) == 0x80 || byte(at + 1) == 0x81);
  const bool cjk = byte(at) == 0xe3 && byte(at + 1) == 0x80;
  if ((general || cjk) && byte(at + 2) >= 0x80) {
    skip = 3;
    return 0;
  }
  return 1;
}

std::size_t apostrophe_bytes(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with('\'')) return 1;
  return text.substr(at).starts_with("\u2019") ? 3 : 0;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  std::size_t at = 0;
  const auto end_word = [&](std::size_t next) {
    if (at > begin) found.push_back(text.substr(begin, at - begin));
    begin = at = next;
  };
  while (at < text.size()) {
    std::size_t skip = 1;
    if (const std::size_t inside = word_bytes(text, at, skip); inside > 0) {
      at += inside;
      continue;
    }
    const std::size_t apostrophe = at > begin ? apostrophe_bytes(text, at) : 0;
    std::size_t ignored = 1;
    if (apostrophe > 0 && at + apostrophe < text.size() &&
        word_bytes(text, at + apostrophe, ignored) > 0) {
      at += apostrophe;
    } else {
      end_word(at + skip);
    }
  }
  end_word(at);
  return found;
}

/// "don't" is normalised to two words, "don t": all of them must be stop words.
bool says_nothing(const std::string& normalised) {
  const std::vector<std::string_view> parts = words(normalised);
  return std::all_of(parts.begin(), parts.end(), is_stop_word);
}

}  // namespace

std::vector<std::string> query_words(std::string_view query) {
  std::vector<std::string> seen;
  std::vector<std::string> all;
  std::vector<std::string> telling;
  for (const std::string_view word : split(query)) {
    std::string normalised = normalise_for_matching(word);
    if (normalised.empty() || std::find(seen.begin(), seen.end(), normalised) != seen.end()) {
      continue;
    }
    all.emplace_back(word);
    if (!says_nothing(normalised)) telling.emplace_back(word);
    seen.push_back(std::move(normalised));
    if (seen.size() == kMostQueryWords) break;
  }
  return telling.empty() ? all : telling;
}

}  // namespace spotisearch

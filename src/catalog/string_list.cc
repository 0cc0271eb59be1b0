#include "catalog/string_list.h"

namespace spotisearch {
namespace {

constexpr char kSeparator = '\x1f';
constexpr char kEscape = '\x1e';  // before 's' a separator, before 'e' itself

void append_escaped(std::string& out, std::string_view entry) {
  for (const char c : entry) {
    if (c == kSeparator) {
      out += {kEscape, 's'};
    } else if (c == kEscape) {
      out += {kEscape, 'e'};
    } else {
      out += c;
    }
  }
}

std::string unescaped(std::string_view entry) {
  if (entry.find(kEscape) == std::string_view::npos) return std::string(entry);
  std::string out;
  for (std::size_t i = 0; i < entry.size(); ++i) {
    if (entry[i] == kEscape && i + 1 < entry.size()) {
      out += entry[++i] == 's' ? kSeparator : kEscape;
    } else {
      out += entry[i];
    }
  }
  return out;
}

}  // namespace

std::string join_list(std::span<const std::string> entries) {
  std::string out;
  for (const std::string& entry : entries) {
    if (entry.empty()) continue;
    if (!out.empty()) out += kSeparator;
    append_escaped(out, entry);
  }
  return out;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> entries;
  while (!text.empty()) {
    const std::size_t end = text.find(kSeparator);
    entries.push_back(unescaped(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return entries;
}

}  // namespace spotisearch

#include "server/request_target.h"

#include <algorithm>

#include "text/utf8.h"

namespace spotisearch {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { kLiteral, kSpace };

Result<std::string> decode(std::string_view text, Plus plus) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i] == '+' && plus == Plus::kSpace ? ' ' : text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      return fail(ErrorCode::kInvalidArgument,
                  "the address has a '%' that is not followed by two hexadecimal digits; write a "
                  "percent sign as %25");
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (decoded.find('\0') != std::string::npos) {
    return fail(ErrorCode::kInvalidArgument, "the address has an encoded NUL (%00); leave it out");
  }
  if (!is_valid_utf8(decoded)) {
    return fail(ErrorCode::kInvalidArgument,
                "the address has bytes that are not UTF-8; encode its text as UTF-8 first");
  }
  return decoded;
}

// Calls `visit` with each part of `text` between separators.
Status for_each_part(std::string_view text, char separator, const auto& visit) {
  while (true) {
    const std::size_t end = text.find(separator);
    SPOTISEARCH_TRY(visit(text.substr(0, end)));
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
}

Status add_parameter(std::string_view part, std::vector<Parameter>& parameters) {
  if (part.empty()) return {};
  const std::size_t equals = part.find('=');
  auto name = decode(part.substr(0, equals), Plus::kSpace);
  SPOTISEARCH_TRY(name);
  auto value =
      decode(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1),
             Plus::kSpace);
  SPOTISEARCH_TRY(value);
  parameters.push_back({std::move(*name), std::move(*value)});
  return {};
}

// Takes "http://host" off the front of an absolute-form target.
std::string take_host(std::string_view& target) {
  constexpr std::string_view kScheme = "http://";
  if (!target.starts_with(kScheme)) return "";
  target.remove_prefix(kScheme.size());
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  std::string host(target.substr(0, end));
  target.remove_prefix(end);
  return host;
}

}  // namespace

Result<RequestTarget> parse_target(std::string_view target) {
  RequestTarget parsed;
  parsed.host = take_host(target);
  const std::size_t question = target.find('?');
  std::string_view path = target.substr(0, question);
  if (path.empty() && !parsed.host.empty()) path = "/";
  if (!path.starts_with('/')) {
    return fail(ErrorCode::kInvalidArgument, "the address must begin with '/'");
  }
  const auto add_segment = [&](std::string_view part) -> Status {
    auto segment = decode(part, Plus::kLiteral);
    SPOTISEARCH_TRY(segment);
    parsed.segments.push_back(std::move(*segment));
    return {};
  };
  SPOTISEARCH_TRY(for_each_part(path.substr(1), '/', add_segment));
  if (question == std::string_view::npos) return parsed;
  SPOTISEARCH_TRY(for_each_part(target.substr(question + 1), '&', [&](std::string_view part) {
    return add_parameter(part, parsed.parameters);
  }));
  return parsed;
}

}  // namespace spotisearch

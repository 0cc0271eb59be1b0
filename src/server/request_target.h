// The target of a request line, taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/http_message.h"

namespace spotisearch {

struct RequestTarget {
  std::string host;  ///< of the absolute form ("http://host/path"), else empty
  std::vector<std::string> segments;
  std::vector<Parameter> parameters;
};

/// Splits first and decodes then, so that %2F stays inside its segment. In the query, '+' is a
/// space. kInvalidArgument for a broken escape, an encoded NUL, bytes that are not UTF-8, or a
/// target that is no path.
Result<RequestTarget> parse_target(std::string_view target);

}  // namespace spotisearch

#include "base/result.h"

namespace spotisearch {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid argument";
    case ErrorCode::kNotFound:
      return "not found";
    case ErrorCode::kCorrupt:
      return "corrupt data";
    case ErrorCode::kIo:
      return "input/output";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kResourceExhausted:
      return "limit reached";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "unknown";
}

}  // namespace spotisearch

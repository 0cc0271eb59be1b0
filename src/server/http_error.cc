#include "server/http_error.h"

#include <nlohmann/json.hpp>

namespace spotisearch {
namespace {

HttpResponse error_object(int status, std::string_view code, std::string_view message,
                          std::string_view parameter) {
  nlohmann::ordered_json error = {{"code", code}, {"message", message}};
  if (!parameter.empty()) error["parameter"] = parameter;
  HttpResponse response;
  response.status = status;
  response.body = nlohmann::ordered_json{{"error", std::move(error)}}.dump(
      -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  if (status == 503 || status == 429) response.headers.emplace_back("Retry-After", "2");
  return response;
}

struct StatusRow {
  int status;
  std::string_view name;
};

StatusRow row_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return {400, "invalid_argument"};
    case ErrorCode::kNotFound:
      return {404, "not_found"};
    case ErrorCode::kResourceExhausted:
      return {429, "resource_exhausted"};
    case ErrorCode::kCorrupt:  // the library's trouble, mended by its owner, not a bug of ours
      return {503, "corrupt"};
    case ErrorCode::kUnavailable:
      return {503, "unavailable"};
    case ErrorCode::kIo:
      return {500, "io"};
    case ErrorCode::kInternal:
      break;
  }
  return {500, "internal"};
}

}  // namespace

HttpResponse error_response(const RequestError& error) {
  const auto [status, name] = row_of(error.error.code);
  return error_object(status, name, error.error.message, error.parameter);
}

HttpResponse error_response(int status, std::string_view code, std::string_view message) {
  return error_object(status, code, message, "");
}

}  // namespace spotisearch

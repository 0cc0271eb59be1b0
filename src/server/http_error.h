// Errors as HTTP answers: the one table from error to status.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "server/http_message.h"

namespace spotisearch {

/// An error of a request, and the parameter to blame, if it is one.
struct RequestError {
  Error error;
  std::string parameter;
};

/// {"error":{"code","message"[,"parameter"]}} with the status and name of the table.
HttpResponse error_response(const RequestError& error);

/// The same for what has no ErrorCode: 405 "method_not_allowed", 403 "host_not_allowed".
HttpResponse error_response(int status, std::string_view code, std::string_view message);

}  // namespace spotisearch

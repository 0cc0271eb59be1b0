// A response as the bytes that go over the wire.
#pragma once

#include <string>

#include "server/http_message.h"

namespace spotisearch {

struct ResponseFraming {
  bool head = false;        ///< answers HEAD: the length of the body, but not the body
  bool keep_alive = false;  ///< whether the connection stays open
};

/// Status line, headers (with those that every response has: Date, security), body.
std::string response_text(const HttpResponse& response, ResponseFraming framing);

}  // namespace spotisearch

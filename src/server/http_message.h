// A request and its response, apart from any transport.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace spotisearch {

/// One parameter of a query string, decoded.
struct Parameter {
  std::string name;
  std::string value;
};

/// What a handler may know of a request. All text is percent-decoded and valid UTF-8.
struct HttpRequest {
  std::string method = "GET";         ///< as sent: methods are case-sensitive
  std::vector<std::string> segments;  ///< of the path: "/a/b" is {"a", "b"}, "/" is {""}
  std::vector<Parameter> parameters;  ///< in the order sent, repeated ones too
  std::string if_none_match;          ///< header, or empty
  std::string body{};
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};  ///< beyond those every response has
};

/// Answers one request. Called on several threads at once.
using RequestHandler = std::function<HttpResponse(const HttpRequest&)>;

}  // namespace spotisearch

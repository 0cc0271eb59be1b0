#include "server/response_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/beast/http/status.hpp>
#include <ctime>
#include <iterator>
#include <string_view>

namespace spotisearch {
namespace {

constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

std::string_view reason_phrase(int status) {
  const auto phrase =
      boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(unsigned(status)));
  return {phrase.data(), phrase.size()};
}

}  // namespace

std::string response_text(const HttpResponse& response, ResponseFraming framing) {
  std::string text =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\nConnection: {}\r\n",
                  response.status, reason_phrase(response.status), fmt::gmtime(std::time(nullptr)),
                  framing.keep_alive ? "keep-alive" : "close");
  const auto out = std::back_inserter(text);
  const bool has_body = response.status != 304;
  if (has_body) {
    fmt::format_to(out, "Content-Type: {}\r\nContent-Length: {}\r\n", response.content_type,
                   response.body.size());
  }
  for (const auto& [name, value] : response.headers) {
    fmt::format_to(out, "{}: {}\r\n", name, value);
  }
  text += kSecurityHeaders;
  text += "\r\n";
  if (has_body && !framing.head) text += response.body;
  return text;
}

}  // namespace spotisearch

// How the server listens, and what it puts up with.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace spotisearch {

struct ServerOptions {
  std::string host = "127.0.0.1";  ///< name or address to listen on; 0.0.0.0 for the whole network
  std::uint16_t port = 8080;       ///< 0 = any free port
  unsigned threads = 0;            ///< that run handlers; 0 = one per core
  std::vector<std::string> allowed_hosts{};  ///< further names we are reached by (host_rule.h)

  std::size_t header_limit = 16 * 1024;  ///< bytes of request line and headers; beyond: 431
  std::size_t target_limit = 8 * 1024;   ///< bytes of the target as sent; beyond: 414
  std::size_t body_limit = 64 * 1024;    ///< bytes; beyond: 413
  std::size_t max_connections = 256;     ///< open at once; beyond: 503

  /// From a request's first byte to its last, and again for its response; beyond: 408, closed.
  std::chrono::milliseconds request_deadline{10'000};
  /// Between two requests of one connection; beyond: closed.
  std::chrono::milliseconds idle_deadline{30'000};
};

}  // namespace spotisearch

// The HTTP server: connections in, requests to a handler, responses out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/http_message.h"
#include "server/server_options.h"

namespace spotisearch {

/// HTTP/1.1 and 1.0 with keep-alive and pipelining. All input and output is asynchronous on one
/// thread, under deadlines, so that a slow client holds no thread; handlers run on a pool.
class Server {
 public:
  /// Listens from the return on. kUnavailable when the port is taken, kInvalidArgument when the
  /// host is not an address of this machine.
  static Result<std::unique_ptr<Server>> start(ServerOptions options, RequestHandler handler);

  /// Stops and waits.
  ~Server();

  std::string address() const;  ///< "http://127.0.0.1:8080", for people and browsers
  std::uint16_t port() const;

  /// Accepts nothing more, finishes the requests under way, closes every connection. Returns at
  /// once; any thread, also several times.
  void stop();

  /// Blocks until a stop is complete. Any thread but a handler's.
  void wait();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotisearch

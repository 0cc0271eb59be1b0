#include "server/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "server/host_rule.h"
#include "server/http_error.h"
#include "server/request_target.h"
#include "server/response_text.h"

namespace spotisearch {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using std::chrono::milliseconds;
using tcp = asio::ip::tcp;
using Message = http::request<http::string_body>;

constexpr std::size_t kReadSize = 4096;
constexpr std::size_t kDrainLimit = 1 << 20;   // bytes
constexpr milliseconds kDrainDeadline{2'000};  // for a client to see our last words
constexpr milliseconds kStopDeadline{1'000};   // for a request half received when we stop
constexpr milliseconds kAcceptPause{100};      // when the system has no descriptors left

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

HttpResponse parse_error_response(const error_code& error) {
  if (error == http::error::header_limit) {
    return error_response(431, "headers_too_large", "the headers of the request are too long");
  }
  if (error == http::error::body_limit) {
    return error_response(413, "body_too_large", "the body of the request is too long");
  }
  if (error == http::error::bad_version) {
    return error_response(505, "version_not_supported", "use HTTP/1.1 or HTTP/1.0");
  }
  return error_response(400, "bad_request", "this is not an HTTP request: " + error.message());
}

// No request begins like this; a TLS handshake does, and would else wait for the deadline.
bool cannot_begin_request(char c) { return (c < 0x20 && c != '\r' && c != '\n') || c == 0x7f; }

/// What connections share. Everything but `workers` is touched by the I/O thread alone.
class Connection;
struct Hub {
  Hub(ServerOptions given, RequestHandler handle)
      : options(std::move(given)),
        handler(std::move(handle)),
        hosts(options.host, options.allowed_hosts),
        workers(options.threads != 0 ? options.threads
                                     : std::max(1U, std::thread::hardware_concurrency())) {}

  const ServerOptions options;
  const RequestHandler handler;
  const HostRule hosts;
  asio::io_context io{1};
  std::unordered_set<Connection*> connections;
  bool stopping = false;
  asio::thread_pool workers;
};

// The request as the handler sees it, or the response that refuses it.
tl::expected<HttpRequest, HttpResponse> to_request(Message& message, const HostRule& hosts) {
  auto target = parse_target(view(message.target()));
  if (!target) return tl::unexpected(error_response(RequestError{target.error(), ""}));
  const auto host_count = message.count(http::field::host);
  if (host_count > 1 || (host_count == 0 && message.version() >= 11)) {
    return tl::unexpected(error_response(400, "bad_request", "send exactly one Host header"));
  }
  const std::string_view host =
      target->host.empty() ? view(message[http::field::host]) : std::string_view(target->host);
  if (host_count == 1 && !hosts.allows(host)) {
    return tl::unexpected(error_response(
        403, "host_not_allowed",
        "this server is not known by the host name of the request; use http://localhost or "
        "http://127.0.0.1, or add the name to the server's allowed hosts"));
  }
  HttpRequest request;
  request.method = view(message.method_string());
  request.segments = std::move(target->segments);
  request.parameters = std::move(target->parameters);
  request.if_none_match = view(message[http::field::if_none_match]);
  request.body = std::move(message.body());
  return request;
}

/// One client. Its pending operations own it; all of it runs on the I/O thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Hub& hub, tcp::socket socket) : hub_(hub), socket_(std::move(socket)), timer_(hub.io) {
    hub_.connections.insert(this);
  }

  void serve() {
    begin_request();
    arm(hub_.options.request_deadline);  // a new connection has no right to idle
  }

  void refuse(HttpResponse response) {
    keep_alive_ = false;
    respond(std::move(response));
  }

  /// The server stops: idle ends now, a request under way ends with its response.
  void wind_up() {
    if (phase_ == Phase::kIdle || phase_ == Phase::kDraining) close();
    if (phase_ == Phase::kReceiving) arm(std::min(kStopDeadline, hub_.options.request_deadline));
  }

 private:
  enum class Phase { kIdle, kReceiving, kHandling, kResponding, kDraining, kClosed };

  void begin_request() {
    parser_.emplace();
    parser_->eager(true);
    parser_->header_limit(static_cast<std::uint32_t>(hub_.options.header_limit));
    parser_->body_limit(hub_.options.body_limit);
    timed_out_ = false;
    if (buffer_.size() > 0) {  // pipelined
      phase_ = Phase::kReceiving;
      arm(hub_.options.request_deadline);
      return parse();
    }
    if (hub_.stopping) return close();
    phase_ = Phase::kIdle;
    arm(hub_.options.idle_deadline);
    read();
  }

  // Exactly one read is pending in the phases idle, receiving and draining.
  void read() {
    socket_.async_read_some(buffer_.prepare(kReadSize),
                            [self = shared_from_this()](const error_code& error, std::size_t n) {
                              self->on_read(error, n);
                            });
  }

  void on_read(const error_code& error, std::size_t n) {
    if (phase_ == Phase::kClosed) return;
    if (phase_ == Phase::kDraining) return on_drained(error, n);
    if (timed_out_) {
      return refuse(error_response(408, "request_timeout", "the request took too long to arrive"));
    }
    if (error == asio::error::eof && phase_ == Phase::kReceiving) {
      return refuse(error_response(400, "bad_request", "the request ends in its middle"));
    }
    if (error) return close();
    buffer_.commit(n);
    if (phase_ == Phase::kIdle) {
      phase_ = Phase::kReceiving;
      arm(hub_.options.request_deadline);
    }
    parse();
  }

  void parse() {
    if (!parser_->is_header_done() &&
        cannot_begin_request(*static_cast<const char*>(buffer_.cdata().data()))) {
      return refuse(parse_error_response(http::error::bad_method));
    }
    error_code error;
    buffer_.consume(parser_->put(buffer_.cdata(), error));
    if (error && error != http::error::need_more) return refuse(parse_error_response(error));
    if (parser_->is_header_done() && parser_->get().target().size() > hub_.options.target_limit) {
      return refuse(error_response(414, "address_too_long", "the address is too long; shorten it"));
    }
    if (!parser_->is_done()) return read();
    dispatch();
  }

  void dispatch() {
    phase_ = Phase::kHandling;
    disarm();
    keep_alive_ = parser_->get().keep_alive();
    head_ = parser_->get().method() == http::verb::head;
    auto request = to_request(parser_->get(), hub_.hosts);
    if (!request) return respond(std::move(request).error());
    // The guard keeps the I/O thread running while no operation is pending. The last owner of the
    // connection must be the I/O thread, so the worker hands its share on.
    asio::post(hub_.workers, [self = shared_from_this(), request = std::move(*request),
                              guard = asio::make_work_guard(hub_.io)]() mutable {
      HttpResponse response = self->handle(request);
      asio::io_context& io = self->hub_.io;
      asio::post(io, [self = std::move(self), response = std::move(response)]() mutable {
        self->respond(std::move(response));
      });
    });
  }

  // On a worker.
  HttpResponse handle(const HttpRequest& request) const {
    try {
      return hub_.handler(request);
    } catch (const std::exception&) {
      return error_response(500, "internal", "the program failed on this request");
    }
  }

  void respond(HttpResponse response) {
    if (phase_ == Phase::kClosed) return;
    phase_ = Phase::kResponding;
    keep_alive_ = keep_alive_ && !hub_.stopping;
    output_ = response_text(response, {.head = head_, .keep_alive = keep_alive_});
    arm(hub_.options.request_deadline);
    asio::async_write(socket_, asio::buffer(output_),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        self->on_responded(error);
                      });
  }

  void on_responded(const error_code& error) {
    if (phase_ == Phase::kClosed) return;
    if (error) return close();
    if (keep_alive_) return begin_request();
    drain();
  }

  // Closing with bytes unread would reset the connection, and the response with it.
  void drain() {
    if (hub_.stopping && buffer_.size() == 0 && parser_ && parser_->is_done()) return close();
    phase_ = Phase::kDraining;
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    buffer_.clear();
    arm(kDrainDeadline);
    read();
  }

  void on_drained(const error_code& error, std::size_t n) {
    drained_ += n;
    if (error || drained_ > kDrainLimit) return close();
    read();  // the bytes are not committed: the next read overwrites them
  }

  void arm(milliseconds deadline) {
    timer_.expires_after(deadline);
    timer_.async_wait(
        [self = shared_from_this(), number = ++deadline_number_](const error_code& e) {
          if (!e && number == self->deadline_number_) self->expire();
        });
  }

  void disarm() {
    ++deadline_number_;
    timer_.cancel();
  }

  void expire() {
    if (phase_ != Phase::kReceiving) return close();
    timed_out_ = true;  // on_read answers
    error_code ignored;
    socket_.cancel(ignored);
  }

  void close() {
    phase_ = Phase::kClosed;
    disarm();
    error_code ignored;
    socket_.close(ignored);
    hub_.connections.erase(this);
  }

  Hub& hub_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  std::uint64_t deadline_number_ = 0;  ///< an expiry already queued for an older one is void
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::string output_;
  std::size_t drained_ = 0;
  Phase phase_ = Phase::kIdle;
  bool keep_alive_ = false;
  bool head_ = false;
  bool timed_out_ = false;
};

std::string authority(const tcp::endpoint& endpoint) {
  const auto address = endpoint.address();
  if (address.is_unspecified()) return fmt::format("127.0.0.1:{}", endpoint.port());
  return fmt::format(fmt::runtime(address.is_v6() ? "[{}]:{}" : "{}:{}"), address.to_string(),
                     endpoint.port());
}

Result<tcp::endpoint> resolve(asio::io_context& io, const ServerOptions& options) {
  error_code error;
  const auto found = tcp::resolver(io).resolve(options.host, std::to_string(options.port), error);
  if (!error && !found.empty()) return found.begin()->endpoint();
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("cannot listen on host {}: {}; give an address of this machine, such as "
                          "127.0.0.1",
                          options.host, error.message()));
}

Status listen(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return {};
  const bool wrong_host = error == boost::system::errc::address_not_available;
  return fail(wrong_host ? ErrorCode::kInvalidArgument : ErrorCode::kUnavailable,
              fmt::format("cannot listen on {}: {}; choose another {}", authority(endpoint),
                          error.message(), wrong_host ? "host" : "port"));
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions options, RequestHandler handler)
      : hub(std::move(options), std::move(handler)), acceptor(hub.io), pause(hub.io) {}

  void accept() {
    acceptor.async_accept([this](const error_code& error, tcp::socket socket) {
      if (hub.stopping) return;
      if (!error) {
        admit(std::move(socket));
        return accept();
      }
      pause.expires_after(kAcceptPause);
      pause.async_wait([this](const error_code& cancelled) {
        if (!cancelled && !hub.stopping) accept();
      });
    });
  }

  void admit(tcp::socket socket) {
    const std::size_t open = hub.connections.size();
    if (open >= 2 * hub.options.max_connections) return;  // not even a refusal
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto connection = std::make_shared<Connection>(hub, std::move(socket));
    if (open < hub.options.max_connections) return connection->serve();
    connection->refuse(error_response(503, "busy", "too many connections are open; try again"));
  }

  void run() {
    while (true) {
      try {
        hub.io.run();
        return;
      } catch (const std::exception&) {  // memory ran out for one client; the others go on
      }
    }
  }

  void stop() {
    if (hub.stopping) return;
    hub.stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    const std::vector<Connection*> open(hub.connections.begin(), hub.connections.end());
    for (Connection* connection : open) connection->wind_up();
  }

  Hub hub;
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  tcp::endpoint endpoint;
  std::thread io_thread;
  std::once_flag joined;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  stop();
  wait();
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, RequestHandler handler) {
  try {
    auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
    auto endpoint = resolve(impl->hub.io, impl->hub.options);
    SPOTISEARCH_TRY(endpoint);
    SPOTISEARCH_TRY(listen(impl->acceptor, *endpoint));
    impl->endpoint = impl->acceptor.local_endpoint();
    impl->accept();
    impl->io_thread = std::thread([raw = impl.get()] { raw->run(); });
    return std::unique_ptr<Server>(new Server(std::move(impl)));
  } catch (const std::exception& error) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("cannot start the server: {}", error.what()));
  }
}

std::string Server::address() const { return "http://" + authority(impl_->endpoint); }

std::uint16_t Server::port() const { return impl_->endpoint.port(); }

void Server::stop() {
  asio::post(impl_->hub.io, [impl = impl_.get()] { impl->stop(); });
}

void Server::wait() {
  std::call_once(impl_->joined, [this] {
    impl_->io_thread.join();
    impl_->hub.workers.join();
  });
}

}  // namespace spotisearch

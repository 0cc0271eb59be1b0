#include "server/server.h"

#include <gmock/gmock.h>

#include <atomic>
#include <boost/asio.hpp>
#include <thread>

namespace spotisearch {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::ip::tcp;
using boost::system::error_code;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// Answers with the method, the last segment of the path, and the length of the body.
HttpResponse echo(const HttpRequest& request) {
  HttpResponse response;
  response.body =
      request.method + " " + request.segments.back() + " " + std::to_string(request.body.size());
  return response;
}

std::unique_ptr<Server> start(ServerOptions options = {}, RequestHandler handler = echo) {
  options.port = 0;
  if (options.threads == 0) options.threads = 2;
  auto server = Server::start(options, std::move(handler));
  EXPECT_TRUE(server) << server.error().message;
  return std::move(*server);
}

std::string get(const std::string& path, const std::string& more = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

// A blocking client.
class Client {
 public:
  explicit Client(const Server& server) : socket_(io_) {
    socket_.connect({asio::ip::make_address("127.0.0.1"), server.port()});
  }

  Client& send(const std::string& bytes) {
    error_code ignored;  // the server may have closed already
    asio::write(socket_, asio::buffer(bytes), ignored);
    return *this;
  }

  Client& half_close() {
    socket_.shutdown(tcp::socket::shutdown_send);
    return *this;
  }

  // One response with a Content-Length, or what came before the connection ended.
  std::string response() {
    error_code error;
    const std::size_t head =
        asio::read_until(socket_, asio::dynamic_buffer(buffer_), "\r\n\r\n", error);
    if (error) return std::exchange(buffer_, "");
    const std::size_t field = buffer_.find("Content-Length: ");
    const std::size_t length = head + std::stoul(buffer_.substr(field + 16));
    while (buffer_.size() < length && !error) {
      asio::read(socket_, asio::dynamic_buffer(buffer_), asio::transfer_at_least(1), error);
    }
    std::string whole = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return whole;
  }

  // Everything until the server closes.
  std::string rest() {
    error_code error;
    asio::read(socket_, asio::dynamic_buffer(buffer_), error);
    return std::exchange(buffer_, "");
  }

 private:
  asio::io_context io_;
  tcp::socket socket_;
  std::string buffer_;
};

TEST(ServerTest, KeepsAConnectionForManyRequests) {
  const auto server = start();
  Client client(*server);
  for (const char* path : {"/one", "/two", "/three"}) {
    const std::string response = client.send(get(path)).response();
    EXPECT_THAT(response, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(response, HasSubstr("Connection: keep-alive\r\n"));
    EXPECT_THAT(response, EndsWith("GET " + std::string(path + 1) + " 0"));
  }
}

TEST(ServerTest, AnswersPipelinedRequestsInOrder) {
  const auto server = start();
  Client client(*server);
  client.send(get("/first") + get("/second"));
  EXPECT_THAT(client.response(), EndsWith("GET first 0"));
  EXPECT_THAT(client.response(), EndsWith("GET second 0"));
}

TEST(ServerTest, AnswersARequestThatComesByteByByte) {
  const auto server = start();
  Client client(*server);
  for (const char byte : get("/slowly")) client.send(std::string(1, byte));
  EXPECT_THAT(client.response(), EndsWith("GET slowly 0"));
}

TEST(ServerTest, SpeaksHttp10) {
  const auto server = start();
  Client closing(*server);
  const std::string response = closing.send("GET /old HTTP/1.0\r\n\r\n").rest();
  EXPECT_THAT(response, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(response, EndsWith("GET old 0"));
  Client keeping(*server);
  keeping.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(keeping.response(), HasSubstr("Connection: keep-alive\r\n"));
  EXPECT_THAT(keeping.send("GET /b HTTP/1.0\r\n\r\n").rest(), EndsWith("GET b 0"));
}

TEST(ServerTest, HeadHasNoBody) {
  const auto server = start();
  Client client(*server);
  client.send("HEAD /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string response = client.rest();
  EXPECT_THAT(response, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(response, EndsWith("\r\n\r\n"));
}

TEST(ServerTest, ReadsBodiesAndGoesOn) {
  const auto server = start();
  Client client(*server);
  client.send("POST /b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n12345");
  EXPECT_THAT(client.response(), EndsWith("POST b 5"));
  client.send(
      "POST /c HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n0\r\n\r\n" +
      get("/next"));
  EXPECT_THAT(client.response(), EndsWith("POST c 3"));
  EXPECT_THAT(client.response(), EndsWith("GET next 0"));
}

TEST(ServerTest, ASlowRequestMeetsTheDeadline) {
  const auto server = start({.request_deadline = 100ms});
  Client client(*server);
  EXPECT_THAT(client.send("GET / HTTP/1.1\r\nHos").rest(), StartsWith("HTTP/1.1 408 "));
  Client silent(*server);
  EXPECT_EQ(silent.rest(), "");
}

TEST(ServerTest, TricklingBytesDoNotMoveTheDeadline) {
  const auto server = start({.request_deadline = 100ms});
  Client client(*server);
  client.send("GET / HTTP/1.1\r\n");
  std::atomic<bool> done = false;
  std::thread trickle([&] {
    while (!done) {
      client.send("X-A: b\r\n");
      std::this_thread::sleep_for(5ms);
    }
  });
  EXPECT_THAT(client.response(), StartsWith("HTTP/1.1 408 "));
  done = true;
  trickle.join();
}

TEST(ServerTest, AnIdleConnectionIsClosed) {
  const auto server = start({.idle_deadline = 50ms});
  Client client(*server);
  EXPECT_THAT(client.send(get("/once")).response(), EndsWith("GET once 0"));
  EXPECT_EQ(client.rest(), "");
}

TEST(ServerTest, RefusesWhatIsTooLarge) {
  const auto server = start();
  const std::string post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  EXPECT_THAT(Client(*server).send(get("/", "X: " + std::string(17'000, 'x') + "\r\n")).rest(),
              StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(Client(*server).send(get("/" + std::string(9'000, 'x'))).rest(),
              StartsWith("HTTP/1.1 414 "));
  EXPECT_THAT(Client(*server).send(post + "Content-Length: 70000\r\n\r\n").rest(),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(
      Client(*server)
          .send(post + "Transfer-Encoding: chunked\r\n\r\n11170\r\n" + std::string(70'000, 'x'))
          .rest(),
      StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(Client(*server).send(get("/fine")).response(), EndsWith("GET fine 0"));
}

TEST(ServerTest, RefusesWhatIsNoRequest) {
  const auto server = start();
  for (const std::string& bytes :
       {std::string("\x16\x03\x01\x02", 4), std::string("nonsense\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\n\r\n"), get("/%zz", "Connection: close\r\n"),
        get("/?q=%ff", "Connection: close\r\n"), get("*", "Connection: close\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")}) {
    EXPECT_THAT(Client(*server).send(bytes).half_close().rest(), StartsWith("HTTP/1.1 400 "))
        << bytes;
  }
  EXPECT_THAT(Client(*server).send("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n").rest(),
              StartsWith("HTTP/1.1 505 "));
}

TEST(ServerTest, AHalfClosedClientGetsItsAnswer) {
  const auto server = start();
  EXPECT_THAT(Client(*server).send(get("/bye")).half_close().rest(), EndsWith("GET bye 0"));
  EXPECT_THAT(Client(*server).send("GET / HT").half_close().rest(), StartsWith("HTTP/1.1 400 "));
}

TEST(ServerTest, RefusesForeignHosts) {
  const auto server = start({.allowed_hosts = {"music.lan"}});
  const auto ask = [&](const std::string& host) {
    return Client(*server)
        .send("GET /x HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
        .rest();
  };
  EXPECT_THAT(ask("rebound.example"), StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(ask("music.lan:8080"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("[::1]:8080"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(Client(*server)
                  .send("GET http://rebound.example/ HTTP/1.1\r\nHost: localhost\r\n"
                        "Connection: close\r\n\r\n")
                  .rest(),
              StartsWith("HTTP/1.1 403 "));
}

TEST(ServerTest, AHandlerThatThrowsIsAnError) {
  const auto server =
      start({}, [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret"); });
  const std::string response = Client(*server).send(get("/")).response();
  EXPECT_THAT(response, StartsWith("HTTP/1.1 500 "));
  EXPECT_EQ(response.find("secret"), std::string::npos);
}

TEST(ServerTest, RefusesMoreConnectionsThanItMayHold) {
  const auto server = start({.max_connections = 2});
  Client first(*server);
  Client second(*server);
  first.send(get("/a")).response();
  second.send(get("/b")).response();
  EXPECT_THAT(Client(*server).send(get("/c")).rest(), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(first.send(get("/d")).response(), EndsWith("GET d 0"));
}

TEST(ServerTest, SlowClientsHoldNoThread) {
  const auto server = start({.threads = 1});
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 20; ++i) {
    slow.push_back(std::make_unique<Client>(*server));
    slow.back()->send("GET / HTTP/1.1\r\n");
  }
  EXPECT_THAT(Client(*server).send(get("/quick")).response(), EndsWith("GET quick 0"));
}

TEST(ServerTest, ServesManyClientsAtOnce) {
  const auto server = start();
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 64; ++i) {
    clients.emplace_back([&, i] {
      Client client(*server);
      for (int j = 0; j < 10; ++j) {
        const std::string name = std::to_string(i) + "-" + std::to_string(j);
        if (client.send(get("/" + name)).response().ends_with("GET " + name + " 0")) ++right;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, 640);
}

TEST(ServerTest, StopFinishesTheRequestUnderWay) {
  std::atomic<bool> entered = false;
  std::atomic<bool> go_on = false;
  const auto server = start({}, [&](const HttpRequest& request) {
    entered = true;
    while (!go_on) std::this_thread::sleep_for(1ms);
    return echo(request);
  });
  Client idle(*server);
  Client client(*server);
  client.send(get("/last"));
  while (!entered) std::this_thread::sleep_for(1ms);
  server->stop();
  EXPECT_EQ(idle.rest(), "");
  go_on = true;
  const std::string response = client.rest();
  EXPECT_THAT(response, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(response, EndsWith("GET last 0"));
  server->wait();
}

TEST(ServerTest, StopsUnderLoadAndNeverCutsAResponse) {
  const auto server = start();
  std::atomic<bool> cut = false;
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 16; ++i) {
    clients.emplace_back([&] {
      try {
        Client client(*server);
        while (true) {
          const std::string response = client.send(get("/load")).response();
          if (response.empty()) return;
          if (!response.ends_with("GET load 0")) cut = true;
          ++answered;
        }
      } catch (const boost::system::system_error&) {  // connected after the stop
      }
    });
  }
  while (answered < 200) std::this_thread::sleep_for(1ms);
  server->stop();
  server->wait();
  for (std::thread& client : clients) client.join();
  EXPECT_FALSE(cut);
}

TEST(ServerTest, SaysWhereItListensAndWhyItCannot) {
  const auto server = start();
  EXPECT_EQ(server->address(), "http://127.0.0.1:" + std::to_string(server->port()));
  const auto second = Server::start({.port = server->port()}, echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(second.error().message, HasSubstr("choose another port"));
  const auto elsewhere = Server::start({.host = "192.0.2.1", .port = 0}, echo);
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace spotisearch

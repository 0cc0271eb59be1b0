#include "server/routes.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "server/fake_library_service.h"
#include "server/request_target.h"
#include "server/static_files.h"

namespace spotisearch {
namespace {

using nlohmann::json;

HttpResponse ask(const std::string& target, const std::string& method = "GET",
                 std::shared_ptr<FakeLibraryService> service = nullptr,
                 const std::string& if_none_match = "") {
  if (service == nullptr) service = std::make_shared<FakeLibraryService>();
  auto parsed = parse_target(target);
  EXPECT_TRUE(parsed) << target;
  HttpRequest request;
  request.method = method;
  request.segments = parsed->segments;
  request.parameters = parsed->parameters;
  request.if_none_match = if_none_match;
  return make_handler(service)(request);
}

std::string header(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(RoutesTest, SearchesAnswerWithTheirKind) {
  const auto songs = ask("/api/v1/songs?q=rain&k=3");
  EXPECT_EQ(songs.status, 200);
  EXPECT_EQ(songs.content_type, "application/json; charset=utf-8");
  EXPECT_EQ(header(songs, "Cache-Control"), "no-store");
  const json answer = json::parse(songs.body);
  EXPECT_EQ(answer["kind"], "songs");
  EXPECT_EQ(answer["query"], "rain");
  EXPECT_EQ(answer["mood"]["energy"]["spread"], 1.0);
  EXPECT_EQ(answer["results"][0]["title"], "rain x3");

  const json albums = json::parse(ask("/api/v1/albums?q=rain").body);
  EXPECT_EQ(albums["kind"], "albums");
  EXPECT_EQ(albums["results"][0]["title"], "rain x5");
}

TEST(RoutesTest, SimilarTakesTheIdFromThePath) {
  const json songs = json::parse(ask("/api/v1/songs/a%2Fb%20c/similar?k=2").body);
  EXPECT_EQ(songs["query"], "a/b c");
  EXPECT_EQ(songs["results"][0]["title"], "like a/b c x2");
  EXPECT_EQ(json::parse(ask("/api/v1/albums/7/similar").body)["results"][0]["title"], "like 7 x5");
  EXPECT_EQ(ask("/api/v1/songs//similar").status, 404);
  EXPECT_EQ(json::parse(ask("/api/v1/albums/7/similar?k=21").body)["error"]["parameter"], "k");
  EXPECT_EQ(json::parse(ask("/api/v1/songs/7/similar?q=x").body)["error"]["parameter"], "q");
}

TEST(RoutesTest, LibraryKeepsItsFolderToItself) {
  const auto library = ask("/api/v1/library");
  EXPECT_EQ(library.status, 200);
  EXPECT_EQ(json::parse(library.body)["songs"], 1);
  EXPECT_EQ(library.body.find("someone"), std::string::npos);
  EXPECT_EQ(ask("/api/v1/library?x=1").status, 400);
}

TEST(RoutesTest, MistakesNameTheParameter) {
  const auto wrong = ask("/api/v1/songs?q=rain&k=0");
  EXPECT_EQ(wrong.status, 400);
  const json error = json::parse(wrong.body)["error"];
  EXPECT_EQ(error["code"], "invalid_argument");
  EXPECT_EQ(error["parameter"], "k");
  EXPECT_EQ(error["message"], "k must be a whole number from 1 to 50");
}

TEST(RoutesTest, UnknownPathsAreNotFound) {
  for (const char* target :
       {"/nothing", "/api", "/api/v1/songs/", "/api/v1/songs/x", "/../etc", "/tests/page.test.mjs",
        "/package.json", "/api/v1/songs/x/similar/y"}) {
    const auto response = ask(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_EQ(json::parse(response.body)["error"]["code"], "not_found");
  }
}

TEST(RoutesTest, OtherMethodsAreNotAllowed) {
  for (const char* target : {"/", "/healthz", "/api/v1/songs?q=x", "/app.js"}) {
    const auto response = ask(target, "POST");
    EXPECT_EQ(response.status, 405) << target;
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
  }
  EXPECT_EQ(ask("/api/v1/songs?q=x", "HEAD").status, 200);
}

struct Failure {
  ErrorCode code;
  int status;
  const char* name;
};

TEST(RoutesTest, EveryErrorHasItsStatus) {
  const Failure failures[] = {{ErrorCode::kInvalidArgument, 400, "invalid_argument"},
                              {ErrorCode::kNotFound, 404, "not_found"},
                              {ErrorCode::kCorrupt, 503, "corrupt"},
                              {ErrorCode::kUnavailable, 503, "unavailable"},
                              {ErrorCode::kResourceExhausted, 429, "resource_exhausted"},
                              {ErrorCode::kIo, 500, "io"},
                              {ErrorCode::kInternal, 500, "internal"}};
  for (const auto& [code, status, name] : failures) {
    auto service = std::make_shared<FakeLibraryService>();
    service->failure = Error{code, "what and how"};
    for (const char* target : {"/api/v1/songs?q=x", "/api/v1/albums?q=x", "/api/v1/songs/x/similar",
                               "/api/v1/albums/x/similar", "/api/v1/library"}) {
      const auto response = ask(target, "GET", service);
      EXPECT_EQ(response.status, status) << target;
      const json error = json::parse(response.body)["error"];
      EXPECT_EQ(error["message"], "what and how");
      EXPECT_EQ(error["code"], name);
    }
    EXPECT_EQ(ask("/healthz", "GET", service).status, 503);
  }
  EXPECT_EQ(ask("/healthz").status, 200);
}

TEST(RoutesTest, ServesThePageWithTypesAndTags) {
  const auto page = ask("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page.body, ask("/index.html").body);
  EXPECT_EQ(ask("/app.js").content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(ask("/style.css").content_type, "text/css; charset=utf-8");
  EXPECT_EQ(ask("/favicon.svg").content_type, "image/svg+xml");

  const std::string tag = header(page, "ETag");
  ASSERT_FALSE(tag.empty());
  const auto again = ask("/", "GET", nullptr, "\"other\", W/" + tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(header(again, "ETag"), tag);
  EXPECT_EQ(ask("/app.js", "GET", nullptr, tag).status, 200);
}

TEST(RoutesTest, EmbeddedFilesAreTheFilesOfTheRepository) {
  for (const EmbeddedFile& file : embedded_files()) {
    std::ifstream in(std::string(SPOTISEARCH_SOURCE_DIR) + "/web/" + std::string(file.name),
                     std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    EXPECT_EQ(file.bytes, bytes.str()) << file.name;
  }
}

TEST(RoutesTest, OpenApiDescribesExactlyTheseRoutes) {
  std::ifstream in(std::string(SPOTISEARCH_SOURCE_DIR) + "/docs/openapi.yaml");
  std::set<std::string> described;
  const std::regex path(R"(^  (/[^:]*):\s*$)");
  std::smatch match;
  for (std::string line; std::getline(in, line);) {
    if (std::regex_match(line, match, path)) described.insert(match[1]);
  }
  std::set<std::string> routed;
  for (const std::string_view pattern : route_patterns()) routed.emplace(pattern);
  EXPECT_EQ(described, routed);
}

}  // namespace
}  // namespace spotisearch

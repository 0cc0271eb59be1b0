#include "server/routes.h"

#include <array>
#include <exception>

#include "search/search_answer_json.h"
#include "server/http_error.h"
#include "server/parameter_reader.h"
#include "server/search_parameters.h"
#include "server/static_files.h"

namespace spotisearch {
namespace {

struct RouteCall {
  const HttpRequest& request;
  const LibraryService& service;
  std::string_view id;  ///< what stands for {id}, or empty
};

struct Route {
  std::string_view pattern;
  HttpResponse (*answer)(const RouteCall&);
};

HttpResponse json_response(std::string body) {
  HttpResponse response;
  response.body = std::move(body);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

HttpResponse failed(Error error) { return error_response(RequestError{std::move(error), ""}); }

HttpResponse songs(const RouteCall& call) {
  const auto query = read_song_query(call.request.parameters);
  if (!query) return error_response(query.error());
  const auto answer = call.service.songs(*query);
  if (!answer) return failed(answer.error());
  return json_response(to_json(*answer, query->text, call.service.scaler()));
}

HttpResponse albums(const RouteCall& call) {
  const auto query = read_album_query(call.request.parameters);
  if (!query) return error_response(query.error());
  const auto answer = call.service.albums(*query);
  if (!answer) return failed(answer.error());
  return json_response(to_json(*answer, query->text));
}

HttpResponse similar_songs(const RouteCall& call) {
  const auto k = read_count(call.request.parameters, kUsualSongs, kMostSongs);
  if (!k) return error_response(k.error());
  const auto answer = call.service.similar_songs(call.id, *k);
  if (!answer) return failed(answer.error());
  return json_response(to_json(*answer, call.id, call.service.scaler()));
}

HttpResponse similar_albums(const RouteCall& call) {
  const auto k = read_count(call.request.parameters, kUsualAlbums, kMostAlbums);
  if (!k) return error_response(k.error());
  const auto answer = call.service.similar_albums(call.id, *k);
  if (!answer) return failed(answer.error());
  return json_response(to_json(*answer, call.id));
}

HttpResponse library(const RouteCall& call) {
  const ParameterReader reader(call.request.parameters, {});
  if (reader.error()) return error_response(*reader.error());
  auto info = call.service.info();
  if (!info) return failed(std::move(info).error());
  info->folder.clear();  // where the library lies is nobody's business on the network
  return json_response(to_json(*info));
}

HttpResponse health(const RouteCall& call) {
  auto info = call.service.info();
  if (!info) {
    Error error = std::move(info).error();
    return error_response(503, "unavailable", "the library cannot be read: " + error.message);
  }
  return json_response(R"({"status":"ok"})");
}

constexpr std::array kRoutes = {
    Route{"/api/v1/songs", songs},
    Route{"/api/v1/albums", albums},
    Route{"/api/v1/songs/{id}/similar", similar_songs},
    Route{"/api/v1/albums/{id}/similar", similar_albums},
    Route{"/api/v1/library", library},
    Route{"/healthz", health},
};

// Whether the path has the form of the pattern; fills `id` where it has.
bool matches(std::string_view pattern, const std::vector<std::string>& segments,
             std::string_view& id) {
  for (const std::string& segment : segments) {
    if (!pattern.starts_with('/')) return false;
    pattern.remove_prefix(1);
    const std::string_view part = pattern.substr(0, pattern.find('/'));
    if (part == "{id}") {
      if (segment.empty()) return false;
      id = segment;
    } else if (part != segment) {
      return false;
    }
    pattern.remove_prefix(part.size());
  }
  return pattern.empty();
}

HttpResponse method_not_allowed() {
  HttpResponse response =
      error_response(405, "method_not_allowed", "this address answers GET and HEAD only");
  response.headers.emplace_back("Allow", "GET, HEAD");
  return response;
}

HttpResponse follow(const HttpRequest& request, const LibraryService& service) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  for (const Route& route : kRoutes) {
    std::string_view id;
    if (!matches(route.pattern, request.segments, id)) continue;
    return reads ? route.answer({request, service, id}) : method_not_allowed();
  }
  if (request.segments.size() == 1) {
    const std::string& name = request.segments[0];
    const EmbeddedFile* file = find_embedded_file(name.empty() ? "index.html" : name);
    if (file != nullptr) return reads ? serve_file(*file, request) : method_not_allowed();
  }
  return error_response(404, "not_found",
                        "there is nothing at this address; the page is at / and searches are at "
                        "/api/v1/songs and /api/v1/albums");
}

}  // namespace

std::vector<std::string_view> route_patterns() {
  std::vector<std::string_view> patterns;
  for (const Route& route : kRoutes) patterns.push_back(route.pattern);
  return patterns;
}

RequestHandler make_handler(std::shared_ptr<const LibraryService> service) {
  return [service = std::move(service)](const HttpRequest& request) {
    try {
      return follow(request, *service);
    } catch (const std::exception&) {  // memory ran out; what() may hold a piece of the input
      return error_response(500, "internal",
                            "the program failed on this request; please report it");
    }
  };
}

}  // namespace spotisearch

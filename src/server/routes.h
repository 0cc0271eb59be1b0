// Every route of the program, and the handler that follows them.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "server/http_message.h"
#include "server/library_service.h"

namespace spotisearch {

/// Path patterns of the routes that are not static files ("/api/v1/songs/{id}/similar"), the ones
/// that docs/openapi.yaml describes. All of them answer GET and HEAD.
std::vector<std::string_view> route_patterns();

/// Routes, then static files, then 404; 405 for methods other than GET and HEAD. Never throws.
/// `service` is shared with whoever opened the library. REQUIRES: service != nullptr.
RequestHandler make_handler(std::shared_ptr<const LibraryService> service);

}  // namespace spotisearch

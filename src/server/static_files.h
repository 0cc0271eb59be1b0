// The files of web/, embedded in the program.
#pragma once

#include <span>
#include <string_view>

#include "server/http_message.h"

namespace spotisearch {

struct EmbeddedFile {
  std::string_view name;  ///< "app.js"
  std::string_view etag;  ///< with its quotes, from the contents
  std::string_view bytes;
};

/// All of them. Defined in a source that the build writes (embed_files.cmake).
std::span<const EmbeddedFile> embedded_files();

/// The embedded file of that name, or null.
const EmbeddedFile* find_embedded_file(std::string_view name);

/// The file with its type and ETag, or 304 when the request's If-None-Match names it.
HttpResponse serve_file(const EmbeddedFile& file, const HttpRequest& request);

}  // namespace spotisearch

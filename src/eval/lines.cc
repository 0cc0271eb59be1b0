#include "eval/lines.h"

#include <fmt/format.h>

#include "base/mapped_file.h"

namespace spotisearch {

Status for_each_line(
    const std::filesystem::path& path,
    const std::function<Status(std::string_view line, std::size_t number)>& visit) {
  const auto file = MappedFile::open(path);
  if (!file) return tl::unexpected(file.error());
  std::string_view rest(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size());
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    Status status = visit(line, number);
    if (!status) {
      return fail(fmt::format("{}:{}: ", path.string(), number), std::move(status).error());
    }
  }
  return {};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> split_white_space(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::string_view piece : split(text, ' ')) {
    for (std::string_view part : split(piece, '\t')) {
      if (!part.empty()) pieces.push_back(part);
    }
  }
  return pieces;
}

}  // namespace spotisearch

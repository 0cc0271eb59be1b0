// Turns the CSV files of data/knowledge into the one file that the program maps:
//
//   compile_knowledge OUT CSV...
//
// Every fault of the rows is named and fails the build.
#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

#include "base/mapped_file.h"
#include "knowledge/knowledge_csv.h"
#include "knowledge/knowledge_file.h"

namespace spotisearch {
namespace {

Status compile(std::span<const std::string> arguments) {
  if (arguments.size() < 2) {
    return fail(ErrorCode::kInvalidArgument, "usage: compile_knowledge OUT CSV...");
  }
  KnowledgeRows rows;
  std::string faults;
  for (const std::string& path : arguments.subspan(1)) {
    const auto bytes = read_file(path);
    if (!bytes) return tl::unexpected(bytes.error());
    KnowledgeCsv csv = read_knowledge_csv(*bytes, path);
    for (const std::string& fault : csv.faults) faults += "\n  " + fault;
    std::ranges::move(csv.rows.genres, std::back_inserter(rows.genres));
    std::ranges::move(csv.rows.artists, std::back_inserter(rows.artists));
  }
  if (!faults.empty()) return fail(ErrorCode::kInvalidArgument, "faulty rows:" + faults);
  SPOTISEARCH_TRY(write_file_atomically(arguments[0], make_knowledge_file(rows)));
  fmt::print("{} genres and {} artists are known\n", rows.genres.size(), rows.artists.size());
  return {};
}

}  // namespace
}  // namespace spotisearch

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto done = spotisearch::compile(arguments);
  if (!done) fmt::print(stderr, "compile_knowledge: {}\n", done.error().message);
  return done ? 0 : 1;
}

#include "eval/eval_query.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "eval/lines.h"

namespace spotisearch {
namespace {

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message));
}

Result<EvalQuery> parse_query(std::string_view line) {
  const auto object = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) {
    return invalid("not a JSON object; a line is like {\"_id\": \"q1\", \"text\": \"...\"}");
  }
  EvalQuery query;
  for (const auto& [name, value] : {std::pair("_id", &query.id), std::pair("text", &query.text)}) {
    const auto member = object.find(name);
    if (member == object.end() || !member->is_string()) {
      return invalid(fmt::format("the string \"{}\" is missing", name));
    }
    *value = member->get_ref<const std::string&>();
  }
  if (query.id.empty()) return invalid("\"_id\" is empty");
  return query;
}

}  // namespace

Result<std::vector<EvalQuery>> read_queries(const std::filesystem::path& path) {
  std::vector<EvalQuery> queries;
  std::set<std::string> ids;
  SPOTISEARCH_TRY(for_each_line(path, [&](std::string_view line, std::size_t) -> Status {
    if (line.find_first_not_of(" \t") == std::string_view::npos) return {};
    auto query = parse_query(line);
    if (!query) return tl::unexpected(std::move(query).error());
    if (!ids.insert(query->id).second) {
      return invalid(fmt::format("the query \"{}\" was there before", query->id));
    }
    queries.push_back(*std::move(query));
    return {};
  }));
  if (queries.empty()) return invalid(path.string() + " holds no queries");
  return queries;
}

}  // namespace spotisearch

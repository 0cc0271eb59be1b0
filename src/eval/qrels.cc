#include "eval/qrels.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "eval/lines.h"

namespace spotisearch {
namespace {

constexpr int kHighestGrade = 30;  // gains are 2^grade

std::optional<int> parse_grade(std::string_view text) {
  int grade = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), grade);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return grade;
}

}  // namespace

Result<Qrels> read_qrels(const std::filesystem::path& path) {
  Qrels qrels;
  SPOTISEARCH_TRY(for_each_line(path, [&](std::string_view line, std::size_t number) -> Status {
    const auto fields = split(line, '\t');
    if (fields.size() != 3) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("a line has three fields with tabs between them (query id, item id, "
                              "grade), this one has {}",
                              fields.size()));
    }
    const auto grade = parse_grade(fields[2]);
    if (!grade && number == 1) return {};  // the header
    if (!grade || *grade < 0 || *grade > kHighestGrade) {
      return fail(
          ErrorCode::kInvalidArgument,
          fmt::format("the grade \"{}\" is not a whole number in 0..{}", fields[2], kHighestGrade));
    }
    qrels[std::string(fields[0])][std::string(fields[1])] = *grade;
    return {};
  }));
  if (qrels.empty()) {
    return fail(ErrorCode::kInvalidArgument, path.string() + " holds no judgements");
  }
  return qrels;
}

}  // namespace spotisearch

#include "eval/trec_run.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <iterator>

#include "base/mapped_file.h"
#include "eval/lines.h"

namespace spotisearch {
namespace {

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message));
}

template <class Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool one_word(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t\r\n") == std::string_view::npos;
}

Status add_line(std::string_view line, TrecRun& run) {
  const auto fields =
      line.find('\t') == std::string_view::npos ? split_white_space(line) : split(line, '\t');
  if (fields.size() != 6) {
    return invalid(fmt::format("a run line has six fields, this one has {}", fields.size()));
  }
  RunResult result;
  result.id = fields[2];
  if (!parse_number(fields[3], result.rank)) {
    return invalid(fmt::format("the rank \"{}\" is not a whole number", fields[3]));
  }
  if (!parse_number(fields[4], result.score) || std::isnan(result.score)) {
    return invalid(fmt::format("the score \"{}\" is not a number", fields[4]));
  }
  run[std::string(fields[0])].push_back(std::move(result));
  return {};
}

}  // namespace

bool counts_before(const RunResult& a, const RunResult& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.rank != b.rank) return a.rank < b.rank;
  return a.id > b.id;
}

Result<TrecRun> read_run(const std::filesystem::path& path) {
  TrecRun run;
  SPOTISEARCH_TRY(
      for_each_line(path, [&](std::string_view line, std::size_t) { return add_line(line, run); }));
  return run;
}

Status write_run(const std::filesystem::path& path, const TrecRun& run, std::string_view tag) {
  if (!one_word(tag)) return invalid(fmt::format("the run's tag \"{}\" is not one word", tag));
  std::string lines;
  for (const auto& [query, results] : run) {
    if (!one_word(query)) return invalid(fmt::format("the query id \"{}\" is not one word", query));
    for (const RunResult& result : results) {
      if (!one_word(result.id)) {
        return invalid(fmt::format("the result id \"{}\" is not one word", result.id));
      }
      if (std::isnan(result.score)) {
        return invalid(fmt::format("the score of {} for query {} is NaN", result.id, query));
      }
      fmt::format_to(std::back_inserter(lines), "{}\tQ0\t{}\t{}\t{:.9g}\t{}\n", query, result.id,
                     result.rank, result.score, tag);
    }
  }
  return write_file_atomically(path, lines);
}

}  // namespace spotisearch

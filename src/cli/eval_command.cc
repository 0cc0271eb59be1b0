#include <fmt/format.h>

#include <ostream>

#include "cli/command.h"
#include "eval/eval_query.h"
#include "eval/metrics.h"
#include "eval/qrels.h"
#include "eval/trec_run.h"

namespace spotisearch {
namespace {

template <class Item>
std::vector<RunResult> results_of(const SearchAnswer<Item>& answer) {
  std::vector<RunResult> results;
  for (const Hit<Item>& hit : answer.hits) {
    results.push_back({hit.item.id, static_cast<int>(results.size()) + 1, hit.score});
  }
  return results;
}

Result<std::vector<RunResult>> search(const SearchEngine& engine, const CommandArguments& arguments,
                                      const std::string& text) {
  SearchQuery query = arguments.query;
  query.text = text;
  if (arguments.eval_kind == "songs") {
    auto answer = engine.songs(query);
    if (!answer) return tl::unexpected(std::move(answer).error());
    return results_of(*answer);
  }
  auto answer = engine.albums(query);
  if (!answer) return tl::unexpected(std::move(answer).error());
  return results_of(*answer);
}

Result<TrecRun> make_run(CommandWorld& world, const CommandArguments& arguments) {
  auto queries = read_queries(arguments.queries);
  if (!queries) return tl::unexpected(std::move(queries).error());
  auto engine = open_engine(world, arguments);
  if (!engine) return tl::unexpected(std::move(engine).error());
  TrecRun run;
  for (const EvalQuery& query : *queries) {
    auto results = search(*engine->engine, arguments, query.text);
    if (!results) return fail("query " + query.id + ": ", std::move(results).error());
    run[query.id] = std::move(*results);
  }
  return run;
}

}  // namespace

int eval_command(CommandWorld& world, const CommandArguments& arguments) {
  if (arguments.qrels.empty() && arguments.run.empty()) {
    return report(world, {ErrorCode::kInvalidArgument,
                          "nothing to do: give --qrels to score the answers, --run to keep them, "
                          "or both"});
  }
  // The judgements first: a mistake in their path should not cost a whole run.
  Qrels qrels;
  if (!arguments.qrels.empty()) {
    auto read = read_qrels(arguments.qrels);
    if (!read) return report(world, read.error());
    qrels = std::move(*read);
  }
  auto run = make_run(world, arguments);
  if (!run) return report(world, run.error());
  if (!arguments.run.empty()) {
    const auto written =
        write_run(arguments.run, *run, "spotisearch-" + name_of(arguments.query.mode));
    if (!written) return report(world, written.error());
  }
  if (!arguments.qrels.empty()) world.out << to_string(evaluate(qrels, *run));
  return kExitDone;
}

}  // namespace spotisearch

#include "catalog/keyword_rank.h"

#include <sqlite3.h>

#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace spotisearch {
namespace {

constexpr double kSaturation = 1.2;        // BM25's k1
constexpr double kLengthInfluence = 0.75;  // BM25's b
constexpr int kColumns = 5;
constexpr int kBody = 3;
constexpr int kKnown = 4;

/// Fields that are scored together.
enum Group : std::size_t { kTags, kProse, kKnowledge, kGroups };

// Within names and tags, a word in a title says less of the music than one in a genre.
constexpr std::array<double, kColumns> kOccurrenceWeight = {0.3, 0.3, 1.0, 1.0, 1.0};
constexpr std::array<double, kGroups> kTypicalLength = {14.0, 100.0, 100.0};  // words

Group group_of(int column) {
  if (column == kKnown) return kKnowledge;
  return column == kBody ? kProse : kTags;
}

/// What is the same for every row of one query.
struct QueryStatistics {
  std::vector<double> idf;  ///< per word of the query
  double sum = 0;
  std::vector<std::array<double, kGroups>> found;  ///< occurrences in the current row, kept to be
                                                   ///< filled again without an allocation
};

int count_row(const Fts5ExtensionApi*, Fts5Context*, void* count) {
  ++*static_cast<sqlite3_int64*>(count);
  return SQLITE_OK;
}

/// The statistics of the query that runs, made at its first row and kept by FTS5 until its end.
int statistics(const Fts5ExtensionApi* api, Fts5Context* context, QueryStatistics*& out) {
  if (void* known = api->xGetAuxdata(context, 0)) {
    out = static_cast<QueryStatistics*>(known);
    return SQLITE_OK;
  }
  auto fresh = std::make_unique<QueryStatistics>();
  sqlite3_int64 rows = 0;
  if (const int code = api->xRowCount(context, &rows); code != SQLITE_OK) return code;
  for (int word = 0; word < api->xPhraseCount(context); ++word) {
    sqlite3_int64 holding = 0;
    const int code = api->xQueryPhrase(context, word, &holding, count_row);
    if (code != SQLITE_OK) return code;
    const auto n = static_cast<double>(holding);
    const double idf = std::log(1.0 + (static_cast<double>(rows) - n + 0.5) / (n + 0.5));
    fresh->idf.push_back(idf);
    fresh->sum += idf;
  }
  out = fresh.get();
  return api->xSetAuxdata(context, fresh.release(),
                          [](void* data) { delete static_cast<QueryStatistics*>(data); });
}

/// How often each word of the query stands in each group of the current row, weighted.
int occurrences(const Fts5ExtensionApi* api, Fts5Context* context,
                std::vector<std::array<double, kGroups>>& out) {
  int count = 0;
  if (const int code = api->xInstCount(context, &count); code != SQLITE_OK) return code;
  for (int i = 0; i < count; ++i) {
    int word = 0;
    int column = 0;
    int offset = 0;
    const int code = api->xInst(context, i, &word, &column, &offset);
    if (code != SQLITE_OK) return code;
    if (column < 0 || column >= kColumns) continue;
    out[static_cast<std::size_t>(word)][group_of(column)] +=
        kOccurrenceWeight[static_cast<std::size_t>(column)];
  }
  return SQLITE_OK;
}

int lengths(const Fts5ExtensionApi* api, Fts5Context* context, std::array<double, kGroups>& out) {
  for (int column = 0; column < kColumns; ++column) {
    int words = 0;
    const int code = api->xColumnSize(context, column, &words);
    if (code != SQLITE_OK) return code;
    out[group_of(column)] += words;
  }
  return SQLITE_OK;
}

int rank(const Fts5ExtensionApi* api, Fts5Context* context,
         const std::array<double, kGroups>& weights, double& score) {
  QueryStatistics* query = nullptr;
  if (const int code = statistics(api, context, query); code != SQLITE_OK) return code;
  auto& found = query->found;
  found.assign(query->idf.size(), {});
  if (const int code = occurrences(api, context, found); code != SQLITE_OK) return code;
  std::array<double, kGroups> length{};
  if (const int code = lengths(api, context, length); code != SQLITE_OK) return code;
  for (std::size_t group = 0; group < kGroups; ++group) {
    const double relative = length[group] / kTypicalLength[group];
    const double half = kSaturation * (1.0 - kLengthInfluence + kLengthInfluence * relative);
    double sum = 0;
    for (std::size_t word = 0; word < found.size(); ++word) {
      const double often = found[word][group];
      if (often > 0) sum += query->idf[word] * often / (often + half);
    }
    if (query->sum > 0) score += weights[group] * sum / query->sum;
  }
  return SQLITE_OK;
}

void keyword_rank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result,
                  int arguments, sqlite3_value** values) {
  if (arguments != static_cast<int>(kGroups)) {
    sqlite3_result_error(result, "keyword_rank takes three weights", -1);
    return;
  }
  try {
    double score = 0;
    const int code = rank(api, context,
                          {sqlite3_value_double(values[0]), sqlite3_value_double(values[1]),
                           sqlite3_value_double(values[2])},
                          score);
    if (code != SQLITE_OK) {
      sqlite3_result_error_code(result, code);
      return;
    }
    sqlite3_result_double(result, score);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(result);
  }
}

/// SQLite hands out its FTS5 interface through a query with a pointer parameter.
fts5_api* fts5_of(sqlite3* connection) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

Status register_keyword_rank(sqlite3* connection) {
  fts5_api* api = fts5_of(connection);
  if (api == nullptr || api->iVersion < 2) {
    return fail(ErrorCode::kInternal, "this SQLite was built without FTS5");
  }
  const int code = api->xCreateFunction(api, "keyword_rank", nullptr, keyword_rank, nullptr);
  if (code != SQLITE_OK) {
    return fail(ErrorCode::kInternal,
                std::string("cannot register the keyword ranking: ") + sqlite3_errstr(code));
  }
  return {};
}

}  // namespace spotisearch

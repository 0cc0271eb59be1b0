#include "catalog/filter.h"

#include <fmt/format.h>

#include <string>

namespace spotisearch {
namespace {

/// Counts for each row how many conditions, taken one after another, it has met so far. This
/// intersects, removes doubles and sorts at once, and never sorts a million rows.
class Sieve {
 public:
  explicit Sieve(std::int64_t last_row) : met_(static_cast<std::size_t>(last_row) + 1) {}

  /// A row that meets the condition at hand.
  void meet(std::int64_t row) {
    if (row < 0 || static_cast<std::size_t>(row) >= met_.size()) return;
    std::uint8_t& met = met_[static_cast<std::size_t>(row)];
    if (met == conditions_) ++met;
  }
  void end_condition() { ++conditions_; }

  std::vector<std::int64_t> rows() const {
    std::vector<std::int64_t> rows;
    for (std::size_t row = 0; row < met_.size(); ++row) {
      if (met_[row] == conditions_) rows.push_back(static_cast<std::int64_t>(row));
    }
    return rows;
  }

 private:
  std::vector<std::uint8_t> met_;  ///< by row; rows are given out without large gaps
  std::uint8_t conditions_ = 0;
};

bool has_number_condition(const Filters& filters) {
  return filters.year_from || filters.year_to || filters.tempo_from || filters.tempo_to ||
         filters.is_explicit;
}

/// The conditions that one covering index answers. Unknown values are NULL and meet none of them;
/// nor does tempo 0, which means that none was found.
Statement prepare_numbers(Database& database, Collection collection, const Filters& filters) {
  std::string where;
  const auto add = [&](std::string_view condition) {
    if (!where.empty()) where += " AND ";
    where += condition;
  };
  if (filters.year_from) add("year >= ?");
  if (filters.year_to) add("year <= ?");
  if (filters.tempo_from || filters.tempo_to) add("tempo > 0");
  if (filters.tempo_from) add("tempo >= ?");
  if (filters.tempo_to) add("tempo <= ?");
  if (filters.is_explicit) add("is_explicit = ?");
  const std::string_view table = collection == Collection::kTracks ? "tracks" : "albums";
  const std::string_view index = filters.year_from || filters.year_to ? "year" : "tempo";
  Statement statement = database.prepare_once(
      fmt::format("SELECT row FROM {0} INDEXED BY {0}_{1} WHERE {2}", table, index, where));
  if (filters.year_from) statement.bind_integer(*filters.year_from);
  if (filters.year_to) statement.bind_integer(*filters.year_to);
  if (filters.tempo_from) statement.bind_real(*filters.tempo_from);
  if (filters.tempo_to) statement.bind_real(*filters.tempo_to);
  if (filters.is_explicit) statement.bind_integer(*filters.is_explicit);
  return statement;
}

Status meet_numbers(Database& database, Collection collection, const Filters& filters,
                    Sieve& sieve) {
  Statement statement = prepare_numbers(database, collection, filters);
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) break;
    sieve.meet(statement.read_integer());
  }
  sieve.end_condition();
  return {};
}

}  // namespace

Result<std::vector<std::int64_t>> filtered_rows(Database& database, Collection collection,
                                                const Filters& filters, NameIndex& genres,
                                                NameIndex& artists) {
  const Result<std::int64_t> last_row =
      database.number(collection == Collection::kTracks ? "SELECT max(row) FROM tracks"
                                                        : "SELECT max(row) FROM albums");
  SPOTISEARCH_TRY(last_row);
  Sieve sieve(*last_row);
  const auto meet = [&](std::int64_t row) { sieve.meet(row); };
  if (filters.artist) {
    SPOTISEARCH_TRY(artists.visit_equal(*filters.artist, meet));
    sieve.end_condition();
  }
  if (filters.genre) {
    SPOTISEARCH_TRY(genres.visit_containing(*filters.genre, meet));
    sieve.end_condition();
  }
  if (has_number_condition(filters)) {
    SPOTISEARCH_TRY(meet_numbers(database, collection, filters, sieve));
  }
  return sieve.rows();
}

}  // namespace spotisearch

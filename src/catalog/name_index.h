// Which items bear a genre or an artist, by normalised name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "catalog/database.h"

namespace spotisearch {

/// One pair of side tables, such as genre_names and track_genres. Borrows the database.
class NameIndex {
 public:
  /// `names` is the table of names ("genre_names"), `links` that of their bearers ("track_genres").
  NameIndex(Database& database, std::string_view names, std::string_view links);

  /// Notes that `row` bears each of `names`, as its source wrote them; again is no error.
  Status link(std::int64_t row, std::span<const std::string> names);
  Status unlink(std::int64_t row, std::span<const std::string> names);

  /// Rows that bear exactly that name, case and accents aside; visited in no order.
  template <class Visit>
  Status visit_equal(std::string_view name, Visit visit);

  /// Rows with a name that equals `words` or contains it as whole words; a row may come twice.
  template <class Visit>
  Status visit_containing(std::string_view words, Visit visit);

  /// After a rollback: name numbers that were remembered may be gone.
  void forget() { numbers_.clear(); }

 private:
  Result<std::int64_t> number_of(const std::string& name);
  Result<std::int64_t> find(const std::string& matching);
  Result<std::vector<std::int64_t>> containing(std::string_view words);
  template <class Visit>
  Status visit_bearers(std::int64_t number, Visit visit);

  Database* database_;
  std::string find_, add_, all_, link_, unlink_, bearers_;  ///< SQL
  std::unordered_map<std::string, std::int64_t> numbers_;   ///< by the name as written
};

template <class Visit>
Status NameIndex::visit_bearers(std::int64_t number, Visit visit) {
  Statement statement = database_->prepare(bearers_);
  statement.bind_integer(number);
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return {};
    visit(statement.read_integer());
  }
}

template <class Visit>
Status NameIndex::visit_equal(std::string_view name, Visit visit) {
  const Result<std::int64_t> number = find(std::string(name));
  SPOTISEARCH_TRY(number);
  return *number == 0 ? Status{} : visit_bearers(*number, visit);
}

template <class Visit>
Status NameIndex::visit_containing(std::string_view words, Visit visit) {
  const Result<std::vector<std::int64_t>> numbers = containing(words);
  SPOTISEARCH_TRY(numbers);
  for (const std::int64_t number : *numbers) SPOTISEARCH_TRY(visit_bearers(number, visit));
  return {};
}

}  // namespace spotisearch

#include "catalog/keyword_index.h"

#include <algorithm>
#include <limits>

#include "catalog/query_words.h"

namespace spotisearch {
namespace {

constexpr std::size_t kMostResults = 1'000'000'000;  // fits SQLite's LIMIT

struct Queries {
  std::string_view read;
  std::string_view write;
  std::string_view search;
};

constexpr Queries kTrackQueries = {
    "SELECT title, artists, tags, body, known FROM track_words WHERE rowid = ?",
    "INSERT OR REPLACE INTO track_words(rowid, title, artists, tags, body, known) VALUES "
    "(?,?,?,?,?,?)",
    "SELECT rowid, keyword_rank(track_words, ?, ?, ?) AS score FROM track_words "
    "WHERE track_words MATCH ? ORDER BY score DESC, rowid LIMIT ?"};

constexpr Queries kAlbumQueries = {
    "SELECT title, artists, tags, body, known FROM album_words WHERE rowid = ?",
    "INSERT OR REPLACE INTO album_words(rowid, title, artists, tags, body, known) VALUES "
    "(?,?,?,?,?,?)",
    "SELECT rowid, keyword_rank(album_words, ?, ?, ?) AS score FROM album_words "
    "WHERE album_words MATCH ? ORDER BY score DESC, rowid LIMIT ?"};

const Queries& queries(Collection collection) {
  return collection == Collection::kTracks ? kTrackQueries : kAlbumQueries;
}

/// FTS5 takes a quoted string as words, whatever is in it. query_words() leaves no quotes.
std::string as_fts_string(const std::string& word) { return '"' + word + '"'; }

std::string any_of(const std::vector<std::string>& words) {
  std::string expression;
  for (const std::string& word : words) {
    if (!expression.empty()) expression += " OR ";
    expression += as_fts_string(word);
  }
  return expression;
}

/// A column that weighs nothing need not be looked through: what is known about music holds many
/// common words.
std::string in_columns_that_count(const std::string& expression, const KeywordWeights& weights) {
  if (weights.known > 0 || expression.empty()) return expression;
  return "{title artists tags body} : (" + expression + ")";
}

}  // namespace

Result<bool> KeywordIndex::has_text(Collection collection, std::int64_t row,
                                    const Catalog::KeywordText& text) {
  Statement statement = database_->prepare(queries(collection).read);
  const Result<bool> found = statement.bind_integer(row).step();
  if (!found || !*found) return found;
  return statement.read_text() == text.title && statement.read_text() == text.artists &&
         statement.read_text() == text.tags && statement.read_text() == text.body &&
         statement.read_text() == text.known;
}

Status KeywordIndex::set_text(Collection collection, std::int64_t row,
                              const Catalog::KeywordText& text) {
  const Result<bool> same = has_text(collection, row, text);
  SPOTISEARCH_TRY(same);
  if (*same) return {};
  Statement statement = database_->prepare(queries(collection).write);
  statement.bind_integer(row).bind_text(text.title).bind_text(text.artists);
  return statement.bind_text(text.tags).bind_text(text.body).bind_text(text.known).run();
}

Result<std::vector<KeywordMatch>> KeywordIndex::search(Collection collection,
                                                       std::string_view query,
                                                       const KeywordWeights& weights,
                                                       std::size_t limit) {
  std::vector<KeywordMatch> matches;
  const std::string expression = in_columns_that_count(any_of(query_words(query)), weights);
  if (expression.empty() || limit == 0) return matches;
  Statement statement = database_->prepare(queries(collection).search);
  statement.bind_real(weights.tags).bind_real(weights.body).bind_real(weights.known);
  statement.bind_text(expression);
  statement.bind_integer(static_cast<std::int64_t>(std::min(limit, kMostResults)));
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return matches;
    const std::int64_t row = statement.read_integer();
    matches.push_back({row, std::max(statement.read_real(), std::numeric_limits<double>::min())});
  }
}

}  // namespace spotisearch

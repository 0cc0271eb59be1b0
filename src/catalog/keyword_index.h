// Keyword search over tracks and albums: FTS5 with BM25.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/database.h"

namespace spotisearch {

/// How much a word found in each field counts in BM25. All equal until a measurement says
/// otherwise; only their ratios matter.
struct KeywordWeights {
  double title = 1.0;
  double artists = 1.0;
  double tags = 1.0;
  double body = 1.0;
};
inline constexpr KeywordWeights kKeywordWeights{};

/// Borrows the database. Writes REQUIRE an open transaction.
class KeywordIndex {
 public:
  explicit KeywordIndex(Database& database) : database_(&database) {}

  /// Writes nothing when the row's text is the same already.
  Status set_text(Collection collection, std::int64_t row, const Catalog::KeywordText& text);

  Result<std::vector<KeywordMatch>> search(Collection collection, std::string_view query,
                                           std::size_t limit);

  Result<std::vector<std::string>> matching_words(Collection collection, std::string_view query,
                                                  std::int64_t row);

 private:
  Result<bool> has_text(Collection collection, std::int64_t row, const Catalog::KeywordText& text);

  Database* database_;
};

}  // namespace spotisearch

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

/// Borrows the database. Writes REQUIRE an open transaction.
class KeywordIndex {
 public:
  explicit KeywordIndex(Database& database) : database_(&database) {}

  /// Writes nothing when the row's text is the same already.
  Status set_text(Collection collection, std::int64_t row, const Catalog::KeywordText& text);

  Result<std::vector<KeywordMatch>> search(Collection collection, std::string_view query,
                                           const KeywordWeights& weights, std::size_t limit);

 private:
  Result<bool> has_text(Collection collection, std::int64_t row, const Catalog::KeywordText& text);

  Database* database_;
};

}  // namespace spotisearch

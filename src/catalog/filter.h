// Filters as sets of rows.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/database.h"
#include "catalog/name_index.h"

namespace spotisearch {

/// Rows of the collection that meet every condition of `filters`, ascending. `genres` and `artists`
/// are those of the collection. REQUIRES: the filters are not empty, and fit the collection.
Result<std::vector<std::int64_t>> filtered_rows(Database& database, Collection collection,
                                                const Filters& filters, NameIndex& genres,
                                                NameIndex& artists);

}  // namespace spotisearch

// The tables of library.db, their version, and the way from an older version to this one.
#pragma once

#include "base/result.h"
#include "catalog/database.h"

namespace spotisearch {

/// Marks a SQLite file as a library ("SpSe"), so that no other program's database is touched.
inline constexpr std::int64_t kApplicationId = 0x53705365;

/// The schema version that this program writes (`PRAGMA user_version`).
inline constexpr std::int64_t kSchemaVersion = 2;

/// Fails unless the file is a library of this version, or, for a writer, who `may_be_empty` and can
/// migrate it, of an older one or empty. Writes nothing.
Status check_schema(Database& database, bool may_be_empty);

/// Creates the tables in an empty database, or brings an older schema up to date, in one
/// transaction. REQUIRES: check_schema() passed.
Status migrate_schema(Database& database);

}  // namespace spotisearch

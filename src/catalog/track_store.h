// The tracks of a library: stored, merged, read.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/name_index.h"

namespace spotisearch {

/// Borrows the database. Writes REQUIRE an open transaction.
class TrackStore {
 public:
  explicit TrackStore(Database& database);

  /// See Catalog::upsert_track(). REQUIRES: the track has a title or a Spotify id.
  Result<UpsertOutcome> upsert(Track& track);

  Result<std::vector<Track>> read(std::span<const std::int64_t> rows);
  Result<std::vector<std::uint64_t>> match_hashes(std::span<const std::int64_t> rows);
  Result<std::int64_t> row_of(std::string_view id);
  Status for_each(std::int64_t after, const std::function<Status(const Track&)>& visit);

  NameIndex& genres() { return genres_; }
  NameIndex& artists() { return artists_; }

 private:
  Result<std::int64_t> find_duplicate(const Track& track, std::uint64_t match_hash);
  Status write(std::string_view sql, const Track& track, std::uint64_t match_hash);
  Result<UpsertOutcome> insert(Track& track, std::uint64_t match_hash);
  Result<UpsertOutcome> merge_into(std::int64_t row, Track& track);
  Status link(const Track& track);

  Database* database_;
  NameIndex genres_;
  NameIndex artists_;
};

}  // namespace spotisearch

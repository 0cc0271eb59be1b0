// The albums of a library: stored, merged, read.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/album_record.h"
#include "catalog/catalog.h"
#include "catalog/name_index.h"

namespace spotisearch {

/// Borrows the database. Writes REQUIRE an open transaction.
class AlbumStore {
 public:
  explicit AlbumStore(Database& database);

  /// See Catalog::upsert_album(). REQUIRES: the album has a title.
  Result<UpsertOutcome> upsert(Album& album);

  Status insert(AlbumRecord& record);  ///< Sets `record.album.row` and `.id`.
  Status update(const AlbumRecord& before, AlbumRecord& record);
  Status remove(const AlbumRecord& record);

  /// The albums whose normalised title has that hash, by row.
  Result<std::vector<AlbumRecord>> with_title_hash(std::uint64_t title_hash);

  Result<std::vector<Album>> read(std::span<const std::int64_t> rows);
  Result<std::int64_t> row_of(std::string_view id);
  Status for_each(std::int64_t after, const std::function<Status(const Album&)>& visit);

  NameIndex& genres() { return genres_; }
  NameIndex& artists() { return artists_; }

 private:
  Result<std::optional<AlbumRecord>> find_duplicate(const Album& album);
  Status write(std::string_view sql, AlbumRecord& record);
  Status link(const AlbumRecord& record);

  Database* database_;
  NameIndex genres_;
  NameIndex artists_;
};

}  // namespace spotisearch

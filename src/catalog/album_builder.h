// Keeps the albums of a library in step with its tracks.
#pragma once

#include "base/result.h"
#include "catalog/album_store.h"
#include "catalog/database.h"

namespace spotisearch {

/// Rebuilds the albums of every title that has new or changed tracks (see group_into_albums()).
/// An album of the same title and first artist is refreshed in place, one that lost its tracks is
/// deleted unless an album file named it. Whether any album changed.
/// REQUIRES: an open transaction.
Result<bool> build_albums(Database& database, AlbumStore& store);

}  // namespace spotisearch

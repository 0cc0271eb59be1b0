// The formats we know, as a table: how each is recognised and what sets it apart.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "ingest/column_map.h"
#include "ingest/list_cell.h"

namespace spotisearch {

enum class ItemKind { kTrack, kAlbum };

/// One way to recognise a format. A format with several headers over the years has several rows.
struct ImportFormat {
  std::string_view name;
  ItemKind kind = ItemKind::kTrack;
  ArtistStyle artists = ArtistStyle::kSemicolon;
  double confidence = 0.0;                       ///< When all of `markers` are there.
  std::array<std::string_view, 5> markers = {};  ///< Column keys; empty ones do not count.
};

/// Every row of the table. Rows of one name stand together.
std::span<const ImportFormat> import_formats();

/// The format's confidence that `header` is its own, 0 to 1.
double confidence(const ImportFormat& format, std::span<const std::string> header);

/// The names that --format takes, separated by ", ".
std::string import_format_names();

std::span<const ColumnAlias> aliases_of(ItemKind kind);

}  // namespace spotisearch

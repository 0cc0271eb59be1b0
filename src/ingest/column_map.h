// Which cell of a row holds what: columns are found by the names people give them.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "music/audio_features.h"

namespace spotisearch {

/// What a column of a track or album file can hold. Columns that hold nothing of these are not
/// read at all.
enum class Column : std::size_t {
  kTrackId,
  kTitle,
  kArtists,
  kAlbum,
  kReleaseDate,
  kYear,
  kDurationMs,
  kDuration,
  kPopularity,
  kExplicit,
  kGenres,
  kPlaylist,
  kLabel,
  kDescription,
  kFeaturesSource,
  kAlbumId,
  kDescriptors,
  kFirstFeature,  ///< The twelve features follow, in the order of Feature.
};

inline constexpr std::size_t kColumnCount =
    static_cast<std::size_t>(Column::kFirstFeature) + kFeatureCount;

constexpr Column column_of(std::size_t feature) {
  return static_cast<Column>(static_cast<std::size_t>(Column::kFirstFeature) + feature);
}

/// A name that a column may have, as column_key() writes it. Where several columns of a file mean
/// the same, the one listed first is asked first.
struct ColumnAlias {
  std::string_view key;
  Column column;
};

/// The names used by track files and by album files.
std::span<const ColumnAlias> track_aliases();
std::span<const ColumnAlias> album_aliases();

/// A column's name without case, blanks, '_', '-', and "(s)": "Artist Name(s)" -> "artistname",
/// "Duration (ms)" -> "durationms".
std::string column_key(std::string_view header);

/// The columns of one file.
class ColumnMap {
 public:
  ColumnMap() = default;
  ColumnMap(std::span<const std::string> header, std::span<const ColumnAlias> aliases);

  /// Indices of the cells that may hold it, the most trusted first.
  std::span<const std::size_t> indices(Column column) const {
    return indices_[static_cast<std::size_t>(column)];
  }
  bool has(Column column) const { return !indices(column).empty(); }

  std::size_t size() const { return names_.size(); }
  /// The column's name as the file writes it.
  const std::string& name(std::size_t index) const { return names_[index]; }

  /// Whether the last twelve columns are the features, in any order.
  bool ends_with_features() const;

 private:
  std::vector<std::string> names_;
  std::array<std::vector<std::size_t>, kColumnCount> indices_;
};

}  // namespace spotisearch

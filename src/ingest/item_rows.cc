#include "ingest/item_rows.h"

#include <algorithm>

#include "ingest/cell_values.h"

namespace spotisearch {
namespace {

std::string column_name(const RowCells& cells, Column column) {
  const auto indices = cells.columns().indices(column);
  return indices.empty() ? std::string() : cells.columns().name(indices.front());
}

std::vector<std::string> read_artists(const RowCells& cells, ArtistStyle style) {
  return split_artists(cells.name(Column::kArtists), style);
}

/// "0000" is what Spotify writes for a song it no longer has.
bool is_zero_year(std::string_view cell) { return cell == "0" || cell.starts_with("0000"); }

std::optional<ReleaseDate> read_date(RowCells& cells, Column column) {
  const auto date = cells.value<ReleaseDate>(
      column, "a date (YYYY, YYYY-MM or YYYY-MM-DD)",
      [](std::string_view cell) -> std::optional<ReleaseDate> {
        return is_zero_year(cell) ? ReleaseDate{} : parse_release_date(cell);
      });
  if (date && date->year == 0) return std::nullopt;
  return date;
}

/// A feature's number; keys and modes may be words in some files.
std::optional<double> parse_feature(Feature feature, std::string_view cell) {
  if (feature == Feature::kMode && (cell == "Major" || cell == "major")) return 1.0;
  if (feature == Feature::kMode && (cell == "Minor" || cell == "minor")) return 0.0;
  return parse_number(cell);
}

/// Values by which Spotify's analysis says that it found none.
bool means_none_found(Feature feature, double value) {
  switch (feature) {
    case Feature::kKey:
      return value == -1;
    case Feature::kTempo:
    case Feature::kTimeSignature:
      return value == 0;
    default:
      return false;
  }
}

AudioFeatures read_features(RowCells& cells) {
  AudioFeatures features;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    const auto value =
        cells.value<double>(column_of(i), "a value this feature can have",
                            [&](std::string_view cell) -> std::optional<double> {
                              const auto number = parse_feature(feature, cell);
                              return number && plausible(feature, *number) ? number : std::nullopt;
                            });
    if (!value) continue;
    if (*value == 0 && feature != Feature::kTimeSignature) ++zeros;
    if (!means_none_found(feature, *value)) features[feature] = static_cast<float>(*value);
  }
  // Danceability to tempo all exactly zero: the analysis failed, and these are no measurements.
  if (zeros == kFeatureCount - 1) return AudioFeatures{};
  return features;
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

void read_numbers(RowCells& cells, Track& track) {
  track.duration_ms =
      cells
          .value<std::int64_t>(Column::kDurationMs, "a duration in milliseconds",
                               [](std::string_view cell) -> std::optional<std::int64_t> {
                                 return cell == "0" ? 0 : parse_duration_ms(cell, true);
                               })
          .value_or(0);
  if (track.duration_ms == 0) {
    track.duration_ms = cells
                            .value<std::int64_t>(Column::kDuration, "a duration",
                                                 [](std::string_view cell) {
                                                   return parse_duration_ms(cell, false);
                                                 })
                            .value_or(0);
  }
  track.popularity = cells.value<int>(Column::kPopularity, "a popularity from 0 to 100",
                                      [](std::string_view cell) -> std::optional<int> {
                                        const auto value = parse_integer(cell);
                                        if (!value || *value < 0 || *value > 100) return {};
                                        return static_cast<int>(*value);
                                      });
  track.is_explicit = cells.value<bool>(Column::kExplicit, "true or false", parse_bool);
}

/// The first cell with a Spotify id. Others are no mistake: "id" may be any program's number.
std::string read_track_id(const RowCells& cells) {
  for (const std::size_t index : cells.columns().indices(Column::kTrackId)) {
    if (auto id = parse_track_id(cells.filled_cell(index))) return *std::move(id);
  }
  return {};
}

}  // namespace

tl::expected<Track, RowProblem> read_track(RowCells& cells, ArtistStyle style) {
  Track track;
  track.spotify_id = read_track_id(cells);
  track.id = track.spotify_id;
  track.title = cells.name(Column::kTitle);
  track.artists = read_artists(cells, style);
  // A song that Spotify has withdrawn keeps its id and its features, and can be found by them.
  if (track.title.empty() && track.spotify_id.empty()) {
    return tl::unexpected(RowProblem{column_name(cells, Column::kTitle), "no title"});
  }
  track.album = cells.name(Column::kAlbum);
  if (const auto date = read_date(cells, Column::kReleaseDate)) {
    track.release_date = date->text;
    track.year = date->year;
  }
  if (track.year == 0) {
    if (const auto date = read_date(cells, Column::kYear)) track.year = date->year;
  }
  read_numbers(cells, track);
  track.genres = cells.tags(Column::kGenres);
  add_unique(track.playlists, cells.name(Column::kPlaylist));
  track.label = cells.name(Column::kLabel);
  track.description = cells.text(Column::kDescription);
  track.features = read_features(cells);
  track.features_estimated =
      lower_case(cells.name(Column::kFeaturesSource)).find("estimat") != std::string::npos;
  return track;
}

tl::expected<Album, RowProblem> read_album(RowCells& cells, ArtistStyle style) {
  Album album;
  album.id = cells.name(Column::kAlbumId);
  album.title = cells.name(Column::kTitle);
  if (album.title.empty()) {
    return tl::unexpected(RowProblem{column_name(cells, Column::kTitle), "no title"});
  }
  album.artists = read_artists(cells, style);
  for (const Column column : {Column::kYear, Column::kReleaseDate}) {
    if (album.year != 0) break;
    if (const auto date = read_date(cells, column)) album.year = date->year;
  }
  album.genres = cells.tags(Column::kGenres);
  album.descriptors = cells.tags(Column::kDescriptors);
  album.description = cells.text(Column::kDescription);
  return album;
}

}  // namespace spotisearch

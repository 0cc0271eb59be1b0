#include "catalog/album_grouping.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "catalog/match_key.h"

namespace spotisearch {
namespace {

constexpr std::size_t kDayPrecision = 10;  // YYYY-MM-DD

using Indices = std::vector<std::size_t>;  // into the tracks, ascending

std::set<std::string> compilation_dates(std::span<const AlbumTrack> tracks,
                                        std::span<const std::string> artists) {
  std::map<std::string, std::set<std::string>> artists_of_date;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    if (tracks[i].release_date.size() != kDayPrecision) continue;
    artists_of_date[tracks[i].release_date].insert(artists[i]);
  }
  std::set<std::string> dates;
  for (const auto& [date, names] : artists_of_date) {
    if (names.size() > kMostArtistsOfOneAlbum) dates.insert(date);
  }
  return dates;
}

std::vector<std::string> frequent_genres(std::span<const AlbumTrack> tracks, const Indices& own) {
  std::vector<std::pair<std::string, int>> counts;  // in order of first appearance
  std::unordered_map<std::string, std::size_t> place;
  for (const std::size_t i : own) {
    for (const std::string& genre : tracks[i].genres) {
      const auto [found, is_new] = place.emplace(genre, counts.size());
      if (is_new) counts.emplace_back(genre, 0);
      ++counts[found->second].second;
    }
  }
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (counts.size() > kMostAlbumGenres) counts.resize(kMostAlbumGenres);
  std::vector<std::string> genres;
  for (auto& [genre, count] : counts) genres.push_back(std::move(genre));
  return genres;
}

/// Whether the value says something about the sound: a key has no mean, and tempo 0 means that
/// none was found.
bool counts_for_mean(Feature feature, float value) {
  if (std::isnan(value) || feature == Feature::kKey) return false;
  return feature != Feature::kTempo || value > 0;
}

AudioFeatures mean_features(std::span<const AlbumTrack> tracks, const Indices& own) {
  AudioFeatures mean;
  for (std::size_t f = 0; f < kFeatureCount; ++f) {
    double sum = 0.0;
    int count = 0;
    for (const std::size_t i : own) {
      const float value = tracks[i].features.values[f];
      if (!counts_for_mean(static_cast<Feature>(f), value)) continue;
      sum += value;
      ++count;
    }
    if (count > 0) mean.values[f] = static_cast<float>(sum / count);
  }
  return mean;
}

int earliest_year(std::span<const AlbumTrack> tracks, const Indices& own) {
  int year = 0;
  for (const std::size_t i : own) {
    if (tracks[i].year != 0 && (year == 0 || tracks[i].year < year)) year = tracks[i].year;
  }
  return year;
}

Album make_album(std::span<const AlbumTrack> tracks, const Indices& own, bool compilation) {
  const AlbumTrack& first = tracks[own.front()];
  Album album;
  album.title = first.album;
  if (compilation) {
    album.artists = {std::string(kVariousArtists)};
  } else if (!first.first_artist.empty()) {
    album.artists = {first.first_artist};
  }
  album.year = earliest_year(tracks, own);
  album.genres = frequent_genres(tracks, own);
  album.track_count = static_cast<int>(own.size());
  album.features = mean_features(tracks, own);
  return album;
}

}  // namespace

std::vector<Album> group_into_albums(std::span<const AlbumTrack> tracks) {
  std::vector<std::string> artists;
  for (const AlbumTrack& track : tracks) artists.push_back(matching_name(track.first_artist));
  const std::set<std::string> dates = compilation_dates(tracks, artists);
  const std::string various = matching_name(kVariousArtists);

  std::vector<std::pair<std::string, Indices>> groups;  // by artist, in order of first tracks
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const std::string& artist = dates.contains(tracks[i].release_date) ? various : artists[i];
    const auto [found, is_new] = place.emplace(artist, groups.size());
    if (is_new) groups.emplace_back(artist, Indices());
    groups[found->second].second.push_back(i);
  }
  std::vector<Album> albums;
  for (const auto& [artist, own] : groups) {
    albums.push_back(make_album(tracks, own, artist == various));
  }
  return albums;
}

}  // namespace spotisearch

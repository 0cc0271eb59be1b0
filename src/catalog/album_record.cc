#include "catalog/album_record.h"

#include "catalog/match_key.h"

namespace spotisearch {
namespace {

template <class T>
bool replace(T& known, const T& found) {
  if (known == found) return false;
  known = found;
  return true;
}

bool learn_year(AlbumRecord& record, int year) {
  if (year == 0 || record.own_year) return false;
  record.own_year = true;
  record.album.year = year;
  return true;
}

bool learn_genres(AlbumRecord& record, const std::vector<std::string>& genres) {
  if (genres.empty()) return false;
  if (record.own_genres) return unite(record.album.genres, genres);
  record.own_genres = true;
  record.album.genres = genres;
  return true;
}

}  // namespace

bool AlbumRecord::learn_from_file(const Album& found) {
  bool changed = fill_in(given_id, found.id);
  if (!from_file && !found.title.empty()) {
    album.title = found.title;
    if (!found.artists.empty()) album.artists = found.artists;
    from_file = changed = true;
  }
  changed |= fill_in(album.title, found.title);
  changed |= unite_names(album.artists, found.artists);
  changed |= learn_year(*this, found.year);
  changed |= learn_genres(*this, found.genres);
  changed |= unite(album.descriptors, found.descriptors);
  changed |= fill_in(album.description, found.description);
  return changed;
}

bool AlbumRecord::learn_from_tracks(const Album& derived) {
  bool changed = !same_features(album.features, derived.features);
  album.features = derived.features;
  changed |= replace(album.track_count, derived.track_count);
  if (!from_file) {
    changed |= replace(album.title, derived.title);
    changed |= replace(album.artists, derived.artists);
  }
  if (!own_year) changed |= replace(album.year, derived.year);
  if (!own_genres) changed |= replace(album.genres, derived.genres);
  return changed;
}

bool AlbumRecord::forget_tracks() {
  Album nothing;
  nothing.title = album.title;
  nothing.artists = album.artists;
  return learn_from_tracks(nothing);
}

}  // namespace spotisearch

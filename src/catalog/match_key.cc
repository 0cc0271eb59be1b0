#include "catalog/match_key.h"

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "text/normalise.h"

namespace spotisearch {
namespace {

constexpr char kBetween = '\x1f';

}  // namespace

std::string matching_name(std::string_view name) {
  std::string normalised = normalise_for_matching(name);
  return normalised.empty() ? std::string(name) : normalised;
}

std::uint64_t track_match_hash(const Track& track) {
  if (track.title.empty()) return stable_hash("id" + (kBetween + track.spotify_id));
  std::vector<std::string> artists;
  artists.reserve(track.artists.size());
  for (const std::string& artist : track.artists) {
    if (!artist.empty()) artists.push_back(matching_name(artist));
  }
  std::sort(artists.begin(), artists.end());
  artists.erase(std::unique(artists.begin(), artists.end()), artists.end());

  std::string key = matching_name(track.title);
  for (const std::string& artist : artists) {
    key += kBetween;
    key += artist;
  }
  return stable_hash(key);
}

std::uint64_t album_match_hash(std::string_view title, std::string_view first_artist) {
  return stable_hash(matching_name(title) + kBetween + matching_name(first_artist));
}

std::uint64_t album_title_hash(std::string_view title) { return stable_hash(matching_name(title)); }

std::string made_up_id(char kind, std::uint64_t match_hash) {
  return std::string{kind, '-'} + to_hex(match_hash);
}

std::uint64_t hash_of_made_up_id(char kind, std::string_view id) {
  if (id.size() != 18 || id[0] != kind || id[1] != '-') return 0;
  std::uint64_t hash = 0;
  const auto [end, error] = std::from_chars(id.data() + 2, id.data() + id.size(), hash, 16);
  return error == std::errc() && end == id.data() + id.size() ? hash : 0;
}

std::string_view bare_id(std::string_view id) {
  if (id.starts_with("spotify:")) return id.substr(id.rfind(':') + 1);
  const std::size_t host = id.find("open.spotify.com/");
  if (host == std::string_view::npos) return id;
  id = id.substr(0, id.find_first_of("?#", host));
  while (id.ends_with('/')) id.remove_suffix(1);
  return id.substr(id.rfind('/') + 1);
}

bool unite_names(std::vector<std::string>& known, std::span<const std::string> found) {
  if (std::equal(known.begin(), known.end(), found.begin(), found.end())) return false;
  std::vector<std::string> names;
  for (const std::string& name : known) names.push_back(matching_name(name));
  bool grew = false;
  for (const std::string& name : found) {
    if (name.empty()) continue;
    std::string matching = matching_name(name);
    if (std::find(names.begin(), names.end(), matching) != names.end()) continue;
    names.push_back(std::move(matching));
    known.push_back(name);
    grew = true;
  }
  return grew;
}

}  // namespace spotisearch

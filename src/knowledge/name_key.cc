#include "knowledge/name_key.h"

#include <algorithm>

#include "text/normalise.h"

namespace spotisearch {

std::string artist_key(std::string_view name) {
  std::string key = normalise_for_matching(name);
  constexpr std::string_view kArticle = "the ";
  if (key.starts_with(kArticle) && key != "the the") key.erase(0, kArticle.size());
  return key;
}

std::string genre_key(std::string_view name) {
  std::string key = normalise_for_matching(name);
  std::erase(key, ' ');
  return key;
}

}  // namespace spotisearch

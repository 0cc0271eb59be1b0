// Which of a query's words stand in an item.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "music/album.h"
#include "music/track.h"

namespace spotisearch {

/// The telling words of `query` (query_words) that stand in the item's title, album, artists,
/// genres, playlists or description, as the listener wrote them; case and accents aside.
std::vector<std::string> found_words(std::string_view query, const Track& track);

/// The same in an album's title, artists, genres, descriptors and description.
std::vector<std::string> found_words(std::string_view query, const Album& album);

/// The same in any text.
std::vector<std::string> found_words(std::string_view query, std::string_view text);

}  // namespace spotisearch

// The parameters of a search route, as a SearchQuery.
#pragma once

#include <span>

#include "music/search_query.h"
#include "server/http_error.h"

namespace spotisearch {

inline constexpr int kMostSongs = 50;
inline constexpr int kMostAlbums = 20;
inline constexpr int kUsualSongs = 10;
inline constexpr int kUsualAlbums = 5;

/// q (required), k, mode, year_from, year_to, genre, artist, tempo_from, tempo_to, and for songs
/// explicit. The error names the parameter and says how to mend it.
tl::expected<SearchQuery, RequestError> read_song_query(std::span<const Parameter> parameters);
tl::expected<SearchQuery, RequestError> read_album_query(std::span<const Parameter> parameters);

/// k alone, from 1 to `most`; `usual` where it is absent.
tl::expected<int, RequestError> read_count(std::span<const Parameter> parameters, int usual,
                                           int most);

}  // namespace spotisearch

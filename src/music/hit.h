// What a search answers with.
#pragma once

#include <string>
#include <vector>

#include "music/album.h"
#include "music/track.h"

namespace spotisearch {

/// One true statement about why a result is there.
struct Reason {
  std::string signal;   ///< "features", "text" or "keywords"
  std::string text;     ///< for a listener: "slow and acoustic, like your query"
  double weight = 0.0;  ///< share of this signal in the score, 0-1
};

/// A song or an album that was found.
template <class Item>
struct Hit {
  Item item;
  double score = 0.0;  ///< comparable within one result list only
  std::vector<Reason> reasons;
};

using TrackHit = Hit<Track>;
using AlbumHit = Hit<Album>;

}  // namespace spotisearch

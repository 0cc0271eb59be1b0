// Which known artists and genres a song or an album is of.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.h"
#include "music/album.h"
#include "music/track.h"

namespace spotisearch {

/// What is known about one item. Views live as long as the Knowledge that they came from.
struct Recognised {
  std::vector<ArtistFacts> artists;  ///< In the item's order, each once.
  /// The item's own, then those of its artists: always of a song, whose export has its artists'
  /// genres at best and often "metal" and no more; of an album only where its own, which were given
  /// to this album, are tops of families.
  std::vector<GenreFacts> genres;
  std::size_t own_genres = 0;  ///< The first so many of `genres` are the item's own.
};

/// The known artists behind names as exports write them, each once, in order. Beside spelling
/// (case, accents, "The", "&"), it sees through:
/// - several artists in one name: "A feat. B", "A & B", "A, B", "A x B", "A vs. B", "A / B";
/// - one artist in several names: "Tyler", "The Creator";
/// - ensembles known by their leader: "Ahmad Jamal Trio", "Duke Ellington & His Orchestra".
/// What is known under the whole name is never taken apart ("Earth, Wind & Fire").
std::vector<ArtistFacts> recognise_artists(std::span<const std::string> names,
                                           const Knowledge& knowledge);

/// The same for the guests that a title names: "Dance Now (feat. Kenny Mason)".
std::vector<std::string> guests_in_title(std::string_view title);

Recognised recognise(const Track& track, const Knowledge& knowledge);
Recognised recognise(const Album& album, const Knowledge& knowledge);

}  // namespace spotisearch

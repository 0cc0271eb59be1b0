// When two items are the same, and the public ids that follow from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "music/track.h"

namespace spotisearch {

/// The form of a name in which case, accents and punctuation do not count. A name of nothing but
/// punctuation ("???") stays as it is, so that it still names something.
std::string matching_name(std::string_view name);

/// Two tracks with equal hashes are the same song: stable_hash of the normalised title and the
/// sorted normalised artists. A track without a title is only itself.
std::uint64_t track_match_hash(const Track& track);

/// The same for an album: normalised title and first artist.
std::uint64_t album_match_hash(std::string_view title, std::string_view first_artist);

/// Of the normalised title alone: where the tracks of an album are looked for.
std::uint64_t album_title_hash(std::string_view title);

/// "t-" or "a-" and the hash: the public id of an item that came without one.
std::string made_up_id(char kind, std::uint64_t match_hash);

/// The hash in an id from made_up_id(); 0 when it is no such id.
std::uint64_t hash_of_made_up_id(char kind, std::string_view id);

/// The bare id in "spotify:track:ID" or a link to open.spotify.com; anything else as it is.
std::string_view bare_id(std::string_view id);

/// The names of `found` that `known` lacks are appended, compared by matching_name(). Whether any
/// were.
bool unite_names(std::vector<std::string>& known, std::span<const std::string> found);

}  // namespace spotisearch

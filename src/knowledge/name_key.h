// Names of artists and genres in the form in which they are looked up.
#pragma once

#include <string>
#include <string_view>

namespace spotisearch {

/// normalise_for_matching() without a leading "the", unless that is all: "The Beatles" and
/// "beatles" are one artist, "The The" stays.
std::string artist_key(std::string_view name);

/// normalise_for_matching() without spaces: "synth-pop", "synth pop" and "synthpop" are one genre,
/// and so are "R&B", "r and b" and "r & b".
std::string genre_key(std::string_view name);

}  // namespace spotisearch

// Several names in one cell: artists and genres, as the various exports join them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spotisearch {

/// How a format joins artists when no ';' shows. A ';' always parts names and a comma then never
/// does; a Python list (['A', "B's"]) is always understood.
enum class ArtistStyle {
  kSemicolon,    ///< Commas belong to names: the format joins with ';' or names one artist.
  kTightComma,   ///< "A,B" is two; "Tyler, The Creator" and "10,000 Maniacs" are one each.
  kSpacedComma,  ///< "A, B" is two, but for a few well-known names that hold a comma.
  kEscapedComma  ///< "A, B" is two; "Tyler\, The Creator" is one.
};

/// The artists of a cell in its order, without repetitions.
std::vector<std::string> split_artists(std::string_view cell, ArtistStyle style);

/// The genres, descriptors or playlists of a cell: parted by ';', else by ',', and by " / ".
std::vector<std::string> split_tags(std::string_view cell);

/// Appends `name` to `names` unless it is there.
void add_unique(std::vector<std::string>& names, std::string_view name);

}  // namespace spotisearch

// Reads genres.csv and artists.csv, the program's own and those that a listener writes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge_row.h"

namespace spotisearch {

/// The columns of the two files, in the order in which they are written.
inline constexpr std::string_view kGenreColumns =
    "genre,aliases,parents,family,regions,era,description,moods,scenes";
inline constexpr std::string_view kArtistColumns =
    "artist,aliases,genres,active,country,language,voice,moods,description";

/// What a file held, and what was wrong with it.
struct KnowledgeCsv {
  KnowledgeRows rows;               ///< Without those that have a fault.
  std::vector<std::string> faults;  ///< "my.csv, line 7, column active: ...", in file order.
};

/// Reads a file of either kind; the first column's name, `genre` or `artist`, says which. The other
/// columns may be left out and stand in any order. Lists are parted by ';'. A row needs its name
/// and one of genres or parents, moods and description; a name may stand once, aliases included.
/// `file` names the file in faults.
KnowledgeCsv read_knowledge_csv(std::string_view bytes, std::string_view file);

}  // namespace spotisearch

// What a listener knows better: rows of their own, kept with the library.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "knowledge/knowledge.h"

namespace spotisearch {

/// `shipped` with the rows on top of it that were added to the library in `folder`; as it is where
/// there are none. Reads the kept CSV files. kCorrupt names the damaged line.
Result<Knowledge> knowledge_of_library(const Knowledge& shipped,
                                       const std::filesystem::path& folder);

/// What adding did.
struct OwnKnowledgeReport {
  std::size_t genres = 0;           ///< rows that the library has now
  std::size_t artists = 0;          ///< rows that the library has now
  std::vector<std::string> faults;  ///< of the files given; with any, nothing was added
};

/// Adds the rows of CSV files (knowledge_csv.h) to the library in `folder`, which is made if it is
/// not there. A row replaces the earlier own row of that name. They take effect when the library is
/// indexed next. The rows are kept as `folder`/knowledge/genres.csv and artists.csv. kNotFound or
/// kIo where a file cannot be read or written. Two at once run one after the other.
Result<OwnKnowledgeReport> add_own_knowledge(const std::filesystem::path& folder,
                                             std::span<const std::filesystem::path> files);

/// Forgets all own rows of the library, also damaged ones. The number of good ones.
Result<std::size_t> forget_own_knowledge(const std::filesystem::path& folder);

}  // namespace spotisearch

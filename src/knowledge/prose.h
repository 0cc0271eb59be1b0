// What is known about a genre or an artist, written the way listeners ask.
#pragma once

#include <string>

#include "knowledge/knowledge_row.h"

namespace spotisearch {

/// "wintry, hushed, yearning indie folk, folktronica from United States": the encoder puts it
/// nearer to queries than the description (docs/EVALUATION.md), which it is only where neither
/// moods nor genres are known.
std::string prose_of(const ArtistRow& artist);

/// "wistful, shy bedroom pop from United States for rainy afternoon, homework"; the description
/// where neither moods nor scenes are known.
std::string prose_of(const GenreRow& genre);

}  // namespace spotisearch

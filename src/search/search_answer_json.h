// Answers as JSON text: the form that the server sends and that `--json` prints.
#pragma once

#include <string>
#include <string_view>

#include "mood/feature_scaler.h"
#include "search/search_engine.h"

namespace spotisearch {

/// One object, one line, valid UTF-8 (bad bytes of stored text become U+FFFD). `query` is repeated
/// in it: the words searched for, or the id whose neighbours were asked for. `scaler` puts the mood
/// into natural units (dB, beats per minute) and must be the one of the mood head that made it.
std::string to_json(const SearchAnswer<Track>& answer, std::string_view query,
                    const FeatureScaler& scaler);
std::string to_json(const SearchAnswer<Album>& answer, std::string_view query);

/// Counts, coverage per signal, sizes in bytes, the text model. An empty folder is left out.
std::string to_json(const LibraryInfo& info);

}  // namespace spotisearch

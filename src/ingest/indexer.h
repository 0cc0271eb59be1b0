// Brings a library's vectors and keywords up to date with its database.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/result.h"
#include "catalog/catalog.h"
#include "encoder/text_encoder.h"
#include "knowledge/knowledge.h"
#include "mood/mood_head.h"

namespace spotisearch {

/// What indexing works with. Borrowed for the call.
struct IndexModels {
  const TextEncoder& encoder;
  const FeatureScaler& scaler;
  /// What ships with the program; the library's own rows are put on top of it. Null: nothing.
  const Knowledge* knowledge = nullptr;
  /// From a song's text vector to its features, for those that its source lacks; with the same
  /// scaler. Null: what is missing stays missing.
  const MoodHead* song_features = nullptr;
};

struct IndexOptions {
  /// Told from time to time how many of the library's songs and albums are done.
  std::function<void(std::size_t done, std::size_t total)> progress;
};

struct IndexReport {
  std::size_t tracks = 0;         ///< songs that have a vector now
  std::size_t albums = 0;         ///< albums that have a vector now
  std::size_t changed = 0;        ///< of both, made anew; the others were still good
  std::size_t texts_encoded = 0;  ///< different texts that went through the encoder
  std::chrono::milliseconds took{0};
};

/// Makes the vectors of every song and album whose words changed, keeps the others, and puts the
/// new generation in force at once; does nothing when nothing changed. Memory does not grow with
/// the library. Two at once on one library run one after the other. When it fails or dies, the old
/// generation stays in force and the search goes on answering.
Result<IndexReport> index_library(Catalog& catalog, const std::filesystem::path& folder,
                                  const IndexModels& models, const IndexOptions& options);

/// Whether index_library() would have something to do.
Result<bool> needs_indexing(const Catalog& catalog, const std::filesystem::path& folder,
                            const IndexModels& models);

}  // namespace spotisearch

// Songs and albums of one library, found by a feeling.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "encoder/text_encoder.h"
#include "knowledge/knowledge.h"
#include "knowledge/knowledge_coverage.h"
#include "mood/mood_head.h"
#include "music/hit.h"
#include "music/search_query.h"

namespace spotisearch {

/// One answered search.
template <class Item>
struct SearchAnswer {
  std::vector<Hit<Item>> hits;         ///< best first, each song or album once
  std::chrono::microseconds took{0};   ///< wall time inside the engine
  std::optional<MoodPrediction> mood;  ///< what the query was taken to sound like (songs)
  std::vector<std::string> notes;      ///< for the listener: "12 of 900 songs pass the filters"
};

/// What `info` shows.
struct LibraryInfo {
  std::filesystem::path folder;
  CatalogCounts counts;
  KnowledgeCoverage knowledge;
  std::size_t known_artists =
      0;  ///< whom the program knows, whether they are in the library or not
  std::size_t known_genres = 0;
  std::size_t track_vectors = 0;
  std::size_t album_vectors = 0;
  std::uintmax_t database_bytes = 0;
  std::uintmax_t vector_bytes = 0;
  std::string encoder_fingerprint;
  std::size_t encoder_dimension = 0;
};

/// The engine over one library folder. All const methods may be called from many threads at once;
/// each search sees one consistent state of the vectors, also while an import replaces them.
class SearchEngine {
 public:
  struct Models {
    // Shared: several engines (one per library) search with the same weights.
    std::shared_ptr<const TextEncoder> encoder;
    std::shared_ptr<const MoodHead> mood;
    // What is known about music, for reasons; the library's own rows are put on top. Null: nothing.
    std::shared_ptr<const Knowledge> knowledge = nullptr;
    // From a song's text vector to its features (used by the indexer alone). Null: not predicted.
    std::shared_ptr<const MoodHead> song_features = nullptr;
  };

  /// Opens an existing library. kNotFound when there is none; kInvalidArgument when its vectors
  /// were made with another encoder (the message says how to rebuild them).
  static Result<std::unique_ptr<SearchEngine>> open(const std::filesystem::path& folder,
                                                    Models models);
  ~SearchEngine();

  /// Errors: kInvalidArgument for an empty query, k < 1, or a reversed range.
  Result<SearchAnswer<Track>> songs(const SearchQuery& query) const;

  /// Errors: as above, and for mode kFeatures and filter is_explicit, which albums do not have.
  Result<SearchAnswer<Album>> albums(const SearchQuery& query) const;

  /// Songs or albums near the one with this public id (or Spotify URI), itself left out.
  /// kNotFound when the library has no such song or album.
  Result<SearchAnswer<Track>> similar_songs(std::string_view id, int k) const;
  Result<SearchAnswer<Album>> similar_albums(std::string_view id, int k) const;

  Result<LibraryInfo> info() const;

  /// Looks whether an import has put newer vectors in force, and searches those from now on.
  /// Searches do this by themselves; call it to see the error when the new ones cannot be read.
  Status refresh() const;

 private:
  struct Impl;
  explicit SearchEngine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotisearch

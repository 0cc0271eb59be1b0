// What the routes need of a library.
#pragma once

#include <string_view>

#include "mood/feature_scaler.h"
#include "search/search_engine.h"

namespace spotisearch {

/// Answers searches; tests put a fake in its place. All methods may be called from many threads.
class LibraryService {
 public:
  virtual ~LibraryService() = default;

  /// Errors as SearchEngine's.
  virtual Result<SearchAnswer<Track>> songs(const SearchQuery& query) const = 0;
  virtual Result<SearchAnswer<Album>> albums(const SearchQuery& query) const = 0;
  virtual Result<SearchAnswer<Track>> similar_songs(std::string_view id, int k) const = 0;
  virtual Result<SearchAnswer<Album>> similar_albums(std::string_view id, int k) const = 0;
  virtual Result<LibraryInfo> info() const = 0;

  /// The scaler of the mood head whose predictions the song answers carry.
  virtual const FeatureScaler& scaler() const = 0;
};

}  // namespace spotisearch

// A search engine as the library behind the routes.
#pragma once

#include <memory>

#include "server/library_service.h"

namespace spotisearch {

class EngineService final : public LibraryService {
 public:
  /// Shared: the engine and the mood head (the one that the engine was opened with) may serve
  /// others too. REQUIRES: neither is null.
  EngineService(std::shared_ptr<const SearchEngine> engine, std::shared_ptr<const MoodHead> mood)
      : engine_(std::move(engine)), mood_(std::move(mood)) {}

  Result<SearchAnswer<Track>> songs(const SearchQuery& query) const override {
    return engine_->songs(query);
  }
  Result<SearchAnswer<Album>> albums(const SearchQuery& query) const override {
    return engine_->albums(query);
  }
  Result<SearchAnswer<Track>> similar_songs(std::string_view id, int k) const override {
    return engine_->similar_songs(id, k);
  }
  Result<SearchAnswer<Album>> similar_albums(std::string_view id, int k) const override {
    return engine_->similar_albums(id, k);
  }
  Result<LibraryInfo> info() const override { return engine_->info(); }
  const FeatureScaler& scaler() const override { return mood_->scaler(); }

 private:
  std::shared_ptr<const SearchEngine> engine_;
  std::shared_ptr<const MoodHead> mood_;
};

}  // namespace spotisearch

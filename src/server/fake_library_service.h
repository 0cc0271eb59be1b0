// A library of one song and one album, for tests of what lies above it.
#pragma once

#include <optional>
#include <string>

#include "server/library_service.h"

namespace spotisearch {

/// Answers every search with its one item, whose title is the query; fails with `failure` if set.
class FakeLibraryService final : public LibraryService {
 public:
  std::optional<Error> failure;

  Result<SearchAnswer<Track>> songs(const SearchQuery& query) const override {
    return song(query.text + " x" + std::to_string(query.k));
  }
  Result<SearchAnswer<Album>> albums(const SearchQuery& query) const override {
    return album(query.text + " x" + std::to_string(query.k));
  }
  Result<SearchAnswer<Track>> similar_songs(std::string_view id, int k) const override {
    return song("like " + std::string(id) + " x" + std::to_string(k));
  }
  Result<SearchAnswer<Album>> similar_albums(std::string_view id, int k) const override {
    return album("like " + std::string(id) + " x" + std::to_string(k));
  }
  Result<LibraryInfo> info() const override {
    if (failure) return tl::unexpected(*failure);
    LibraryInfo info;
    info.folder = "/home/someone/music";
    info.counts.tracks = 1;
    info.counts.albums = 1;
    return info;
  }
  const FeatureScaler& scaler() const override { return scaler_; }

 private:
  Result<SearchAnswer<Track>> song(std::string title) const {
    if (failure) return tl::unexpected(*failure);
    SearchAnswer<Track> answer;
    answer.hits.resize(1);
    answer.hits[0].item.id = "s1";
    answer.hits[0].item.title = std::move(title);
    answer.mood.emplace();
    answer.mood->spread.fill(1);
    return answer;
  }
  Result<SearchAnswer<Album>> album(std::string title) const {
    if (failure) return tl::unexpected(*failure);
    SearchAnswer<Album> answer;
    answer.hits.resize(1);
    answer.hits[0].item.id = "a1";
    answer.hits[0].item.title = std::move(title);
    return answer;
  }
  static std::array<double, kFeatureCount> all(double value) {
    std::array<double, kFeatureCount> values{};
    values.fill(value);
    return values;
  }

  FeatureScaler scaler_{all(0), all(1)};
};

}  // namespace spotisearch

// For tests: an empty library folder of their own, and items made in a line.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "catalog/catalog.h"

namespace spotisearch {

class LibraryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    catalog_ = std::make_unique<Catalog>(Catalog::open(folder_).value());
  }
  void TearDown() override {
    catalog_.reset();
    std::filesystem::remove_all(folder_);
  }

  UpsertOutcome put(Track track) { return catalog_->upsert_track(track).value(); }
  UpsertOutcome put(Album album) { return catalog_->upsert_album(album).value(); }

  std::int64_t row_of_put(Track track) {
    catalog_->upsert_track(track).value();
    return track.row;
  }

  std::vector<Track> all_tracks() const {
    std::vector<Track> tracks;
    EXPECT_TRUE(catalog_->for_each_track(0, [&](const Track& track) -> Status {
      tracks.push_back(track);
      return {};
    }));
    return tracks;
  }

  std::vector<Album> all_albums() const {
    std::vector<Album> albums;
    EXPECT_TRUE(catalog_->for_each_album(0, [&](const Album& album) -> Status {
      albums.push_back(album);
      return {};
    }));
    return albums;
  }

  std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string(::testing::UnitTest::GetInstance()->current_test_info()->test_suite_name()) +
       "." + ::testing::UnitTest::GetInstance()->current_test_info()->name() + "." +
       std::to_string(::getpid()));
  std::unique_ptr<Catalog> catalog_;
};

inline Track song(std::string title, std::vector<std::string> artists,
                  std::string spotify_id = {}) {
  Track track;
  track.title = std::move(title);
  track.artists = std::move(artists);
  track.spotify_id = std::move(spotify_id);
  return track;
}

inline Track song_on(std::string album, std::string title, std::string artist, int year = 0) {
  Track track = song(std::move(title), {std::move(artist)});
  track.album = std::move(album);
  track.year = year;
  return track;
}

inline Album record_by(std::string title, std::string artist, std::string id = {}) {
  Album album;
  album.title = std::move(title);
  album.artists = {std::move(artist)};
  album.id = std::move(id);
  return album;
}

}  // namespace spotisearch

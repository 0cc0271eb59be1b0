// For tests across folders: a library of a dozen songs and albums, searched without a real model.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/library_fixture.h"
#include "encoder/fake_text_encoder.h"
#include "ingest/indexer.h"
#include "mood/mood_fixture.h"
#include "search/search_engine.h"

namespace spotisearch {

/// A track in one expression: TinySong("Rain", {"Ada"}).genres({"ambient"}).year(1998).
class TinySong {
 public:
  TinySong(std::string title, std::vector<std::string> artists, std::string spotify_id = {})
      : track_(song(std::move(title), std::move(artists), std::move(spotify_id))) {}

  TinySong genres(std::vector<std::string> genres) && {
    track_.genres = std::move(genres);
    return std::move(*this);
  }
  TinySong year(int year) && {
    track_.year = year;
    track_.release_date = std::to_string(year);
    return std::move(*this);
  }
  TinySong album(std::string album) && {
    track_.album = std::move(album);
    return std::move(*this);
  }
  TinySong is_explicit(bool is_explicit) && {
    track_.is_explicit = is_explicit;
    return std::move(*this);
  }
  TinySong description(std::string description) && {
    track_.description = std::move(description);
    return std::move(*this);
  }
  /// The other features get ordinary values.
  TinySong sounds(float energy, float tempo, float valence = 0.5F) && {
    track_.features = ordinary_scaler().restore({});
    track_.features[Feature::kEnergy] = energy;
    track_.features[Feature::kTempo] = tempo;
    track_.features[Feature::kValence] = valence;
    return std::move(*this);
  }
  operator Track() const { return track_; }

 private:
  Track track_;
};

/// Spotify ids have 22 characters: "rain" becomes "rain000...".
inline std::string spotify_id(std::string name) {
  name.resize(22, '0');
  return name;
}

/// The mood head understands "calm" (low energy) and "wild" (high energy), nothing else.
class TinyLibraryTest : public LibraryTest {
 protected:
  void SetUp() override {
    LibraryTest::SetUp();
    const auto models = folder_ / "models";
    const std::vector<MoodCue> cues = {{encoder_->vector_of("calm"), Feature::kEnergy, -0.6F},
                                       {encoder_->vector_of("wild"), Feature::kEnergy, 0.6F}};
    write_mood_model(models, FakeTextEncoder::kDimension, cues);
    mood_ = std::make_shared<const MoodHead>(MoodHead::open(models).value());
    put_songs();
    put_albums();
    index();
  }

  void put_songs() {
    put(TinySong("Rain Window", {"Ada Vane"}, spotify_id("rain"))
            .genres({"ambient", "solo piano"})
            .year(1998)
            .album("Low Tide")
            .sounds(0.05F, 70));
    put(TinySong("Night Bus", {"The Harbour"}, spotify_id("bus"))
            .genres({"dream pop"})
            .year(2004)
            .album("City Lamps")
            .sounds(0.4F, 92));
    put(TinySong("Parade", {"Big Ost", "Ada Vane"}, spotify_id("parade"))
            .genres({"brass band", "ska"})
            .year(2010)
            .is_explicit(true)
            .description("A marching band turns the corner, trumpets first, and nobody stays home.")
            .sounds(0.95F, 150, 0.9F));
    put(TinySong("Saw", {"Grinder"}, spotify_id("saw"))
            .genres({"metal"})
            .year(2012)
            .is_explicit(false)
            .sounds(0.98F, 180, 0.1F));
    put(TinySong("Blank", {"Nobody"}));
    put(TinySong("Two Moons", {"Ada Vane"}, spotify_id("moons1"))
            .genres({"folk"})
            .sounds(0.3F, 88));
    put(TinySong("Two Moons", {"Ada Vane"}, spotify_id("moons2"))
            .genres({"folk", "indie folk"})
            .sounds(0.3F, 88));
  }

  void put_albums() {
    Album ferry = record_by("Night Ferry", "Ada Vane", "night-ferry");
    ferry.year = 2001;
    ferry.genres = {"ambient"};
    ferry.descriptors = {"lonely", "nocturnal", "calm"};
    ferry.description = "Organ and foghorn under a slow tide; someone counts the harbour lamps.";
    put(ferry);
    Album riot = record_by("Kettle Riot", "Grinder", "kettle-riot");
    riot.year = 2012;
    riot.genres = {"metal"};
    riot.descriptors = {"wild", "angry"};
    riot.description = "Drums like dropped pans, guitars like saws, and no slow song anywhere.";
    put(riot);
  }

  void index() {
    ASSERT_TRUE(catalog_->build_albums_from_tracks());
    const auto report =
        index_library(*catalog_, folder_, {.encoder = *encoder_, .scaler = mood_->scaler()}, {});
    ASSERT_TRUE(report) << report.error().message;
  }

  SearchEngine::Models models() const { return {.encoder = encoder_, .mood = mood_}; }
  std::unique_ptr<SearchEngine> open() const {
    auto engine = SearchEngine::open(folder_, models());
    EXPECT_TRUE(engine) << engine.error().message;
    return std::move(engine).value();
  }

  // Shared, as Models wants them.
  std::shared_ptr<FakeTextEncoder> encoder_ = std::make_shared<FakeTextEncoder>();
  std::shared_ptr<const MoodHead> mood_;
};

}  // namespace spotisearch

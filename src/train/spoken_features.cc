#include "train/spoken_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace spotisearch {
namespace {

/// Words of which each is true of a song whose feature is at most / at least `limit`.
struct Vocabulary {
  Feature feature;
  bool above;
  float limit;
  std::vector<std::string_view> words;
};

// Stronger limits stand before weaker ones of the same feature and side.
const std::vector<Vocabulary>& vocabularies() {
  static const std::vector<Vocabulary> all = {
      {Feature::kEnergy, false, 0.20F, {"very quiet", "hushed", "still", "peaceful", "gentle"}},
      {Feature::kEnergy, false, 0.42F, {"calm", "mellow", "relaxed", "chill", "laid back", "soft"}},
      {Feature::kEnergy, true, 0.88F, {"intense", "aggressive", "furious", "heavy", "wild"}},
      {Feature::kEnergy, true, 0.72F, {"energetic", "driving", "lively", "powerful", "punchy"}},
      {Feature::kValence, false, 0.20F, {"sad", "dark", "bleak", "gloomy", "sombre"}},
      {Feature::kValence, false, 0.35F, {"melancholic", "moody", "wistful", "brooding"}},
      {Feature::kValence, true, 0.80F, {"happy", "joyful", "cheerful", "sunny", "euphoric"}},
      {Feature::kValence, true, 0.62F, {"upbeat", "bright", "feel-good", "uplifting"}},
      {Feature::kDanceability,
       true,
       0.75F,
       {"danceable", "groovy", "for the dance floor", "party"}},
      {Feature::kDanceability, false, 0.32F, {"no beat", "floating", "drifting", "shapeless"}},
      {Feature::kAcousticness, true, 0.80F, {"acoustic", "unplugged", "wooden instruments"}},
      {Feature::kAcousticness, false, 0.01F, {"electric", "electronic", "amplified"}},
      {Feature::kInstrumentalness, true, 0.60F, {"instrumental", "no vocals", "without singing"}},
      {Feature::kInstrumentalness, false, 1e-5F, {"with vocals", "a singer in front", "sung"}},
      {Feature::kSpeechiness, true, 0.28F, {"rap", "spoken word", "rhymes", "fast talking"}},
      {Feature::kLiveness, true, 0.70F, {"live", "on stage", "in front of a crowd"}},
      {Feature::kTempo, false, 82.0F, {"slow", "unhurried", "slow tempo"}},
      {Feature::kTempo, true, 145.0F, {"fast", "quick", "fast tempo"}},
      {Feature::kLoudness, false, -18.0F, {"quiet", "barely there"}},
      {Feature::kLoudness, true, -4.0F, {"loud", "at full volume"}},
  };
  return all;
}

template <class Item>
const Item& one_of(const std::vector<Item>& items, std::mt19937_64& random) {
  return items[std::uniform_int_distribution<std::size_t>(0, items.size() - 1)(random)];
}

bool holds(const Vocabulary& vocabulary, float value) {
  return vocabulary.above ? value >= vocabulary.limit : value <= vocabulary.limit;
}

}  // namespace

std::string speak(const AudioFeatures& features, std::mt19937_64& random) {
  std::vector<std::string_view> words;
  const Vocabulary* last = nullptr;
  for (const Vocabulary& vocabulary : vocabularies()) {
    const float value = features[vocabulary.feature];
    if (std::isnan(value) || !holds(vocabulary, value)) continue;
    // The weaker words of a feature are true as well, but the stronger ones say it.
    if (last != nullptr && last->feature == vocabulary.feature) continue;
    last = &vocabulary;
    words.push_back(one_of(vocabulary.words, random));
  }
  if (words.empty()) return "";
  std::shuffle(words.begin(), words.end(), random);
  words.resize(std::min(words.size(), std::uniform_int_distribution<std::size_t>(1, 4)(random)));
  static const std::vector<std::string_view> separators = {", ", " ", " and "};
  static const std::vector<std::string_view> frames = {"{}", "{} music", "{} songs", "something {}",
                                                       "music that is {}"};
  return fmt::format(fmt::runtime(one_of(frames, random)),
                     fmt::to_string(fmt::join(words, one_of(separators, random))));
}

}  // namespace spotisearch

#include "mood/feature_words.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace spotisearch {
namespace {

/// A word that is true of a song whose feature lies beyond a limit, in natural units.
struct Word {
  Feature feature;
  bool above;  ///< true of values >= limit, else of values <= limit
  float limit;
  std::string_view text;
};

// Stronger words of a feature stand before weaker ones: the first that fits is taken.
constexpr Word kWords[] = {
    {Feature::kEnergy, false, 0.18F, "very calm"},
    {Feature::kEnergy, false, 0.38F, "calm"},
    {Feature::kEnergy, true, 0.90F, "intense"},
    {Feature::kEnergy, true, 0.74F, "energetic"},
    {Feature::kValence, false, 0.20F, "sad"},
    {Feature::kValence, false, 0.34F, "melancholy"},
    {Feature::kValence, true, 0.80F, "happy"},
    {Feature::kValence, true, 0.65F, "bright"},
    {Feature::kTempo, false, 86.0F, "slow"},
    {Feature::kTempo, true, 140.0F, "fast"},
    {Feature::kAcousticness, true, 0.65F, "acoustic"},
    {Feature::kAcousticness, false, 0.02F, "electric"},
    {Feature::kDanceability, true, 0.70F, "danceable"},
    {Feature::kDanceability, false, 0.32F, "without a dance beat"},
    {Feature::kInstrumentalness, true, 0.50F, "instrumental"},
    {Feature::kInstrumentalness, false, 0.001F, "sung"},
    {Feature::kLoudness, false, -16.0F, "quiet"},
    {Feature::kLoudness, true, -4.5F, "loud"},
    {Feature::kSpeechiness, true, 0.30F, "spoken or rapped"},
    {Feature::kLiveness, true, 0.70F, "live"},
    {Feature::kMode, false, 0.25F, "in a minor key"},
    {Feature::kMode, true, 0.75F, "in a major key"},
};

bool fits(const Word& word, float value) {
  return word.above ? value >= word.limit : value <= word.limit;
}

std::optional<Word> word_for(Feature feature, float value) {
  const bool no_tempo_found = feature == Feature::kTempo && value <= 0;
  if (std::isnan(value) || no_tempo_found) return std::nullopt;
  for (const Word& word : kWords) {
    if (word.feature == feature && fits(word, value)) return word;
  }
  return std::nullopt;
}

struct Weighted {
  std::string_view text;
  float weight;
};

std::vector<std::string> strongest_first(std::vector<Weighted> words, std::size_t limit) {
  std::stable_sort(words.begin(), words.end(),
                   [](const Weighted& a, const Weighted& b) { return a.weight > b.weight; });
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(limit, words.size()); ++i) texts.emplace_back(words[i].text);
  return texts;
}

}  // namespace

std::vector<std::string> describe(const AudioFeatures& features, const FeatureScaler& scaler) {
  const auto standard = scaler.standardise(features);
  std::vector<Weighted> words;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    // Nearly every song is sung, electric and in some key: true, but not worth saying.
    if (feature == Feature::kMode) continue;
    const auto word = word_for(feature, features.values[i]);
    if (!word || word->text == "sung" || word->text == "electric") continue;
    words.push_back({word->text, std::abs(standard[i])});
  }
  return strongest_first(std::move(words), kFeatureCount);
}

std::vector<std::string> shared_words(const AudioFeatures& features,
                                      const MoodPrediction& prediction, const FeatureScaler& scaler,
                                      std::size_t limit) {
  // Below these the query says too little about a feature to name it.
  constexpr float kLeastMean = 0.35F;
  constexpr float kLargestSpread = 1.0F;
  const auto standard = scaler.standardise(features);
  std::vector<Weighted> words;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const float mean = prediction.mean[i];
    if (std::abs(mean) < kLeastMean || prediction.spread[i] > kLargestSpread) continue;
    const auto word = word_for(static_cast<Feature>(i), features.values[i]);
    if (!word || word->above != (mean > 0)) continue;
    const float agreement = std::min(std::abs(mean), std::abs(standard[i]));
    words.push_back({word->text, agreement / prediction.spread[i]});
  }
  return strongest_first(std::move(words), limit);
}

}  // namespace spotisearch

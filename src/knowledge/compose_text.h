// The words by which a song or an album is found: for the encoder, and for the keyword search.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/recognise.h"
#include "music/album.h"
#include "music/track.h"

namespace spotisearch {

/// One text of an item and how much of the item's vector it makes.
struct WeightedText {
  std::string text;
  float weight;
};

/// The texts whose weighted, renormalised sum of vectors is a song's text vector: who it is by,
/// what kind of music it is, and what is known about both. Separate texts, because one sentence
/// drowns the few words that carry the feeling in the names (docs/EVALUATION.md), and because
/// thousands of songs share a genre list or an artist, whose text is then encoded once.
/// `feature_words` come from describe(), `known` from recognise(). Never empty.
std::vector<WeightedText> compose(const Track& track, std::span<const std::string> feature_words,
                                  const Recognised& known);

/// The same for an album.
std::vector<WeightedText> compose(const Album& album, std::span<const std::string> feature_words,
                                  const Recognised& known);

/// Names the encoder and the way texts are composed: vectors with the same fingerprint can be
/// compared, others have to be made anew.
std::string vector_fingerprint(std::string_view encoder_fingerprint);

}  // namespace spotisearch

// What is known about genres and artists, as texts for the encoder, the keywords and the listener.
#pragma once

#include <string>

#include "knowledge/recognise.h"

namespace spotisearch {

/// "wintry, hushed, yearning indie folk, folktronica from United States": the form in which listeners
/// ask, which the encoder puts nearest to their queries (docs/EVALUATION.md). Empty where nothing but
/// the name is known.
std::string text_of(const ArtistFacts& artist);

/// "wistful, shy bedroom pop from United States for rainy afternoon, homework".
std::string text_of(const GenreFacts& genre);

/// What the keyword search shall find an item by beside its own words: its artists' moods, voices,
/// languages, countries and descriptions, its genres' names, moods and scenes.
std::string keyword_text(const Recognised& known);

}  // namespace spotisearch

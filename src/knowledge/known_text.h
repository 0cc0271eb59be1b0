// What is known about an item, as text for the keyword search.
#pragma once

#include <string>

#include "knowledge/recognise.h"

namespace spotisearch {

/// What the keyword search shall find an item by beside its own words: its artists' moods, voices,
/// languages, countries and descriptions, its genres' names, moods and scenes.
std::string keyword_text(const Recognised& known);

}  // namespace spotisearch

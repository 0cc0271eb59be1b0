// Titles and names in the form in which they are compared.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace spotisearch {

/// The form in which two spellings of one title or artist are equal: without regard to case,
/// accents, width and ligatures, with every run of punctuation, symbols and white space as one
/// space, and with '&' as "and". "Beyoncé" gives "beyonce", "Guns N' Roses" "guns n roses".
/// Letters of other scripts stay, and so do the marks that make letters there (Thai, Devanagari,
/// kana); Arabic and Hebrew vowel points go. Text that would vanish ("÷", "???") keeps its symbols
/// instead; only white space and controls give "". Always valid UTF-8, whatever the bytes.
std::string normalise_for_matching(std::string_view text);

/// The words of normalised text, split at spaces. The views borrow from `text`.
std::vector<std::string_view> words(std::string_view text);

/// Views into a temporary would dangle.
template <std::same_as<std::string> Text>
std::vector<std::string_view> words(Text&& text) = delete;

}  // namespace spotisearch

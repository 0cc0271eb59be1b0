#include "ingest/list_cell.h"

#include <algorithm>
#include <array>
#include <optional>

#include "ingest/cell_values.h"

namespace spotisearch {
namespace {

using Parts = std::vector<std::string_view>;

/// Names that hold a comma and a blank, lower-case. Only where a format joins with ", " itself.
constexpr std::array<std::string_view, 20> kNamesWithComma = {"tyler, the creator",
                                                              "earth, wind & fire",
                                                              "crosby, stills & nash",
                                                              "crosby, stills, nash & young",
                                                              "emerson, lake & palmer",
                                                              "emerson, lake and palmer",
                                                              "blood, sweat & tears",
                                                              "peter, paul and mary",
                                                              "peter, paul & mary",
                                                              "black country, new road",
                                                              "slaughter beach, dog",
                                                              "hey, nothing",
                                                              "the good, the bad & the queen",
                                                              "the good, the bad and the queen",
                                                              "dave dee, dozy, beaky, mick & tich",
                                                              "christopher, the conquered",
                                                              "whatever, dad",
                                                              "dr. john, the night tripper",
                                                              "lambert, hendricks & ross",
                                                              "bell, book & candle"};
constexpr std::size_t kLongestNameParts = 4;

/// What follows a comma inside one person's name.
constexpr std::array<std::string_view, 7> kNameEndings = {"jr.", "jr",  "sr.", "sr",
                                                          "ii",  "iii", "esq."};

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), lower_case(text)) != words.end();
}

Parts split_at(std::string_view cell, std::string_view separator) {
  Parts parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = cell.find(separator, begin);
    parts.push_back(cell.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + separator.size();
  }
}

/// One text from the begin of the first part to the end of the last: parts point into one cell.
std::string_view spanning(std::string_view first, std::string_view last) {
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

/// Puts together again what a comma parted although it is one name.
Parts rejoin_names(const Parts& parts) {
  Parts names;
  for (std::size_t i = 0; i < parts.size();) {
    std::size_t taken = 1;
    for (std::size_t n = std::min(kLongestNameParts, parts.size() - i); n > 1 && taken == 1; --n) {
      if (contains(kNamesWithComma, trimmed_cell(spanning(parts[i], parts[i + n - 1])))) taken = n;
    }
    if (taken == 1 && !names.empty() && contains(kNameEndings, trimmed_cell(parts[i]))) {
      names.back() = spanning(names.back(), parts[i]);
    } else {
      names.push_back(spanning(parts[i], parts[i + taken - 1]));
    }
    i += taken;
  }
  return names;
}

/// Parts at commas that neither a blank follows nor two digits surround.
Parts split_at_tight_commas(std::string_view cell) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  Parts parts;
  std::size_t begin = 0;
  for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
    if (cell[i] != ',' || cell[i + 1] == ' ') continue;
    if (is_digit(cell[i - 1]) && is_digit(cell[i + 1])) continue;
    parts.push_back(cell.substr(begin, i - begin));
    begin = i + 1;
  }
  parts.push_back(cell.substr(begin));
  return parts;
}

std::vector<std::string> unique_names(const Parts& parts) {
  std::vector<std::string> names;
  for (const std::string_view part : parts) add_unique(names, trimmed_cell(part));
  return names;
}

/// Commas parted unless a backslash stands before them; a backslash keeps the character behind it.
std::vector<std::string> split_escaped(std::string_view cell) {
  std::vector<std::string> names;
  std::string name;
  for (std::size_t i = 0; i <= cell.size(); ++i) {
    if (i == cell.size() || cell[i] == ',') {
      add_unique(names, trimmed_cell(name));
      name.clear();
      continue;
    }
    const bool escape =
        cell[i] == '\\' && i + 1 < cell.size() && (cell[i + 1] == ',' || cell[i + 1] == '\\');
    if (escape) ++i;
    name += cell[i];
  }
  return names;
}

/// The strings of a Python list as str() writes it, if the cell is one.
std::optional<std::vector<std::string>> python_list(std::string_view cell) {
  if (cell.size() < 2 || cell.front() != '[' || cell.back() != ']') return std::nullopt;
  cell = cell.substr(1, cell.size() - 2);
  std::vector<std::string> names;
  while (!(cell = trimmed_cell(cell)).empty()) {
    const char quote = cell.front();
    if (quote != '\'' && quote != '"') return std::nullopt;
    std::string name;
    std::size_t i = 1;
    for (; i < cell.size() && cell[i] != quote; ++i) {
      if (cell[i] == '\\' && i + 1 < cell.size()) ++i;
      name += cell[i];
    }
    if (i == cell.size()) return std::nullopt;
    add_unique(names, trimmed_cell(name));
    cell = trimmed_cell(cell.substr(i + 1));
    if (cell.starts_with(',')) cell.remove_prefix(1);
  }
  return names;
}

}  // namespace

void add_unique(std::vector<std::string>& names, std::string_view name) {
  if (names_nothing(name) || std::find(names.begin(), names.end(), name) != names.end()) return;
  names.emplace_back(name);
}

std::vector<std::string> split_artists(std::string_view cell, ArtistStyle style) {
  cell = trimmed_cell(cell);
  if (auto list = python_list(cell)) return *std::move(list);
  if (cell.find(';') != std::string_view::npos) return unique_names(split_at(cell, ";"));
  switch (style) {
    case ArtistStyle::kSemicolon:
      return unique_names({cell});
    case ArtistStyle::kTightComma:
      return unique_names(split_at_tight_commas(cell));
    case ArtistStyle::kSpacedComma:
      return unique_names(rejoin_names(split_at(cell, ", ")));
    case ArtistStyle::kEscapedComma:
      return split_escaped(cell);
  }
  return {};
}

std::vector<std::string> split_tags(std::string_view cell) {
  cell = trimmed_cell(cell);
  if (auto list = python_list(cell)) return *std::move(list);
  const bool semicolons = cell.find(';') != std::string_view::npos;
  std::vector<std::string> names;
  for (const std::string_view part : split_at(cell, semicolons ? ";" : ",")) {
    for (const std::string_view name : split_at(part, " / ")) add_unique(names, trimmed_cell(name));
  }
  return names;
}

}  // namespace spotisearch

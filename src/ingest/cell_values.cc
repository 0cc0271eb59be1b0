#include "ingest/cell_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace spotisearch {
namespace {

constexpr std::string_view kBlanks{" \t\r\n\v\f\0", 7};
constexpr std::size_t kTrackIdSize = 22;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return lower(a) == b; });
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return equals_ignoring_case(text, word); });
}

/// The number that exactly `digits` digits at the front of `text` make, or -1.
int leading_digits(std::string_view text, std::size_t digits) {
  if (text.size() < digits || !std::all_of(text.begin(), text.begin() + digits, is_digit))
    return -1;
  int value = 0;
  std::from_chars(text.data(), text.data() + digits, value);
  return value;
}

}  // namespace

std::string_view trimmed_cell(std::string_view cell) {
  const std::size_t begin = cell.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return cell.substr(begin, cell.find_last_not_of(kBlanks) - begin + 1);
}

bool says_nothing(std::string_view cell) {
  static constexpr std::array<std::string_view, 7> kWords = {"",     "undefined", "null", "nan",
                                                             "none", "n/a",       "[]"};
  return is_one_of(cell, kWords);
}

bool names_nothing(std::string_view cell) {
  return cell.empty() || cell == "undefined" || cell == "null" || cell == "nan";
}

std::optional<double> parse_number(std::string_view cell) {
  std::array<char, 64> digits;
  if (cell.starts_with('+')) cell.remove_prefix(1);
  if (cell.empty() || cell.size() > digits.size()) return std::nullopt;
  char* const end = std::copy(cell.begin(), cell.end(), digits.begin());
  const bool has_point = cell.find('.') != std::string_view::npos;
  if (!has_point && std::count(cell.begin(), cell.end(), ',') == 1) {
    *std::find(digits.begin(), end, ',') = '.';
  }
  double value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view cell) {
  const std::optional<double> value = parse_number(cell);
  if (!value || *value != std::floor(*value) || std::abs(*value) > 1e15) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

std::optional<bool> parse_bool(std::string_view cell) {
  static constexpr std::array<std::string_view, 5> kTrue = {"true", "1", "yes", "1.0", "explicit"};
  static constexpr std::array<std::string_view, 5> kFalse = {"false", "0", "no", "0.0", "clean"};
  if (is_one_of(cell, kTrue)) return true;
  if (is_one_of(cell, kFalse)) return false;
  return std::nullopt;
}

std::optional<ReleaseDate> parse_release_date(std::string_view cell) {
  const int year = leading_digits(cell, 4);
  if (year < 1000 || year > 2200) return std::nullopt;
  std::size_t length = 4;
  if (cell.size() >= 7 && cell[4] == '-') {
    const int month = leading_digits(cell.substr(5), 2);
    if (month < 1 || month > 12) return std::nullopt;
    length = 7;
    if (cell.size() >= 10 && cell[7] == '-') {
      const int day = leading_digits(cell.substr(8), 2);
      if (day < 1 || day > 31) return std::nullopt;
      length = 10;
    }
  }
  const std::string_view rest = cell.substr(length);
  const bool clean = rest.empty() || rest == ".0" ||
                     (length == 10 && (rest.front() == 'T' || rest.front() == ' '));
  if (!clean) return std::nullopt;
  return ReleaseDate{std::string(cell.substr(0, length)), year};
}

std::optional<std::string> parse_track_id(std::string_view cell) {
  // URLs may carry a language ("/intl-de/track/") before the id and "?si=..." behind it.
  const bool is_url = cell.find("open.spotify.com/") != std::string_view::npos ||
                      cell.find("api.spotify.com/v1/") != std::string_view::npos;
  if (cell.starts_with("spotify:track:")) {
    cell.remove_prefix(14);
  } else if (is_url) {
    const std::size_t at = cell.find("/track");
    if (at == std::string_view::npos) return std::nullopt;
    cell.remove_prefix(std::min(cell.find('/', at + 1), cell.size() - 1) + 1);
    cell = cell.substr(0, cell.find_first_of("?/#"));
  }
  const bool bare =
      cell.size() == kTrackIdSize && std::all_of(cell.begin(), cell.end(), [](char c) {
        return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
      });
  if (!bare) return std::nullopt;
  return std::string(cell);
}

std::optional<std::int64_t> parse_duration_ms(std::string_view cell, bool column_says_ms) {
  constexpr double kLongestMs = 1e9;  // Eleven days.
  double value = 0;
  if (cell.find(':') == std::string_view::npos) {
    const std::optional<double> number = parse_number(cell);
    if (!number) return std::nullopt;
    value = column_says_ms || *number >= 10000 ? *number : *number * 1000;
  } else {
    while (!cell.empty()) {
      const std::size_t colon = std::min(cell.find(':'), cell.size());
      const std::optional<double> part = parse_number(cell.substr(0, colon));
      if (!part || *part < 0 || *part > 100000) return std::nullopt;
      value = value * 60 + *part;
      cell.remove_prefix(std::min(colon + 1, cell.size()));
    }
    value *= 1000;
  }
  if (!(value > 0) || value > kLongestMs) return std::nullopt;
  return std::llround(value);
}

}  // namespace spotisearch

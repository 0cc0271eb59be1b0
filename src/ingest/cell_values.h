// What the text of one cell means: numbers, dates, ids, and the many spellings of "nothing".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spotisearch {

/// Without blanks, tabs, line ends and NUL bytes at either side.
std::string_view trimmed_cell(std::string_view cell);

/// Whether a trimmed cell of numbers, dates or lists says that there is no value: empty,
/// "undefined", "null", "nan", "none", "n/a", in any case.
bool says_nothing(std::string_view cell);

/// The same for names, where only what programs write counts: empty, "undefined", "null", "nan"
/// exactly. A song may be called "None".
bool names_nothing(std::string_view cell);

/// A finite decimal number, the whole cell; a decimal comma is understood.
std::optional<double> parse_number(std::string_view cell);

/// A whole number ("2004", "2004.0").
std::optional<std::int64_t> parse_integer(std::string_view cell);

/// true/false, yes/no, 1/0, in any case.
std::optional<bool> parse_bool(std::string_view cell);

struct ReleaseDate {
  std::string text;  ///< YYYY, YYYY-MM or YYYY-MM-DD
  int year = 0;
};

/// YYYY, YYYY-MM, YYYY-MM-DD, each with or without a time behind it, or "YYYY.0".
std::optional<ReleaseDate> parse_release_date(std::string_view cell);

/// The 22 characters of a track, from a bare id, a spotify:track: URI or an open.spotify.com URL.
std::optional<std::string> parse_track_id(std::string_view cell);

/// Milliseconds. "3:45" and "1:02:03" are minutes and hours. A bare number is milliseconds where
/// the column says so or where it is at least 10,000, else seconds.
std::optional<std::int64_t> parse_duration_ms(std::string_view cell, bool column_says_ms);

}  // namespace spotisearch

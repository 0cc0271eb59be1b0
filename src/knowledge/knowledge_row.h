// What is known about genres and artists, as it is written down: one row of a CSV file each.
#pragma once

#include <string>
#include <vector>

namespace spotisearch {

/// A kind of music. data/knowledge/README.md says what belongs in each field.
struct GenreRow {
  std::string name = {};                  ///< Lower-case, as exports write it ("bedroom pop").
  std::vector<std::string> aliases = {};  ///< Other names of the same thing.
  std::vector<std::string> parents =
      {};                   ///< Genres above it, nearest first; empty for a family's top.
  std::string family = {};  ///< "rock", "jazz", ...
  std::vector<std::string> regions = {};  ///< Countries or parts of the world, or "worldwide".
  std::string era = {};                   ///< "1970s-1980s", "2010s-".
  std::string description = {};           ///< What one hears, 15 to 30 words.
  std::vector<std::string> moods = {};
  std::vector<std::string> scenes = {};  ///< Where and when people hear it.
};

/// Somebody who makes music: a person, a band, an orchestra.
struct ArtistRow {
  std::string name = {};
  std::vector<std::string> aliases = {};  ///< Other spellings, scripts and names.
  std::vector<std::string> genres = {};   ///< Names of genres, the most telling first.
  std::string active = {};                ///< "1962-1970", "1994-"; composers: when they composed.
  std::vector<std::string> countries = {};  ///< English names.
  std::vector<std::string> languages = {};  ///< Sung in, lower-case; "none" without words.
  std::vector<std::string> voices = {};     ///< "female", "male", "mixed", "instrumental", ...
  std::vector<std::string> moods = {};
  std::string description = {};  ///< What one hears, 15 to 30 words.
};

struct KnowledgeRows {
  std::vector<GenreRow> genres;
  std::vector<ArtistRow> artists;
};

}  // namespace spotisearch

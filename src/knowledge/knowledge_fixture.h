// A handful of genres and artists for tests.
#pragma once

#include <utility>
#include <vector>

#include "knowledge/knowledge.h"

namespace spotisearch {

inline KnowledgeRows tiny_knowledge_rows() {
  KnowledgeRows rows;
  rows.genres.push_back(
      {.name = "slowcore",
       .aliases = {"slow core music"},
       .parents = {"rock"},
       .family = "rock",
       .regions = {"United States"},
       .era = "1990s-",
       .description = "Guitars that wait for each other; drums like a dripping tap.",
       .moods = {"lonely", "patient"},
       .scenes = {"empty road at night"}});
  rows.genres.push_back({.name = "synthpop",
                         .parents = {"pop"},
                         .family = "pop",
                         .description = "Drum machines and bright square waves.",
                         .moods = {"shiny"}});
  rows.artists.push_back(
      {.name = "The Ropewalkers",
       .aliases = {"ロープウォーカーズ"},
       .genres = {"slowcore"},
       .active = "1994-",
       .countries = {"Ireland"},
       .languages = {"english"},
       .voices = {"female"},
       .moods = {"hushed", "lonely"},
       .description = "Brushed drums under a low voice, harmonium behind; winter."});
  rows.artists.push_back({.name = "Ferry, The Kettle", .genres = {"synthpop"}, .moods = {"shiny"}});
  rows.artists.push_back({.name = "Ada Quill", .genres = {"jazz"}, .moods = {"smoky"}});
  rows.artists.push_back({.name = "Salt & Ember", .genres = {"folk"}, .moods = {"warm"}});
  rows.artists.push_back({.name = "Ember", .genres = {"techno"}, .moods = {"hard"}});
  return rows;
}

inline KnowledgeFile knowledge_file_of(const KnowledgeRows& rows) {
  return KnowledgeFile::parse(make_knowledge_file(rows)).value();
}

inline Knowledge tiny_knowledge() {
  std::vector<KnowledgeFile> files;
  files.push_back(knowledge_file_of(tiny_knowledge_rows()));
  return Knowledge(std::move(files));
}

}  // namespace spotisearch

// What data/knowledge/README.md promises of genres.csv and artists.csv holds for every row.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/mapped_file.h"
#include "csv/csv_reader.h"
#include "knowledge/knowledge.h"
#include "knowledge/knowledge_csv.h"
#include "knowledge/name_key.h"
#include "text/normalise.h"

namespace spotisearch {
namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(SPOTISEARCH_SOURCE_DIR) / "data" / "knowledge";
constexpr int kLastYear = 2026;

const std::set<std::string> kFamilies = {
    "rock",           "pop",         "indie",          "punk",
    "metal",          "electronic",  "ambient",        "new age",
    "hip hop",        "r&b",         "soul",           "funk",
    "disco",          "gospel",      "blues",          "jazz",
    "classical",      "folk",        "country",        "reggae",
    "caribbean",      "latin",       "brazilian",      "african",
    "middle eastern", "south asian", "east asian",     "southeast asian",
    "oceanian",       "soundtrack",  "easy listening", "experimental",
    "christian",      "children",    "spoken word",    "comedy",
    "holiday"};

const std::set<std::string> kVoices = {"female", "male",         "mixed",     "group",
                                       "choir",  "children",     "nonbinary", "synthetic",
                                       "guests", "instrumental", "spoken"};

/// Words that say nothing of how something sounds.
const std::set<std::string> kFillers = {
    "iconic",      "legendary",      "unique",     "timeless",   "influential",    "acclaimed",
    "renowned",    "beloved",        "seminal",    "masterful",  "quintessential", "captivating",
    "distinctive", "groundbreaking", "pioneering", "soundscape", "soundscapes"};

const KnowledgeCsv& file(const char* name) {
  static std::map<std::string, KnowledgeCsv> files;
  const auto [entry, fresh] = files.try_emplace(name);
  if (fresh) {
    const std::string bytes = read_file(kFolder / name).value_or("");
    entry->second = read_knowledge_csv(bytes, name);
  }
  return entry->second;
}
const std::vector<GenreRow>& genres() { return file("genres.csv").rows.genres; }
const std::vector<ArtistRow>& artists() { return file("artists.csv").rows.artists; }

Knowledge all_knowledge() {
  KnowledgeRows rows{genres(), artists()};
  std::vector<KnowledgeFile> files;
  files.push_back(KnowledgeFile::parse(make_knowledge_file(rows)).value());
  return Knowledge(std::move(files));
}

std::vector<std::string> words_of(const std::string& text) {
  const std::string normalised = normalise_for_matching(text);
  std::vector<std::string> list;
  for (const auto word : words(normalised)) list.emplace_back(word);
  return list;
}

template <class Row>
void expect_telling(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const auto said = std::count(row.description.begin(), row.description.end(), ' ') + 1;
    EXPECT_TRUE(said >= 13 && said <= 32) << row.name << ": " << said << " words";
    EXPECT_TRUE(row.moods.size() >= 3 && row.moods.size() <= 6) << row.name;
    for (const std::string& word : words_of(row.description)) {
      EXPECT_FALSE(kFillers.contains(word)) << row.name << " says '" << word << "'";
    }
  }
}

/// No two descriptions share so many of their words that one could stand for the other.
template <class Row>
void expect_unlike(const std::vector<Row>& rows) {
  constexpr double kMostShared = 0.45;  // of the words of both
  std::vector<std::set<std::string>> said;
  std::unordered_map<std::string, std::vector<std::size_t>> with_word;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto list = words_of(rows[i].description);
    said.emplace_back(list.begin(), list.end());
    std::unordered_map<std::size_t, int> shared;
    for (const std::string& word : said[i]) {
      if (word.size() < 4) continue;
      for (const std::size_t other : with_word[word]) ++shared[other];
      with_word[word].push_back(i);
    }
    for (const auto& [other, count] : shared) {
      if (count < 4) continue;
      std::vector<std::string> both;
      std::ranges::set_intersection(said[i], said[other], std::back_inserter(both));
      const auto all = said[i].size() + said[other].size() - both.size();
      EXPECT_LT(static_cast<double>(both.size()), kMostShared * static_cast<double>(all))
          << rows[i].name << " is described like " << rows[other].name;
    }
  }
}

template <class Row, class Key>
void expect_sorted(const std::vector<Row>& rows, Key key) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_LT(key(rows[i - 1].name), key(rows[i].name)) << "rows stand in the order of their keys";
  }
}

TEST(KnowledgeDataTest, EveryRowCanBeRead) {
  for (const char* name : {"genres.csv", "artists.csv"}) {
    for (const std::string& fault : file(name).faults) ADD_FAILURE() << fault;
    const std::string bytes = read_file(kFolder / name).value_or("");
    const auto columns = std::string_view(name) == "genres.csv" ? kGenreColumns : kArtistColumns;
    EXPECT_TRUE(bytes.starts_with(std::string(columns) + "\n")) << name;
    EXPECT_EQ(bytes.find('\r'), std::string::npos) << name;
  }
}

TEST(KnowledgeDataTest, ThereAreAsManyAsPromised) {
  EXPECT_GE(genres().size(), 1500U);
  EXPECT_GE(artists().size(), 6000U);
}

TEST(KnowledgeDataTest, RowsStandInOrder) {
  expect_sorted(genres(), genre_key);
  expect_sorted(artists(), artist_key);
}

TEST(KnowledgeDataTest, EveryGenreHasAFamilyAndAPlaceInIt) {
  const Knowledge knowledge = all_knowledge();
  for (const GenreRow& row : genres()) {
    EXPECT_TRUE(kFamilies.contains(row.family)) << row.name << ": " << row.family;
    EXPECT_EQ(row.parents.empty(), row.name == row.family) << row.name;
    EXPECT_FALSE(row.regions.empty()) << row.name;
    EXPECT_FALSE(row.era.empty()) << row.name;
    EXPECT_TRUE(!row.scenes.empty() && row.scenes.size() <= 5) << row.name;
    for (const std::string& parent : row.parents) {
      EXPECT_TRUE(knowledge.genre(parent)) << row.name << ": no genre '" << parent << "'";
    }
    // Up along the first parents: the top is reached, not the row itself again.
    auto above = knowledge.genre(row.name);
    for (int steps = 0; above && !above->parents.empty(); ++steps) {
      if (steps == 20) {
        ADD_FAILURE() << row.name << " is above itself";
        break;
      }
      above = knowledge.genre(above->parents[0]);
    }
  }
}

TEST(KnowledgeDataTest, EveryArtistHasGenresACountryAVoiceAndATime) {
  const Knowledge knowledge = all_knowledge();
  std::set<std::string> countries;
  const std::string bytes = read_file(kFolder / "countries.csv").value_or("");
  CsvReader csv{std::string_view(bytes)};
  ASSERT_TRUE(csv.read_header());
  while (true) {
    const auto record = csv.next();
    ASSERT_TRUE(record);
    if (!*record) break;
    countries.emplace((*record)->fields[0]);
  }
  for (const ArtistRow& row : artists()) {
    EXPECT_TRUE(!row.genres.empty() && row.genres.size() <= 5) << row.name;
    for (const std::string& genre : row.genres) {
      EXPECT_TRUE(knowledge.genre(genre)) << row.name << ": no genre '" << genre << "'";
    }
    EXPECT_FALSE(row.countries.empty()) << row.name;
    for (const std::string& country : row.countries) {
      EXPECT_TRUE(countries.contains(country)) << row.name << ": no country '" << country << "'";
    }
    EXPECT_FALSE(row.languages.empty()) << row.name;
    EXPECT_FALSE(row.voices.empty()) << row.name;
    for (const std::string& voice : row.voices) {
      EXPECT_TRUE(kVoices.contains(voice)) << row.name << ": no voice '" << voice << "'";
    }
    ASSERT_FALSE(row.active.empty()) << row.name;
    const int from = std::stoi(row.active);
    const auto dash = row.active.find('-');
    const int to = dash + 1 < row.active.size() ? std::stoi(row.active.substr(dash + 1)) : from;
    EXPECT_TRUE(from >= 900 && from <= to && to <= kLastYear) << row.name << ": " << row.active;
  }
}

TEST(KnowledgeDataTest, DescriptionsTellWhatOneHears) {
  expect_telling(genres());
  expect_telling(artists());
}

TEST(KnowledgeDataTest, NoTwoDescriptionsAreAlike) {
  expect_unlike(genres());
  expect_unlike(artists());
}

}  // namespace
}  // namespace spotisearch

// What data/README.md files promise of the demo library and of the queries holds for every row.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/mapped_file.h"
#include "csv/csv_reader.h"
#include "music/audio_features.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = SPOTISEARCH_SOURCE_DIR;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2026;

/// A CSV file as a person sees it: names of columns, and rows of named cells.
struct Table {
  struct Row {
    std::string place;  ///< file and line
    std::map<std::string, std::string> cells;

    const std::string& operator[](const std::string& column) const { return cells.at(column); }
  };
  std::vector<std::string> header;
  std::vector<Row> rows;
};

Table read_table(const fs::path& path) {
  Table table;
  const std::string bytes = read_file(path).value_or("");
  CsvReader reader{std::string_view(bytes)};
  auto header = reader.read_header();
  if (!header) {
    ADD_FAILURE() << path << ": " << header.error().message;
    return table;
  }
  table.header = *header;
  for (;;) {
    const auto record = reader.next();
    if (!record || !*record) break;
    Table::Row row{fmt::format("{}:{}", path.filename().string(), (*record)->line), {}};
    EXPECT_EQ((*record)->fields.size(), header->size()) << row.place;
    for (std::size_t i = 0; i < std::min(header->size(), (*record)->fields.size()); ++i) {
      row.cells[(*header)[i]] = std::string((*record)->fields[i]);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

std::size_t count_words(const std::string& text) {
  std::istringstream in(text);
  std::size_t count = 0;
  for (std::string word; in >> word;) ++count;
  return count;
}

/// The number that the whole cell is; NaN where it is none.
double number(const std::string& cell) {
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  return cell.empty() || *end != '\0' ? std::nan("") : value;
}

void expect_year(const Table::Row& row, const std::string& cell) {
  const double year = number(cell.substr(0, 4));
  EXPECT_TRUE(year >= kFirstYear && year <= kLastYear) << row.place << ": year " << cell;
}

void expect_list(const Table::Row& row, const std::string& cell, char separator) {
  EXPECT_FALSE(cell.empty()) << row.place << ": an empty list";
  std::set<std::string> seen;
  for (const std::string& part : split(cell, separator)) {
    EXPECT_FALSE(part.empty()) << row.place << ": " << cell;
    EXPECT_NE(part.front(), ' ') << row.place << ": " << cell;
    EXPECT_NE(part.back(), ' ') << row.place << ": " << cell;
    EXPECT_TRUE(seen.insert(part).second) << row.place << ": " << part << " twice";
  }
}

void expect_unique(const Table& table, const std::vector<std::string>& columns) {
  std::map<std::string, std::string> seen;
  for (const Table::Row& row : table.rows) {
    std::string key;
    for (const std::string& column : columns) key += normalise_for_matching(row[column]) + "|";
    const auto [other, fresh] = seen.emplace(key, row.place);
    EXPECT_TRUE(fresh) << row.place << " repeats " << other->second << ": " << key;
  }
}

/// Every run of `length` words of a text, as written in any case and punctuation.
std::vector<std::string> runs(const std::string& text, std::size_t length) {
  const std::string normalised = normalise_for_matching(text);
  const auto all = words(normalised);
  std::vector<std::string> found;
  for (std::size_t i = 0; i + length <= all.size(); ++i) {
    found.push_back(
        fmt::format("{}", fmt::join(all.begin() + static_cast<std::ptrdiff_t>(i),
                                    all.begin() + static_cast<std::ptrdiff_t>(i + length), " ")));
  }
  return found;
}

const Table& albums() {
  static const Table table = read_table(kRoot / "data/demo/albums.csv");
  return table;
}
const Table& songs() {
  static const Table table = read_table(kRoot / "data/demo/songs.csv");
  return table;
}
const Table& queries() {
  static const Table table = read_table(kRoot / "data/queries/song_moods.csv");
  return table;
}

/// "time_signature" is "Time Signature" in an Exportify file.
std::string exportify_name(std::string_view feature) {
  std::string name(feature);
  bool first = true;
  for (char& c : name) {
    if (first) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    first = c == '_';
    if (first) c = ' ';
  }
  return name;
}

TEST(DemoDataTest, HeadersAreThoseOfTheFormats) {
  EXPECT_EQ(albums().header, (std::vector<std::string>{"album_id", "title", "artists", "year",
                                                       "genres", "descriptors", "description"}));
  std::vector<std::string> song_columns = {
      "Track URI",  "Track Name", "Album Name", "Artist Name(s)", "Release Date", "Duration (ms)",
      "Popularity", "Explicit",   "Added By",   "Added At",       "Genres",       "Record Label"};
  std::vector<std::string> query_columns = {"query"};
  for (const std::string_view feature : kFeatureNames) {
    song_columns.push_back(exportify_name(feature));
    query_columns.emplace_back(feature);
    query_columns.push_back(std::string(feature) + "_spread");
  }
  song_columns.insert(song_columns.end(), {"Description", "Features Source"});
  EXPECT_EQ(songs().header, song_columns);
  EXPECT_EQ(queries().header, query_columns);
  EXPECT_GT(albums().rows.size(), 100U);
  EXPECT_GT(songs().rows.size(), 300U);
  EXPECT_GT(queries().rows.size(), 500U);
}

TEST(DemoDataTest, FilesAreUtf8WithLineFeeds) {
  for (const char* name :
       {"data/demo/albums.csv", "data/demo/songs.csv", "data/queries/song_moods.csv"}) {
    const std::string bytes = read_file(kRoot / name).value_or("");
    EXPECT_TRUE(is_valid_utf8(bytes)) << name;
    EXPECT_EQ(bytes.find('\r'), std::string::npos) << name;
    EXPECT_FALSE(bytes.starts_with("\xef\xbb\xbf")) << name;
    EXPECT_TRUE(bytes.ends_with('\n')) << name;
  }
}

TEST(DemoDataTest, NothingComesTwice) {
  expect_unique(albums(), {"album_id"});
  expect_unique(albums(), {"title", "artists"});
  expect_unique(songs(), {"Track Name", "Artist Name(s)"});
  expect_unique(queries(), {"query"});
}

TEST(DemoDataTest, AlbumsAreDescribed) {
  for (const Table::Row& row : albums().rows) {
    EXPECT_FALSE(row["title"].empty()) << row.place;
    for (const char c : row["album_id"]) {
      EXPECT_TRUE(c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) << row.place;
    }
    expect_year(row, row["year"]);
    for (const char* column : {"artists", "genres", "descriptors"}) {
      expect_list(row, row[column], ';');
    }
    const std::size_t descriptors = split(row["descriptors"], ';').size();
    EXPECT_TRUE(descriptors >= 5 && descriptors <= 12) << row.place << ": " << descriptors;
    const std::size_t length = count_words(row["description"]);
    EXPECT_TRUE(length >= 50 && length <= 90) << row.place << ": " << length << " words";
  }
}

TEST(DemoDataTest, SongsAreDescribedAndSayThatTheirFeaturesAreEstimates) {
  for (const Table::Row& row : songs().rows) {
    EXPECT_FALSE(row["Track Name"].empty()) << row.place;
    EXPECT_FALSE(row["Album Name"].empty()) << row.place;
    EXPECT_EQ(row["Features Source"], "estimate") << row.place;
    for (const char* column : {"Track URI", "Popularity", "Record Label"}) {
      EXPECT_TRUE(row[column].empty()) << row.place << ": " << column << " cannot be known";
    }
    expect_year(row, row["Release Date"]);
    expect_list(row, row["Artist Name(s)"], ';');
    expect_list(row, row["Genres"], ',');
    EXPECT_TRUE(row["Explicit"] == "true" || row["Explicit"] == "false") << row.place;
    const double minutes = number(row["Duration (ms)"]) / 60'000;
    EXPECT_TRUE(minutes > 0.5 && minutes < 90) << row.place << ": " << minutes << " minutes";
    const std::size_t length = count_words(row["Description"]);
    EXPECT_TRUE(length >= 20 && length <= 40) << row.place << ": " << length << " words";
  }
}

TEST(DemoDataTest, EveryFeatureIsPlausible) {
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    const std::string name(kFeatureNames[i]);
    for (const Table::Row& row : songs().rows) {
      const std::string& cell = row[exportify_name(name)];
      EXPECT_TRUE(plausible(feature, number(cell))) << row.place << ": " << name << " " << cell;
    }
    std::set<std::string> values;
    for (const Table::Row& row : queries().rows) {
      EXPECT_TRUE(plausible(feature, number(row[name]))) << row.place << ": " << name;
      EXPECT_GT(number(row[name + "_spread"]), 0) << row.place << ": " << name;
      values.insert(row[name]);
    }
    if (feature != Feature::kKey) {
      EXPECT_GT(values.size(), 3U) << name;
    }
  }
}

TEST(DemoDataTest, QueriesAreTexts) {
  for (const Table::Row& row : queries().rows) {
    EXPECT_FALSE(normalise_for_matching(row["query"]).empty()) << row.place;
    EXPECT_LT(row["query"].size(), 300U) << row.place;
  }
}

TEST(DemoDataTest, NoTwoDescriptionsShareEightWords) {
  std::unordered_map<std::string, std::string> seen;
  for (const auto& [table, column] :
       {std::pair{&albums(), "description"}, std::pair{&songs(), "Description"}}) {
    for (const Table::Row& row : table->rows) {
      for (const std::string& run : runs(row[column], 8)) {
        const auto [other, fresh] = seen.emplace(run, row.place);
        EXPECT_TRUE(fresh || other->second == row.place)
            << row.place << " and " << other->second << ": " << run;
      }
    }
  }
}

/// What others wrote, where it is at hand: nothing of ours may be theirs.
class CopiedDataTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* const set = std::getenv("SPOTISEARCH_SHARED");
    shared_ = set != nullptr ? set : SPOTISEARCH_SHARED_DIR;
    if (!fs::exists(shared_ / "eval")) GTEST_SKIP() << "no shared data in " << shared_;
  }

  std::set<std::string> evaluation_queries() const {
    std::set<std::string> texts;
    for (const auto& folder : fs::directory_iterator(shared_ / "eval")) {
      std::ifstream in(folder.path() / "queries.jsonl");
      for (std::string line; std::getline(in, line);) {
        const auto json = nlohmann::json::parse(line, nullptr, false);
        if (json.is_object()) texts.insert(normalise_for_matching(json.value("text", "")));
      }
    }
    return texts;
  }

  /// Runs of eight words of all prose in the shared files: cells of many words.
  std::unordered_set<std::string> foreign_runs() const {
    std::unordered_set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(shared_)) {
      if (entry.path().extension() != ".csv") continue;
      const std::string bytes = read_file(entry.path()).value_or("");
      CsvReader reader{std::string_view(bytes)};
      for (auto record = reader.next(); record && *record; record = reader.next()) {
        for (const auto& field : (*record)->fields) {
          if (field.size() < 60) continue;
          for (std::string& run : runs(std::string(field), 8)) found.insert(std::move(run));
        }
      }
    }
    return found;
  }

  fs::path shared_;
};

TEST_F(CopiedDataTest, NoQueryIsOneOfTheEvaluations) {
  const auto theirs = evaluation_queries();
  ASSERT_FALSE(theirs.empty());
  for (const Table::Row& row : queries().rows) {
    EXPECT_EQ(theirs.count(normalise_for_matching(row["query"])), 0U)
        << row.place << ": " << row["query"];
  }
}

TEST_F(CopiedDataTest, NoSentenceIsTakenFromOthers) {
  const auto theirs = foreign_runs();
  ASSERT_GT(theirs.size(), 1000U);
  for (const auto& [table, column] :
       {std::pair{&albums(), "description"}, std::pair{&songs(), "Description"},
        std::pair{&queries(), "query"}}) {
    for (const Table::Row& row : table->rows) {
      for (const std::string& run : runs(row[column], 8)) {
        EXPECT_EQ(theirs.count(run), 0U) << row.place << ": " << run;
      }
    }
  }
}

TEST_F(CopiedDataTest, NoDescriptionQuotesAnEvaluationQuery) {
  const auto theirs = evaluation_queries();
  for (const auto& [table, column] :
       {std::pair{&albums(), "description"}, std::pair{&songs(), "Description"}}) {
    for (const Table::Row& row : table->rows) {
      const std::string text = " " + normalise_for_matching(row[column]) + " ";
      for (const std::string& query : theirs) {
        if (count_words(query) < 4) continue;
        EXPECT_EQ(text.find(" " + query + " "), std::string::npos) << row.place << ": " << query;
      }
    }
  }
}

}  // namespace
}  // namespace spotisearch

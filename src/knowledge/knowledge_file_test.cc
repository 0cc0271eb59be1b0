#include "knowledge/knowledge_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "knowledge/knowledge_fixture.h"
#include "knowledge/name_key.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> strings(const TextList& list) { return {list.begin(), list.end()}; }

TEST(KnowledgeFileTest, EveryFieldComesBack) {
  const KnowledgeFile file = knowledge_file_of(tiny_knowledge_rows());
  EXPECT_EQ(file.genres(), 2U);
  EXPECT_EQ(file.artists(), 5U);
  const auto artist = file.find_artist(artist_key("ropewalkers"));
  ASSERT_TRUE(artist);
  EXPECT_EQ(artist->name, "The Ropewalkers");
  EXPECT_EQ(artist->active, "1994-");
  EXPECT_THAT(strings(artist->countries), ElementsAre("Ireland"));
  EXPECT_THAT(artist->description, HasSubstr("harmonium"));
  EXPECT_THAT(strings(artist->aliases), ElementsAre("ロープウォーカーズ"));
  EXPECT_THAT(strings(artist->genres), ElementsAre("slowcore"));
  EXPECT_THAT(strings(artist->languages), ElementsAre("english"));
  EXPECT_THAT(strings(artist->voices), ElementsAre("female"));
  EXPECT_THAT(strings(artist->moods), ElementsAre("hushed", "lonely"));
  const auto genre = file.find_genre(genre_key("Slow-Core"));
  ASSERT_TRUE(genre);
  EXPECT_EQ(genre->name, "slowcore");
  EXPECT_EQ(genre->family, "rock");
  EXPECT_EQ(genre->era, "1990s-");
  EXPECT_THAT(strings(genre->parents), ElementsAre("rock"));
  EXPECT_THAT(strings(genre->regions), ElementsAre("United States"));
  EXPECT_THAT(strings(genre->scenes), ElementsAre("empty road at night"));
}

TEST(KnowledgeFileTest, GenresAndArtistsOfOneNameAreTwo) {
  KnowledgeRows rows;
  rows.genres.push_back({.name = "house", .moods = {"steady"}});
  rows.artists.push_back({.name = "House", .moods = {"odd"}});
  const KnowledgeFile file = knowledge_file_of(rows);
  EXPECT_EQ(file.find_genre("house")->moods[0], "steady");
  EXPECT_EQ(file.find_artist("house")->moods[0], "odd");
  EXPECT_FALSE(file.find_genre("hous"));
  EXPECT_FALSE(file.find_artist(""));
}

TEST(KnowledgeFileTest, ThousandsOfNamesAreAllFound) {
  KnowledgeRows rows;
  for (int i = 0; i < 5000; ++i) {
    rows.artists.push_back({.name = "Band " + std::to_string(i),
                            .aliases = {"B " + std::to_string(i)},
                            .moods = {std::to_string(i)}});
  }
  const KnowledgeFile file = knowledge_file_of(rows);
  for (int i = 0; i < 5000; ++i) {
    ASSERT_EQ(file.find_artist("band " + std::to_string(i))->moods[0], std::to_string(i));
    ASSERT_EQ(file.find_artist("b " + std::to_string(i))->moods[0], std::to_string(i));
  }
}

TEST(KnowledgeFileTest, NothingKnownIsAFileToo) {
  const KnowledgeFile file = knowledge_file_of({});
  EXPECT_EQ(file.artists(), 0U);
  EXPECT_FALSE(file.find_artist("anybody"));
}

TEST(KnowledgeFileTest, TheFingerprintIsThatOfTheRows) {
  KnowledgeRows rows = tiny_knowledge_rows();
  const auto fingerprint = knowledge_file_of(rows).fingerprint();
  EXPECT_EQ(knowledge_file_of(rows).fingerprint(), fingerprint);
  rows.artists[0].moods[0] = "loud";
  EXPECT_NE(knowledge_file_of(rows).fingerprint(), fingerprint);
}

TEST(KnowledgeFileTest, DamageAnywhereIsFoundWhenItIsOpened) {
  const std::string bytes = make_knowledge_file(tiny_knowledge_rows());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    EXPECT_FALSE(KnowledgeFile::parse(damaged)) << "byte " << i;
  }
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, std::size_t{47}, bytes.size() - 1}) {
    const auto cut = KnowledgeFile::parse(std::string_view(bytes).substr(0, size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::kCorrupt);
  }
}

TEST(KnowledgeFileTest, ErrorsNameTheFile) {
  const auto folder = std::filesystem::temp_directory_path() / "spotisearch_knowledge_file_test";
  std::filesystem::create_directories(folder);
  EXPECT_EQ(KnowledgeFile::open(folder / "none.bin").error().code, ErrorCode::kNotFound);
  std::ofstream(folder / "other.bin")
      << "a text that is long enough to hold a whole header, surely";
  const auto other = KnowledgeFile::open(folder / "other.bin");
  EXPECT_EQ(other.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(other.error().message, HasSubstr("other.bin"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace spotisearch

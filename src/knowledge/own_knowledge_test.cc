#include "knowledge/own_knowledge.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "knowledge/knowledge_fixture.h"

namespace spotisearch {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OwnKnowledgeTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  OwnKnowledgeReport add(const std::string& text) {
    const auto file = folder_ / "mine.csv";
    std::ofstream(file) << text;
    auto report = add_own_knowledge(library_, std::span(&file, 1));
    EXPECT_TRUE(report) << report.error().message;
    return std::move(report).value_or(OwnKnowledgeReport());
  }
  Knowledge known() {
    auto knowledge = knowledge_of_library(tiny_knowledge(), library_);
    EXPECT_TRUE(knowledge) << knowledge.error().message;
    return std::move(knowledge).value_or(Knowledge());
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("own_knowledge_test_" + std::to_string(getpid()));
  std::filesystem::path library_ = folder_ / "library";
};

TEST_F(OwnKnowledgeTest, WithoutOwnRowsWhatShipsIsKnown) {
  EXPECT_EQ(known().fingerprint(), tiny_knowledge().fingerprint());
}

TEST_F(OwnKnowledgeTest, OwnRowsAddAndOverrule) {
  add("artist,moods\nNew Name,sunny\nAda Quill,stormy\n");
  add("genre,moods\nkettle pop,cosy\n");
  const Knowledge knowledge = known();
  EXPECT_EQ(knowledge.artist("new name")->moods[0], "sunny");
  EXPECT_EQ(knowledge.artist("Ada Quill")->moods[0], "stormy");
  EXPECT_EQ(knowledge.artist("Ember")->moods[0], "hard");
  EXPECT_EQ(knowledge.genre("Kettle-Pop")->moods[0], "cosy");
  EXPECT_NE(knowledge.fingerprint(), tiny_knowledge().fingerprint());
}

TEST_F(OwnKnowledgeTest, ALaterRowReplacesAnEarlierOne) {
  add("artist,aliases,moods\nOne,Uno,sad\nTwo,,glad\n");
  const auto report = add("artist,aliases,moods\nthe one,,angry\nThree,Uno,calm\n");
  EXPECT_EQ(report.artists, 3U);
  EXPECT_EQ(known().artist("One")->moods[0], "angry");
  EXPECT_EQ(known().artist("Uno")->moods[0], "calm");
  EXPECT_EQ(known().artist("Two")->moods[0], "glad");
}

TEST_F(OwnKnowledgeTest, AFaultyFileAddsNothing) {
  add("artist,moods\nOne,sad\n");
  const auto report = add("artist,moods,active\nTwo,glad,soon\nThree,calm,1990-\n");
  EXPECT_THAT(report.faults, SizeIs(1));
  EXPECT_FALSE(known().artist("Three"));
  EXPECT_TRUE(known().artist("One"));
}

TEST_F(OwnKnowledgeTest, TextsWithCommasQuotesAndLinesSurvive) {
  add("artist,description\nOne,\"a \"\"low\"\" hum, then\nsilence\"\n");
  add("artist,moods\nTwo,glad\n");
  EXPECT_EQ(known().artist("One")->description, "a \"low\" hum, then\nsilence");
}

TEST_F(OwnKnowledgeTest, RowsThatWereEditedByHandCount) {
  add("artist,moods\nOne,sad\n");
  std::ofstream(library_ / "knowledge" / "artists.csv") << "artist,moods\nOne,glad\n";
  EXPECT_EQ(known().artist("One")->moods[0], "glad");
}

TEST_F(OwnKnowledgeTest, DamagedRowsCanBeForgotten) {
  add("artist,moods\nOne,sad\n");
  std::ofstream(library_ / "knowledge" / "artists.csv") << "artist,moods\n,sad\nTwo,glad\n";
  EXPECT_EQ(forget_own_knowledge(library_).value(), 1U);
  EXPECT_EQ(known().fingerprint(), tiny_knowledge().fingerprint());
}

TEST_F(OwnKnowledgeTest, TwoAtOnceLoseNothing) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this, i] {
      const auto file = folder_ / fmt::format("mine{}.csv", i);
      std::ofstream(file) << "artist,moods\nBand " << i << ",sad\n";
      EXPECT_TRUE(add_own_knowledge(library_, std::span(&file, 1)));
    });
  }
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(known().artist(fmt::format("band {}", i)));
}

TEST_F(OwnKnowledgeTest, AnOwnRowCountsUnderTheShippedAliasesToo) {
  add("artist,moods\nThe Ropewalkers,stormy\n");
  EXPECT_EQ(known().artist("ロープウォーカーズ")->moods[0], "stormy");
  add("genre,moods\nslowcore,stormy\n");
  EXPECT_EQ(known().genre("slow core music")->moods[0], "stormy");
}

TEST_F(OwnKnowledgeTest, DamagedRowsAreNamed) {
  add("artist,moods\nOne,sad\n");
  std::ofstream(library_ / "knowledge" / "artists.csv") << "artist,moods\n,sad\n";
  const auto knowledge = knowledge_of_library(tiny_knowledge(), library_);
  ASSERT_FALSE(knowledge);
  EXPECT_EQ(knowledge.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(knowledge.error().message, HasSubstr("artists.csv, line 2"));
}

TEST_F(OwnKnowledgeTest, AMissingFileIsNotFound) {
  const auto file = folder_ / "none.csv";
  EXPECT_EQ(add_own_knowledge(library_, std::span(&file, 1)).error().code, ErrorCode::kNotFound);
}

TEST_F(OwnKnowledgeTest, ForgettingLeavesWhatShips) {
  add("artist,moods\nAda Quill,stormy\n");
  EXPECT_EQ(forget_own_knowledge(library_).value(), 1U);
  EXPECT_EQ(known().artist("Ada Quill")->moods[0], "smoky");
  EXPECT_EQ(forget_own_knowledge(library_).value(), 0U);
}

}  // namespace
}  // namespace spotisearch

#include "knowledge/prose.h"

#include <gtest/gtest.h>

#include "knowledge/knowledge_fixture.h"

namespace spotisearch {
namespace {

TEST(ProseTest, ReadsTheWayListenersAsk) {
  const KnowledgeRows rows = tiny_knowledge_rows();
  EXPECT_EQ(prose_of(rows.artists[0]), "hushed, lonely slowcore from Ireland");
  EXPECT_EQ(prose_of(rows.genres[0]),
            "lonely, patient slowcore from United States for empty road at night");
}

TEST(ProseTest, WhereNoMoodIsKnownTheDescriptionSpeaks) {
  EXPECT_EQ(prose_of(ArtistRow{.name = "One", .description = "Low hum"}), "Low hum");
  EXPECT_EQ(prose_of(ArtistRow{.name = "Two", .genres = {"folk"}}), "folk");
  EXPECT_EQ(prose_of(GenreRow{.name = "kettle pop", .parents = {"pop"}, .description = "Lids"}),
            "Lids");
}

TEST(ProseTest, ItStandsInTheCompiledFile) {
  EXPECT_EQ(knowledge_file_of(tiny_knowledge_rows()).find_artist("ropewalkers")->prose,
            "hushed, lonely slowcore from Ireland");
}

}  // namespace
}  // namespace spotisearch

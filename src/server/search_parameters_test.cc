#include "server/search_parameters.h"

#include <gtest/gtest.h>

#include "server/request_target.h"

namespace spotisearch {
namespace {

std::vector<Parameter> parameters(const std::string& query) {
  return parse_target("/?" + query)->parameters;
}

TEST(SearchParametersTest, ReadsEveryParameterOfASongSearch) {
  const auto query = read_song_query(
      parameters("q=quiet+rain&k=50&mode=features&year_from=1970&year_to=1979&genre=dub&artist="
                 "Nobody&explicit=false&tempo_from=60.5&tempo_to=90"));
  ASSERT_TRUE(query) << query.error().error.message;
  EXPECT_EQ(query->text, "quiet rain");
  EXPECT_EQ(query->k, 50);
  EXPECT_EQ(query->mode, SearchMode::kFeatures);
  EXPECT_EQ(query->filters.year_from, 1970);
  EXPECT_EQ(query->filters.year_to, 1979);
  EXPECT_EQ(query->filters.genre, "dub");
  EXPECT_EQ(query->filters.artist, "Nobody");
  EXPECT_EQ(query->filters.is_explicit, false);
  EXPECT_EQ(query->filters.tempo_from, 60.5);
  EXPECT_EQ(query->filters.tempo_to, 90);
}

TEST(SearchParametersTest, LeavesOutWhatIsNotGiven) {
  const auto songs = read_song_query(parameters("q=x"));
  ASSERT_TRUE(songs);
  EXPECT_EQ(songs->k, kUsualSongs);
  EXPECT_EQ(songs->mode, SearchMode::kBlend);
  EXPECT_TRUE(songs->filters.empty());
  EXPECT_EQ(read_album_query(parameters("q=x"))->k, kUsualAlbums);
}

struct Mistake {
  const char* query;
  const char* parameter;
};

TEST(SearchParametersTest, NamesTheParameterOfEachMistake) {
  const Mistake mistakes[] = {
      {"", "q"},
      {"q=", "q"},
      {"q=+%09", "q"},
      {"q=a&q=b", "q"},
      {"q=a&kk=3", "kk"},
      {"q=a&k=0", "k"},
      {"q=a&k=51", "k"},
      {"q=a&k=-1", "k"},
      {"q=a&k=ten", "k"},
      {"q=a&k=5.5", "k"},
      {"q=a&k=+5", "k"},
      {"q=a&k=99999999999999999999", "k"},
      {"q=a&k=", "k"},
      {"q=a&mode=best", "mode"},
      {"q=a&year_from=0", "year_from"},
      {"q=a&year_to=MMX", "year_to"},
      {"q=a&year_from=2001&year_to=2000", "year_from"},
      {"q=a&tempo_from=nan", "tempo_from"},
      {"q=a&tempo_to=inf", "tempo_to"},
      {"q=a&tempo_from=-1", "tempo_from"},
      {"q=a&tempo_from=120&tempo_to=60", "tempo_from"},
      {"q=a&genre=", "genre"},
      {"q=a&explicit=yes", "explicit"},
      {"q=a&explicit=True", "explicit"},
  };
  for (const auto& [query, parameter] : mistakes) {
    const auto read = read_song_query(parameters(query));
    ASSERT_FALSE(read) << query;
    EXPECT_EQ(read.error().parameter, parameter) << query;
    EXPECT_EQ(read.error().error.code, ErrorCode::kInvalidArgument);
    EXPECT_FALSE(read.error().error.message.empty());
  }
}

TEST(SearchParametersTest, AlbumsKnowNeitherExplicitNorFeatures) {
  EXPECT_EQ(read_album_query(parameters("q=a&explicit=true")).error().parameter, "explicit");
  EXPECT_EQ(read_album_query(parameters("q=a&mode=features")).error().parameter, "mode");
  EXPECT_EQ(read_album_query(parameters("q=a&k=21")).error().parameter, "k");
  EXPECT_TRUE(read_album_query(parameters("q=a&k=20&mode=text")));
}

}  // namespace
}  // namespace spotisearch

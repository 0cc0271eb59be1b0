#include "ingest/cell_values.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

TEST(CellValues, NothingIsSaidInManyWays) {
  for (const char* cell : {"", "undefined", "NULL", "nan", "NaN", "None", "n/a"}) {
    EXPECT_TRUE(says_nothing(cell)) << cell;
  }
  EXPECT_FALSE(says_nothing("0"));
}

TEST(CellValues, ASongMayBeCalledNone) {
  EXPECT_TRUE(names_nothing("undefined"));
  EXPECT_TRUE(names_nothing(""));
  EXPECT_FALSE(names_nothing("None"));
  EXPECT_FALSE(names_nothing("Undefined"));
}

TEST(CellValues, NumbersAreTheWholeCell) {
  EXPECT_EQ(parse_number("-7.5"), -7.5);
  EXPECT_EQ(parse_number("7.53e-06"), 7.53e-06);
  EXPECT_EQ(parse_number("0,25"), 0.25);
  EXPECT_FALSE(parse_number("1,234.5"));
  EXPECT_FALSE(parse_number("12 bpm"));
  EXPECT_FALSE(parse_number("inf"));
  EXPECT_FALSE(parse_number(std::string(100, '1')));
  EXPECT_EQ(parse_integer("54.0"), 54);
  EXPECT_FALSE(parse_integer("54.5"));
}

TEST(CellValues, DatesMayLackMonthAndDay) {
  EXPECT_EQ(parse_release_date("1999")->text, "1999");
  EXPECT_EQ(parse_release_date("1999.0")->year, 1999);
  EXPECT_EQ(parse_release_date("1999-07")->text, "1999-07");
  EXPECT_EQ(parse_release_date("1999-07-31")->text, "1999-07-31");
  EXPECT_EQ(parse_release_date("1999-07-31T10:00:00Z")->text, "1999-07-31");
  for (const char* cell : {"", "99", "0000", "1999-13", "1999-07-99", "1999x", "July 1999"}) {
    EXPECT_FALSE(parse_release_date(cell)) << cell;
  }
}

TEST(CellValues, TrackIdsComeBareOrInUrisAndUrls) {
  const std::string id = "0aBcDeFgHiJkLmNoPqRsT9";
  EXPECT_EQ(parse_track_id(id), id);
  EXPECT_EQ(parse_track_id("spotify:track:" + id), id);
  EXPECT_EQ(parse_track_id("https://open.spotify.com/track/" + id + "?si=abc"), id);
  EXPECT_EQ(parse_track_id("https://open.spotify.com/intl-de/track/" + id), id);
  EXPECT_FALSE(parse_track_id("spotify:local:A:B:C:210"));
  EXPECT_FALSE(parse_track_id("https://open.spotify.com/album/" + id));
  EXPECT_FALSE(parse_track_id("https://open.spotify.com/track"));
  EXPECT_FALSE(parse_track_id("17"));
}

TEST(CellValues, DurationsComeAsMillisecondsSecondsAndClockTimes) {
  EXPECT_EQ(parse_duration_ms("5000", true), 5000);
  EXPECT_EQ(parse_duration_ms("215", false), 215000);
  EXPECT_EQ(parse_duration_ms("215000", false), 215000);
  EXPECT_EQ(parse_duration_ms("3:45", false), 225000);
  EXPECT_EQ(parse_duration_ms("1:02:03", false), 3723000);
  EXPECT_FALSE(parse_duration_ms("-5", true));
  EXPECT_FALSE(parse_duration_ms("3:x", false));
}

TEST(CellValues, BooleansComeAsWordsAndDigits) {
  EXPECT_EQ(parse_bool("True"), true);
  EXPECT_EQ(parse_bool("0"), false);
  EXPECT_FALSE(parse_bool("perhaps"));
}

}  // namespace
}  // namespace spotisearch

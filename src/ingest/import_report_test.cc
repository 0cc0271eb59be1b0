#include "ingest/import_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotisearch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ImportReport small_report() {
  ImportReport report;
  FileReport file;
  file.file = "a.csv";
  file.counts.read = 1234;
  file.counts.added = 1200;
  file.counts.rejected = 34;
  file.counts.tracks = 1200;
  file.counts.per_feature.fill(600);
  report.files.push_back(file);
  report.total += file.counts;
  for (std::size_t i = 0; i < 34; ++i)
    report.rejected.push_back({"a.csv", i + 2, "Name", "no title"});
  return report;
}

TEST(ImportReport, SaysWhatHappenedInAFewLines) {
  const std::string text = format_report(small_report());
  EXPECT_THAT(text, HasSubstr("1 file, 1,234 rows read\n"));
  EXPECT_THAT(text, HasSubstr("new                1,200\n"));
  EXPECT_THAT(text, HasSubstr("audio features: 50.0% of 1,200 tracks"));
  EXPECT_THAT(text, HasSubstr("a.csv:2 [Name] no title\n"));
  EXPECT_THAT(text, HasSubstr("... and 24 more\n"));
  EXPECT_THAT(text, Not(HasSubstr("warnings")));
}

TEST(ImportReport, NamesEachFeatureWhereTheyDiffer) {
  ImportReport report = small_report();
  report.total.per_feature[static_cast<std::size_t>(Feature::kKey)] = 300;
  EXPECT_THAT(format_report(report), HasSubstr("key                25.0%\n"));
}

TEST(ImportReport, AFailedFileIsInTheTextAndInTheStatus) {
  ImportReport report = small_report();
  EXPECT_TRUE(report.status().has_value());
  FileReport failed;
  failed.file = "b.csv";
  failed.error = Error{ErrorCode::kNotFound, "there is no such file"};
  report.files.push_back(failed);
  EXPECT_THAT(format_report(report), HasSubstr("not imported:\n  b.csv: there is no such file\n"));
  EXPECT_EQ(report.status().error().code, ErrorCode::kNotFound);
  EXPECT_THAT(report.status().error().message, HasSubstr("b.csv"));
}

}  // namespace
}  // namespace spotisearch

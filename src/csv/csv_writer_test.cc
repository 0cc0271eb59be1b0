#include "csv/csv_writer.h"

#include <gtest/gtest.h>

#include <sstream>

#include "csv/csv_reader.h"

namespace spotisearch {
namespace {

TEST(CsvWriter, QuotesOnlyWhereItMust) {
  std::ostringstream out;
  CsvWriter writer(out);
  writer.write(
      std::vector<std::string>{"plain text", "a,b", "say \"hi\"", "two\nlines", "", "x;y"});
  EXPECT_EQ(out.str(), "plain text,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",,x;y\n");
}

TEST(CsvWriter, TheReaderReadsBackWhatItWrote) {
  const std::vector<std::vector<std::string>> rows = {
      {""},    {"\xEF\xBB\xBFx", "y"}, {"\"", "\"\"", "\"\"\""}, {"\r", "a\r\nb"}, {"sep=;"},
      {"", ""}};
  std::ostringstream out;
  CsvWriter writer(out, ';');
  for (const auto& row : rows) writer.write(row);
  const std::string text = out.str();
  CsvReader reader(text, CsvOptions{.separator = ';'});
  for (const auto& row : rows) {
    const auto record = reader.next();
    ASSERT_TRUE(record && *record);
    EXPECT_EQ(std::vector<std::string>((*record)->fields.begin(), (*record)->fields.end()), row);
  }
}

}  // namespace
}  // namespace spotisearch

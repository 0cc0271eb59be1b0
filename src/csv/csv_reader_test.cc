#include "csv/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Rows = std::vector<std::vector<std::string>>;

/// Every record; an error becomes a row {"!", line}.
Rows drain(CsvReader& reader) {
  Rows rows;
  for (;;) {
    auto record = reader.next();
    if (!record) {
      rows.push_back({"!", std::to_string(reader.line())});
      continue;
    }
    if (!record->has_value()) return rows;
    rows.emplace_back((*record)->fields.begin(), (*record)->fields.end());
  }
}

Rows read(std::string_view text, CsvOptions options = {}) {
  CsvReader reader(text, options);
  Rows rows = drain(reader);
  std::istringstream stream{std::string(text)};
  CsvReader streaming(stream, options);
  EXPECT_EQ(drain(streaming), rows) << "a stream must read like memory";
  return rows;
}

TEST(CsvReader, AnyLineEndEndsARecordAndBlankLinesArePassedOver) {
  EXPECT_EQ(read("a,b\r\nc,d\n\n\r\ne,f\rg,h"),
            (Rows{{"a", "b"}, {"c", "d"}, {"e", "f"}, {"g", "h"}}));
}

TEST(CsvReader, EmptyCellsAreKept) {
  EXPECT_EQ(read("a,,\n,b,\n"), (Rows{{"a", "", ""}, {"", "b", ""}}));
}

TEST(CsvReader, QuotedCellsHoldSeparatorsLineEndsAndDoubledQuotes) {
  EXPECT_EQ(read("\"a,b\",\"c\nd\",\"say \"\"hi\"\", then\"\nx,\"\",\"\"\"z\"\"\"\n"),
            (Rows{{"a,b", "c\nd", "say \"hi\", then"}, {"x", "", "\"z\""}}));
}

TEST(CsvReader, QuotesThatWereNotDoubledAreKept) {
  EXPECT_EQ(read("h,i\n\"the \"old\" road\",1\n\"my \"song\"\",2\n\"\"night\"\",3\n7\" mix,4\n"),
            (Rows{{"h", "i"},
                  {"the \"old\" road", "1"},
                  {"my \"song\"", "2"},
                  {"\"night\"", "3"},
                  {"7\" mix", "4"}}));
}

TEST(CsvReader, LinesAreCountedThroughQuotedLineEnds) {
  const std::string text = "a\n\"b\r\nc\rd\",x\n\ne\n";
  CsvReader reader(text);
  std::vector<std::size_t> lines;
  for (auto record = reader.next(); record && *record; record = reader.next()) {
    lines.push_back((*record)->line);
  }
  EXPECT_THAT(lines, ElementsAre(1, 2, 6));
}

TEST(CsvReader, ByteOrderMarksAndUtf16AreUnderstood) {
  EXPECT_EQ(read("\xEF\xBB\xBFname,x\n1,2\n"), (Rows{{"name", "x"}, {"1", "2"}}));
  const std::string little("\xFF\xFEn\0,\0\xE9\0\n\0\x3D\xD8\x00\xDE,\0b\0", 18);
  EXPECT_EQ(read(little), (Rows{{"n", "\xC3\xA9"}, {"\xF0\x9F\x98\x80", "b"}}));
  const std::string big("\xFE\xFF\0a\0,\0b\xD8\0", 10);
  EXPECT_EQ(read(big), (Rows{{"a", "b\xEF\xBF\xBD"}}));
}

TEST(CsvReader, TheSeparatorIsTakenFromTheHeader) {
  EXPECT_EQ(read("a;b;c, d\n1;2,5;3\n"), (Rows{{"a", "b", "c, d"}, {"1", "2,5", "3"}}));
  EXPECT_EQ(read("a\tb\n1\t2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a,\t\t\tb,c\n1,2,3\n"), (Rows{{"a", "\t\t\tb", "c"}, {"1", "2", "3"}}));
  EXPECT_EQ(read("\"a;b;c\",d\n1,2\n"), (Rows{{"a;b;c", "d"}, {"1", "2"}}));
  EXPECT_EQ(read("sep=;\na,b;c\n"), (Rows{{"a,b", "c"}}));
}

TEST(CsvReader, HeaderNamesAreTrimmed) {
  const std::string text = " id ,\t\tname\t\n1,2\n";
  CsvReader reader(text);
  EXPECT_THAT(reader.read_header().value(), ElementsAre("id", "name"));
  EXPECT_EQ((*reader.next())->line, 2u);
  CsvReader empty(std::string_view("\n\n"));
  EXPECT_EQ(empty.read_header().error().code, ErrorCode::kInvalidArgument);
}

TEST(CsvReader, NulBytesAreBytesLikeOthers) {
  EXPECT_EQ(read(std::string_view("a\0b,c\n\0,\"\0\"\n", 12)),
            (Rows{{std::string("a\0b", 3), "c"}, {std::string(1, '\0'), std::string(1, '\0')}}));
}

TEST(CsvReader, AnUnclosedQuoteCostsOneRecord) {
  const std::string text = "a,b\n1,2\n3,\"x\n4,5\n6,y\n";
  CsvReader reader(text);
  ASSERT_TRUE(reader.next() && reader.next());
  const auto broken = reader.next();
  ASSERT_FALSE(broken.has_value());
  EXPECT_THAT(broken.error().message, HasSubstr("line 3, column 2"));
  EXPECT_EQ(drain(reader), (Rows{{"4", "5"}, {"6", "y"}}));
}

TEST(CsvReader, ManyUnclosedQuotesDoNotTakeQuadraticTime) {
  std::string text = "a,b\n";
  for (int i = 0; i < 200000; ++i) text += "1,\"x\n";
  EXPECT_EQ(read(text).size(), 200001u);
}

TEST(CsvReader, BeyondALimitReadingGoesOnAtTheNextLine) {
  const CsvOptions small{.max_field_bytes = 8, .max_record_bytes = 20, .max_columns = 4};
  EXPECT_EQ(read("a,b\n123456789,x\n1,2\n", small), (Rows{{"a", "b"}, {"!", "2"}, {"1", "2"}}));
  EXPECT_EQ(read("a,b\n\"1234\n56789\",x\n1,2\n", small),
            (Rows{{"a", "b"}, {"!", "2"}, {"56789\"", "x"}, {"1", "2"}}));
  EXPECT_EQ(read("1,2,3,4,5\n1,2,3,4\n", small), (Rows{{"!", "1"}, {"1", "2", "3", "4"}}));
  EXPECT_EQ(read("1234567,1234567,1234567\n1\n", small), (Rows{{"!", "1"}, {"1"}}));
}

TEST(CsvReader, ALineLongerThanTheWindowOfAStreamIsPassedOver) {
  const std::string text = "a\n" + std::string(3 << 20, 'x') + "\nb\n";
  EXPECT_EQ(read(text), (Rows{{"a"}, {"!", "2"}, {"b"}}));
}

TEST(CsvReader, RecordsAcrossTheEdgesOfAStreamsPiecesAreWhole) {
  std::string text;
  for (int i = 0; i < 40000; ++i)
    text += std::to_string(i) + ",\"q\"\"" + std::to_string(i) + "\"\r\n";
  const Rows rows = read(text);
  ASSERT_EQ(rows.size(), 40000u);
  EXPECT_THAT(rows.back(), ElementsAre("39999", "q\"39999"));
}

}  // namespace
}  // namespace spotisearch

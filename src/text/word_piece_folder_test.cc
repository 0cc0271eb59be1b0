#include "text/word_piece_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/mapped_file.h"
#include "text/word_piece.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kLines[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nsun\nSun\n";
constexpr char kJson[] = R"({
  "added_tokens": [{"id": 4, "content": "sun", "normalized": true}],
  "normalizer": {"type": "BertNormalizer", "lowercase": false, "strip_accents": null},
  "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab":
    {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "sun": 4, "Sun": 5}}})";

class WordPieceFolderTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const char* name, std::string_view bytes) {
    ASSERT_TRUE(write_file_atomically(folder_ / name, bytes).has_value());
  }
  std::vector<std::int32_t> ids(std::string_view text) {
    return WordPieceTokenizer::open(folder_).value().encode(text, 16);
  }
  Error error() { return WordPieceTokenizer::open(folder_).error(); }

  std::filesystem::path folder_ = std::filesystem::path(::testing::TempDir()) /
                                  (std::string("word_piece_") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(WordPieceFolderTest, AVocabularyAloneIsReadAsUncased) {
  write("vocab.txt", kLines);
  EXPECT_THAT(ids("Sun"), ElementsAre(2, 4, 3));
}

TEST_F(WordPieceFolderTest, WindowsLineEndsAndAMissingLastOneAreFine) {
  write("vocab.txt", "[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\nsun");
  EXPECT_THAT(ids("sun"), ElementsAre(2, 4, 3));
}

TEST_F(WordPieceFolderTest, TokenizerConfigSetsCaseAndSpecialTokens) {
  write("vocab.txt", "<pad>\n[UNK]\n<s>\n</s>\nsun\nSun\n");
  write("tokenizer_config.json", R"({"do_lower_case": false, "cls_token": "<s>",
    "sep_token": {"content": "</s>"}, "pad_token": "<pad>", "mask_token": null})");
  EXPECT_THAT(ids("Sun</s>"), ElementsAre(2, 5, 3, 3));
}

TEST_F(WordPieceFolderTest, TokenizerJsonServesWithoutAVocabularyFile) {
  write("tokenizer.json", kJson);
  EXPECT_THAT(ids("Sun sun"), ElementsAre(2, 5, 4, 3));
}

TEST_F(WordPieceFolderTest, TokenizerConfigOutranksTokenizerJson) {
  write("tokenizer.json", kJson);
  write("tokenizer_config.json", R"({"do_lower_case": true})");
  EXPECT_THAT(ids("Sun"), ElementsAre(2, 4, 3));
}

TEST_F(WordPieceFolderTest, AFolderWithoutVocabularyIsNotFound) {
  EXPECT_EQ(error().code, ErrorCode::kNotFound);
  EXPECT_THAT(error().message, HasSubstr("vocab.txt"));
}

TEST_F(WordPieceFolderTest, MalformedFilesAreCorrupt) {
  write("vocab.txt", "[PAD]\n\xFF\n");
  EXPECT_EQ(error().code, ErrorCode::kCorrupt);
  write("vocab.txt", kLines);
  for (const char* bytes : {"", "{", "[]", "null"}) {
    write("tokenizer_config.json", bytes);
    EXPECT_EQ(error().code, ErrorCode::kCorrupt) << bytes;
  }
}

TEST_F(WordPieceFolderTest, BadIdsInTokenizerJsonAreCorrupt) {
  for (const char* vocabulary : {R"({"a": 1})", R"({"a": -1})", R"({"a": 0, "b": 0})", "[]", "7"}) {
    write("tokenizer.json", std::string(R"({"normalizer": {"type": "BertNormalizer"}, "model":
      {"type": "WordPiece", "vocab": )") +
                                vocabulary + "}}");
    EXPECT_EQ(error().code, ErrorCode::kCorrupt) << vocabulary;
  }
}

TEST_F(WordPieceFolderTest, OtherKindsOfTokenizerAreRefused) {
  for (const char* json :
       {R"({"model": {"type": "BPE"}})", R"({"normalizer": 1, "model": []})",
        R"({"normalizer": {"type": "BertNormalizer"}, "model": {"type": "BPE"}})",
        R"({"normalizer": {"type": "BertNormalizer", "clean_text": false}})"}) {
    write("tokenizer.json", json);
    EXPECT_EQ(error().code, ErrorCode::kInvalidArgument) << json;
  }
}

}  // namespace
}  // namespace spotisearch

#include "text/word_piece.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/mapped_file.h"

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int32_t kUnknown = 1, kStart = 2, kEnd = 3, kMask = 4;

const std::vector<std::string> kTokens = {
    "[PAD]",  "[UNK]", "[CLS]", "[SEP]", "[MASK]",               // 0 to 4
    "sun",    "##set", "##s",   "s",     "cafe",   "caf\u00e9",  // 5 to 10
    "\u6f22", "!",     "i",     "##i"};                          // 11 to 14

WordPieceTokenizer make(WordPieceOptions options = {}) {
  return WordPieceTokenizer::from_vocabulary(kTokens, std::move(options)).value();
}

std::vector<std::int32_t> encode(std::string_view text, std::size_t max_tokens = 256) {
  return make().encode(text, max_tokens);
}

TEST(WordPiece, TakesTheLongestPieceFirst) {
  EXPECT_THAT(encode("sunset suns"), ElementsAre(kStart, 5, 6, 5, 7, kEnd));
  EXPECT_THAT(encode("s"), ElementsAre(kStart, 8, kEnd));
}

TEST(WordPiece, AWordWithAMissingPieceIsWhollyUnknown) {
  EXPECT_THAT(encode("sunx sun"), ElementsAre(kStart, kUnknown, 5, kEnd));
}

TEST(WordPiece, CaseAndAccentsDoNotCount) {
  EXPECT_THAT(encode("CAF\u00c9 cafe\u0301"), ElementsAre(kStart, 9, 9, kEnd));
  EXPECT_THAT(encode("\u0130I"), ElementsAre(kStart, 13, 14, kEnd));
}

TEST(WordPiece, CasedModelsKeepCaseAndAccents) {
  WordPieceOptions cased;
  cased.lower_case = false;
  EXPECT_THAT(make(cased).encode("caf\u00e9 Sun", 9), ElementsAre(kStart, 10, kUnknown, kEnd));
}

TEST(WordPiece, PunctuationAndIdeographsStandAlone) {
  EXPECT_THAT(encode("sun!s"), ElementsAre(kStart, 5, 12, 8, kEnd));
  EXPECT_THAT(encode("sun\u6f22\u6f22s"), ElementsAre(kStart, 5, 11, 11, 8, kEnd));
}

TEST(WordPiece, ControlsAndBadBytesAreAsIfNeverWritten) {
  EXPECT_THAT(encode(std::string_view("su\0n\x07\xFFs\u200d", 11)),
              ElementsAre(kStart, 5, 7, kEnd));
}

TEST(WordPiece, SpecialTokensInATextStandForThemselves) {
  EXPECT_THAT(encode("sun[MASK]s [SEP]"), ElementsAre(kStart, 5, kMask, 8, kEnd, kEnd));
  EXPECT_THAT(encode("[mask]"), ElementsAre(kStart, kUnknown, kUnknown, kUnknown, kEnd));
}

TEST(WordPiece, TruncationKeepsBothEnds) {
  EXPECT_THAT(encode("sunset sunset", 5), ElementsAre(kStart, 5, 6, 5, kEnd));
  EXPECT_THAT(encode("sun", 2), ElementsAre(kStart, kEnd));
  EXPECT_THAT(encode("", 2), ElementsAre(kStart, kEnd));
}

TEST(WordPiece, WordsOverTheLimitAreUnknown) {
  EXPECT_EQ(encode(std::string(100, 'i'), 256).size(), 102u);
  EXPECT_THAT(encode(std::string(101, 'i')), ElementsAre(kStart, kUnknown, kEnd));
  EXPECT_THAT(encode(std::string(1000000, 'z') + " sun"), ElementsAre(kStart, kUnknown, 5, kEnd));
}

TEST(WordPiece, AVocabularyWithoutTheSpecialTokensIsRefused) {
  const std::vector<std::string> tokens = {"[PAD]", "[UNK]", "[CLS]", "sun"};
  const auto tokenizer = WordPieceTokenizer::from_vocabulary(tokens);
  ASSERT_FALSE(tokenizer.has_value());
  EXPECT_EQ(tokenizer.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(tokenizer.error().message, HasSubstr("[SEP]"));
}

TEST(WordPiece, FingerprintTellsTokenizersApart) {
  auto swapped = kTokens;
  std::swap(swapped[5], swapped[9]);
  WordPieceOptions cased;
  cased.lower_case = false;
  EXPECT_EQ(make().fingerprint(), make().fingerprint());
  EXPECT_NE(make().fingerprint(), make(cased).fingerprint());
  EXPECT_NE(make().fingerprint(), WordPieceTokenizer::from_vocabulary(swapped)->fingerprint());
}

// The ids that Hugging Face's tokenizer gave (tools/tokenizer_parity.py --golden).
TEST(WordPiece, AgreesWithTheReferenceOnTheRealVocabulary) {
  const auto tokenizer = WordPieceTokenizer::open(SPOTISEARCH_MODEL_DIR);
  if (!tokenizer) GTEST_SKIP() << "needs the model: " << tokenizer.error().message;
  const auto cases = nlohmann::json::parse(
      read_file(SPOTISEARCH_SOURCE_DIR "/src/text/testdata/word_piece_golden.json").value());
  EXPECT_GT(cases.size(), 100u);
  for (const auto& expected : cases) {
    EXPECT_EQ(tokenizer->encode(expected["text"].get<std::string>(), 256),
              expected["ids"].get<std::vector<std::int32_t>>())
        << expected["text"];
  }
}

}  // namespace
}  // namespace spotisearch

// Any bytes give ids framed by [CLS] and [SEP] within the limit, and valid UTF-8 for matching.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "text/normalise.h"
#include "text/word_piece.h"

namespace {

using spotisearch::WordPieceTokenizer;

constexpr std::int32_t kStart = 2;
constexpr std::int32_t kEnd = 3;

WordPieceTokenizer make_tokenizer(bool lower_case) {
  const std::vector<std::string> tokens = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a",
                                           "b",     "##a",   "##b",   "ab",    "##ab",   "é",
                                           "e",     "##é",   "漢",    "##i",   ".",      "¿"};
  spotisearch::WordPieceOptions options;
  options.lower_case = lower_case;
  return WordPieceTokenizer::from_vocabulary(tokens, options).value();
}

void require(bool condition) {
  if (!condition) std::abort();
}

void check_encoding(const WordPieceTokenizer& tokenizer, std::string_view text,
                    std::size_t max_tokens) {
  const std::vector<std::int32_t> ids = tokenizer.encode(text, max_tokens);
  require(ids.size() >= 2 && ids.size() <= max_tokens);
  require(ids.front() == kStart && ids.back() == kEnd);
  for (const std::int32_t id : ids) {
    require(id >= 0 && static_cast<std::size_t>(id) < tokenizer.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const WordPieceTokenizer uncased = make_tokenizer(true);
  static const WordPieceTokenizer cased = make_tokenizer(false);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t max_tokens = 2 + (size == 0 ? 0 : data[0] % 30);
  check_encoding(uncased, bytes, max_tokens);
  check_encoding(cased, bytes, max_tokens);
  // What bad bytes stand for is dropped, so replacing them first changes nothing.
  require(uncased.encode(bytes, 256) == uncased.encode(spotisearch::to_valid_utf8(bytes), 256));

  const std::string matching = spotisearch::normalise_for_matching(bytes);
  require(spotisearch::is_valid_utf8(matching));
  for (const std::string_view word : spotisearch::words(matching)) require(!word.empty());
  return 0;
}

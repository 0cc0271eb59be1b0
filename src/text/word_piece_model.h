// What a WordPiece tokenizer knows, prepared for the hot loop. Internal to src/text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/bert_characters.h"
#include "text/vocabulary.h"
#include "text/word_piece_options.h"

namespace spotisearch {

/// Immutable once built; safe to read from many threads.
class WordPieceModel {
 public:
  struct SpecialToken {
    std::string text;
    std::int32_t id = 0;
  };

  /// Fails with kInvalidArgument when a special token is missing from the vocabulary.
  static Result<WordPieceModel> make(Vocabulary vocabulary, WordPieceOptions options);

  /// The longest special token that `text` begins with; nullptr for none.
  const SpecialToken* special_at(std::string_view text) const;

  Vocabulary vocabulary;
  WordPieceOptions options;
  bool strip_accents = true;
  std::int32_t unknown_id = 0;
  std::int32_t start_id = 0;
  std::int32_t end_id = 0;
  std::int32_t padding_id = 0;
  std::array<CharacterKind, 128> ascii_kinds{};
  std::array<char, 128> ascii_lower{};        // The character itself where case counts.
  std::array<bool, 256> may_start_special{};  // By first byte.

 private:
  WordPieceModel(Vocabulary words, WordPieceOptions setup);
  Status add_special_tokens();

  std::vector<SpecialToken> special_tokens_;  // Longest first.
};

}  // namespace spotisearch

// How a BERT tokenizer is set up: what its model folder says, or what a test wants.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace spotisearch {

/// The defaults are those of bert-base-uncased.
struct WordPieceOptions {
  /// Compare words without regard to case. Off for cased models only.
  bool lower_case = true;
  /// Drop accents; absent means: where `lower_case` does.
  std::optional<bool> strip_accents;
  /// Make every Chinese character a word of its own.
  bool separate_ideographs = true;
  /// Words of more code points than this become `unknown_token`.
  std::size_t max_word_characters = 100;
  /// Written before a piece that continues a word.
  std::string continuation_prefix = "##";
  /// The five special tokens. Each must be in the vocabulary, but for the mask.
  std::string unknown_token = "[UNK]";
  std::string start_token = "[CLS]";
  std::string end_token = "[SEP]";
  std::string padding_token = "[PAD]";
  std::string mask_token = "[MASK]";
  /// Further tokens that, written in a text, stand for themselves as the special ones do.
  std::vector<std::string> added_tokens;
};

}  // namespace spotisearch

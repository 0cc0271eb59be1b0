// Text to the token ids of a BERT-family model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/word_piece_options.h"

namespace spotisearch {

class WordPieceModel;

/// Gives the same ids as the fast BertTokenizer of Hugging Face, for every text.
///
/// Special tokens written out in a text ("[SEP]", exactly so) become their ids, as there. Bytes
/// that are not UTF-8 count as U+FFFD, which BERT drops: "Beyonc\xE9 live" reads "Beyonc live".
/// Immutable: all methods may be called from any number of threads. Copies share the vocabulary.
class WordPieceTokenizer {
 public:
  /// Reads vocab.txt, else the vocabulary in tokenizer.json, and the settings in
  /// tokenizer_config.json, else those in tokenizer.json, else bert-base-uncased's. Fails with
  /// kNotFound where the folder holds no vocabulary, kCorrupt where a file is malformed, and
  /// kInvalidArgument where the folder asks for another kind of tokenizer.
  static Result<WordPieceTokenizer> open(const std::filesystem::path& model_folder);

  /// Token i of `tokens` has the id i. Fails with kInvalidArgument when a special token is missing.
  static Result<WordPieceTokenizer> from_vocabulary(std::span<const std::string> tokens,
                                                    WordPieceOptions options = {});

  /// Ids of the start token, the text and the end token, at most `max_tokens` together: what
  /// doesn't fit is cut from the end of the text. An empty text gives the two alone.
  /// REQUIRES: max_tokens >= 2.
  std::vector<std::int32_t> encode(std::string_view text, std::size_t max_tokens) const;

  /// Number of token ids.
  std::size_t size() const;

  std::int32_t padding_id() const;

  /// Differs for tokenizers that encode differently; stable across versions and machines.
  std::uint64_t fingerprint() const;

 private:
  explicit WordPieceTokenizer(WordPieceModel model);

  std::shared_ptr<const WordPieceModel> model_;  // Shared because it is large and immutable.
};

}  // namespace spotisearch

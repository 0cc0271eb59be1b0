// The tokenizer's files of a model folder. Internal to src/text.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "text/vocabulary.h"
#include "text/word_piece_options.h"

namespace spotisearch {

struct WordPieceFolder {
  Vocabulary vocabulary;
  WordPieceOptions options;
};

/// See WordPieceTokenizer::open().
Result<WordPieceFolder> read_word_piece_folder(const std::filesystem::path& folder);

}  // namespace spotisearch

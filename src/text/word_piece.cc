#include "text/word_piece.h"

#include <cassert>
#include <utility>

#include "base/hash.h"
#include "text/word_piece_encoding.h"
#include "text/word_piece_folder.h"
#include "text/word_piece_model.h"

namespace spotisearch {

WordPieceTokenizer::WordPieceTokenizer(WordPieceModel model)
    : model_(std::make_shared<const WordPieceModel>(std::move(model))) {}

Result<WordPieceTokenizer> WordPieceTokenizer::open(const std::filesystem::path& model_folder) {
  auto folder = read_word_piece_folder(model_folder);
  if (!folder) return tl::unexpected(std::move(folder).error());
  auto model = WordPieceModel::make(std::move(folder->vocabulary), std::move(folder->options));
  if (!model) return fail(model_folder.string() + ": ", std::move(model).error());
  return WordPieceTokenizer(*std::move(model));
}

Result<WordPieceTokenizer> WordPieceTokenizer::from_vocabulary(std::span<const std::string> tokens,
                                                               WordPieceOptions options) {
  std::size_t bytes = 0;
  for (const std::string& token : tokens) bytes += token.size();
  Vocabulary vocabulary(tokens.size(), bytes);
  for (const std::string& token : tokens) vocabulary.add(token);
  auto model = WordPieceModel::make(std::move(vocabulary), std::move(options));
  if (!model) return tl::unexpected(std::move(model).error());
  return WordPieceTokenizer(*std::move(model));
}

std::vector<std::int32_t> WordPieceTokenizer::encode(std::string_view text,
                                                     std::size_t max_tokens) const {
  assert(max_tokens >= 2);
  std::vector<std::int32_t> ids = WordPieceEncoding(*model_, max_tokens - 2).run(text);
  ids.insert(ids.begin(), model_->start_id);
  ids.push_back(model_->end_id);
  return ids;
}

std::size_t WordPieceTokenizer::size() const { return model_->vocabulary.size(); }

std::int32_t WordPieceTokenizer::padding_id() const { return model_->padding_id; }

std::uint64_t WordPieceTokenizer::fingerprint() const {
  const WordPieceOptions& options = model_->options;
  std::string settings;
  settings += options.lower_case ? 'l' : '-';
  settings += model_->strip_accents ? 's' : '-';
  settings += options.separate_ideographs ? 'i' : '-';
  settings += std::to_string(options.max_word_characters);
  for (const std::string* text :
       {&options.continuation_prefix, &options.unknown_token, &options.start_token,
        &options.end_token, &options.padding_token, &options.mask_token}) {
    settings.append(1, '\0').append(*text);
  }
  for (const std::string& text : options.added_tokens) settings.append(1, '\0').append(text);
  return stable_hash(settings, model_->vocabulary.fingerprint());
}

}  // namespace spotisearch

#include "text/word_piece_model.h"

#include <algorithm>
#include <utility>

namespace spotisearch {

WordPieceModel::WordPieceModel(Vocabulary words, WordPieceOptions setup)
    : vocabulary(std::move(words)),
      options(std::move(setup)),
      strip_accents(options.strip_accents.value_or(options.lower_case)) {
  for (std::size_t c = 0; c < 128; ++c) {
    ascii_kinds[c] = character_kind(static_cast<char32_t>(c));
    const bool capital = c >= 'A' && c <= 'Z';
    ascii_lower[c] = static_cast<char>(options.lower_case && capital ? c + 32 : c);
  }
}

Result<WordPieceModel> WordPieceModel::make(Vocabulary vocabulary, WordPieceOptions options) {
  WordPieceModel model(std::move(vocabulary), std::move(options));
  SPOTISEARCH_TRY(model.add_special_tokens());
  return model;
}

Status WordPieceModel::add_special_tokens() {
  const std::pair<const std::string*, std::int32_t*> required[] = {
      {&options.unknown_token, &unknown_id},
      {&options.start_token, &start_id},
      {&options.end_token, &end_id},
      {&options.padding_token, &padding_id}};
  std::vector<std::string> texts = options.added_tokens;
  texts.push_back(options.mask_token);
  for (const auto& [text, id] : required) {
    const auto found = vocabulary.find(*text);
    if (!found) {
      return fail(ErrorCode::kInvalidArgument,
                  "the vocabulary has no \"" + *text +
                      "\": it does not belong to this tokenizer configuration");
    }
    *id = *found;
    texts.push_back(*text);
  }
  std::sort(texts.begin(), texts.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  for (std::string& text : texts) {
    const auto found = vocabulary.find(text);
    if (text.empty() || !found) continue;
    may_start_special[static_cast<unsigned char>(text[0])] = true;
    special_tokens_.push_back({std::move(text), *found});
  }
  return {};
}

const WordPieceModel::SpecialToken* WordPieceModel::special_at(std::string_view text) const {
  for (const SpecialToken& special : special_tokens_) {
    if (text.substr(0, special.text.size()) == special.text) return &special;
  }
  return nullptr;
}

}  // namespace spotisearch

#include "text/word_piece_folder.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/mapped_file.h"
#include "text/utf8.h"

namespace spotisearch {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxTokens = std::size_t{1} << 24;

Result<Json> read_json(const std::filesystem::path& path) {
  auto bytes = read_file(path, kMaxFileBytes);
  if (!bytes) return tl::unexpected(std::move(bytes).error());
  Json json = Json::parse(*bytes, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return fail(ErrorCode::kCorrupt, path.string() + " is not a JSON object; fetch the model anew");
  }
  return json;
}

// Absent, null and of another type are all "not said".
template <class T>
std::optional<T> value_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  const T* value = found->get_ptr<const T*>();
  return value ? std::optional<T>(*value) : std::nullopt;
}

// A token is written as a string, or as an object with its text under "content".
std::optional<std::string> token_text(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  if (found->is_object()) return value_of<std::string>(*found, "content");
  return value_of<std::string>(object, key);
}

void apply_added_token(const Json& token, WordPieceOptions& options) {
  if (!token.is_object() || value_of<bool>(token, "normalized").value_or(false)) return;
  if (auto text = value_of<std::string>(token, "content")) {
    options.added_tokens.push_back(*std::move(text));
  }
}

void apply_tokenizer_config(const Json& config, WordPieceOptions& options) {
  options.lower_case = value_of<bool>(config, "do_lower_case").value_or(options.lower_case);
  options.strip_accents = value_of<bool>(config, "strip_accents");
  options.separate_ideographs =
      value_of<bool>(config, "tokenize_chinese_chars").value_or(options.separate_ideographs);
  const std::pair<const char*, std::string*> tokens[] = {{"unk_token", &options.unknown_token},
                                                         {"cls_token", &options.start_token},
                                                         {"sep_token", &options.end_token},
                                                         {"pad_token", &options.padding_token},
                                                         {"mask_token", &options.mask_token}};
  for (const auto& [key, target] : tokens) {
    if (auto text = token_text(config, key)) *target = *std::move(text);
  }
  if (const auto added = config.find("added_tokens_decoder"); added != config.end()) {
    for (const Json& token : *added) apply_added_token(token, options);
  }
}

Status apply_normalizer(const Json& normalizer, WordPieceOptions& options) {
  if (value_of<std::string>(normalizer, "type") != "BertNormalizer" ||
      !value_of<bool>(normalizer, "clean_text").value_or(true)) {
    return fail(ErrorCode::kInvalidArgument,
                "tokenizer.json asks for text clean-up other than BERT's; only BERT-family "
                "tokenizers are supported");
  }
  options.lower_case = value_of<bool>(normalizer, "lowercase").value_or(true);
  options.strip_accents = value_of<bool>(normalizer, "strip_accents");
  options.separate_ideographs = value_of<bool>(normalizer, "handle_chinese_chars").value_or(true);
  return {};
}

Status apply_model(const Json& model, WordPieceOptions& options) {
  if (value_of<std::string>(model, "type").value_or("WordPiece") != "WordPiece") {
    return fail(ErrorCode::kInvalidArgument,
                "tokenizer.json holds another model than WordPiece; only BERT-family tokenizers "
                "are supported");
  }
  if (auto text = value_of<std::string>(model, "unk_token")) options.unknown_token = *text;
  if (auto text = value_of<std::string>(model, "continuing_subword_prefix")) {
    options.continuation_prefix = *text;
  }
  options.max_word_characters = static_cast<std::size_t>(
      value_of<Json::number_unsigned_t>(model, "max_input_chars_per_word").value_or(100));
  return {};
}

Vocabulary vocabulary_of_lines(std::string_view lines) {
  const bool open_end = !lines.empty() && lines.back() != '\n';
  const auto count = std::count(lines.begin(), lines.end(), '\n') + (open_end ? 1 : 0);
  Vocabulary vocabulary(static_cast<std::size_t>(count), lines.size());
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view token = lines.substr(0, end);
    if (!token.empty() && token.back() == '\r') token.remove_suffix(1);
    vocabulary.add(token);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return vocabulary;
}

Result<Vocabulary> read_vocabulary_file(const std::filesystem::path& path) {
  auto file = MappedFile::open(path);
  if (!file) return tl::unexpected(std::move(file).error());
  const std::string_view lines(reinterpret_cast<const char*>(file->bytes().data()),
                               file->bytes().size());
  if (lines.size() > kMaxFileBytes || !is_valid_utf8(lines)) {
    return fail(ErrorCode::kCorrupt, path.string() + " is not a list of words in UTF-8");
  }
  return vocabulary_of_lines(lines);
}

Result<Vocabulary> vocabulary_of_json(const Json& model) {
  const auto words = model.find("vocab");
  if (words == model.end() || !words->is_object() || words->size() > kMaxTokens) {
    return fail(ErrorCode::kCorrupt, "tokenizer.json has no vocabulary");
  }
  std::vector<const std::string*> tokens(words->size(), nullptr);
  std::size_t bytes = 0;
  for (auto word = words->begin(); word != words->end(); ++word) {
    const auto* id = word->get_ptr<const Json::number_unsigned_t*>();
    if (id == nullptr || *id >= tokens.size() || tokens[*id] != nullptr) {
      return fail(ErrorCode::kCorrupt, "tokenizer.json: the id of \"" + word.key() +
                                           "\" is missing, out of range or taken");
    }
    tokens[*id] = &word.key();
    bytes += word.key().size();
  }
  Vocabulary vocabulary(tokens.size(), bytes);
  for (const std::string* token : tokens) vocabulary.add(*token);
  return vocabulary;
}

Result<WordPieceFolder> read_with_tokenizer_json(const std::filesystem::path& folder,
                                                 const Json& config, bool settings_known) {
  auto json = read_json(folder / "tokenizer.json");
  if (!json) return tl::unexpected(std::move(json).error());
  const Json model = json->value("model", Json::object());
  const Json normalizer = json->value("normalizer", Json::object());
  WordPieceOptions options;
  if (!settings_known) SPOTISEARCH_TRY(apply_normalizer(normalizer, options));
  SPOTISEARCH_TRY(apply_model(model, options));
  const auto strip_accents = options.strip_accents;
  apply_tokenizer_config(config, options);
  if (!settings_known) options.strip_accents = strip_accents;
  for (const Json& token : json->value("added_tokens", Json::array())) {
    apply_added_token(token, options);
  }
  auto vocabulary = std::filesystem::exists(folder / "vocab.txt")
                        ? read_vocabulary_file(folder / "vocab.txt")
                        : vocabulary_of_json(model);
  if (!vocabulary) return fail(folder.string() + ": ", std::move(vocabulary).error());
  return WordPieceFolder{*std::move(vocabulary), std::move(options)};
}

}  // namespace

Result<WordPieceFolder> read_word_piece_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  const bool has_lines = std::filesystem::exists(folder / "vocab.txt", ignored);
  const bool has_json = std::filesystem::exists(folder / "tokenizer.json", ignored);
  if (!has_lines && !has_json) {
    return fail(ErrorCode::kNotFound, folder.string() +
                                          " has neither vocab.txt nor tokenizer.json: it is not "
                                          "the folder of a BERT-family model");
  }
  Json config = Json::object();
  if (std::filesystem::exists(folder / "tokenizer_config.json", ignored)) {
    auto read = read_json(folder / "tokenizer_config.json");
    if (!read) return tl::unexpected(std::move(read).error());
    config = *std::move(read);
  }
  const bool settings_known = config.contains("do_lower_case");
  // tokenizer.json is large: with both of the others at hand it is not opened.
  if (has_json && !(has_lines && settings_known)) {
    auto read = read_with_tokenizer_json(folder, config, settings_known);
    if (!read) return fail(folder.string() + ": ", std::move(read).error());
    return read;
  }
  auto vocabulary = read_vocabulary_file(folder / "vocab.txt");
  if (!vocabulary) return tl::unexpected(std::move(vocabulary).error());
  WordPieceOptions options;
  apply_tokenizer_config(config, options);
  return WordPieceFolder{*std::move(vocabulary), std::move(options)};
}

}  // namespace spotisearch

#include "encoder/model_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/mapped_file.h"

namespace spotisearch {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 20;

Result<Json> read_json(const fs::path& path) {
  auto text = read_file(path, kMaxConfigBytes);
  if (!text) return tl::unexpected<Error>(std::move(text).error());
  Json json = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return fail(ErrorCode::kCorrupt, path.string() + " is not JSON");
  return json;
}

/// One JSON object with the checks that its fields need; the first failure is kept.
class Fields {
 public:
  Fields(fs::path path, const Json& json) : path_(std::move(path)), json_(json) {
    if (!json.is_object()) reject(ErrorCode::kCorrupt, "is not a JSON object");
  }

  std::size_t size(const char* key, std::size_t most) {
    const auto found = find(key);
    if (found == nullptr || !found->is_number_unsigned() || found->get<std::size_t>() == 0 ||
        found->get<std::size_t>() > most) {
      reject(ErrorCode::kCorrupt,
             fmt::format("needs {} as a whole number from 1 to {}", key, most));
      return 1;
    }
    return found->get<std::size_t>();
  }

  /// Refuses the model unless `key` is absent or is `supported`.
  void require(const char* key, const Json& supported) {
    const auto found = find(key);
    if (found != nullptr && !found->is_null() && *found != supported) {
      reject(ErrorCode::kInvalidArgument, fmt::format("has {} = {}; this encoder supports {}", key,
                                                      found->dump(), supported.dump()));
    }
  }

  bool flag(const char* key) {
    const auto found = find(key);
    return found != nullptr && found->is_boolean() && found->get<bool>();
  }

  float number(const char* key, float otherwise) {
    const auto found = find(key);
    return found != nullptr && found->is_number() ? found->get<float>() : otherwise;
  }

  void reject(ErrorCode code, const std::string& what) {
    if (status_) status_ = fail(code, path_.string() + " " + what);
  }

  const Status& status() const { return status_; }

 private:
  const Json* find(const char* key) const {
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  fs::path path_;
  const Json& json_;
  Status status_;
};

Status read_architecture(const fs::path& folder, ModelConfig& config) {
  const fs::path path = folder / "config.json";
  const auto json = read_json(path);
  if (!json) return tl::unexpected<Error>(json.error());
  Fields fields(path, *json);
  SPOTISEARCH_TRY(fields.status());
  fields.require("model_type", "bert");
  fields.require("hidden_act", "gelu");
  fields.require("position_embedding_type", "absolute");
  fields.require("is_decoder", false);
  config.hidden_size = fields.size("hidden_size", 8192);
  config.layers = fields.size("num_hidden_layers", 128);
  config.heads = fields.size("num_attention_heads", 256);
  config.intermediate_size = fields.size("intermediate_size", 65536);
  config.vocabulary_size = fields.size("vocab_size", 10'000'000);
  config.max_positions = fields.size("max_position_embeddings", 8192);
  config.layer_norm_epsilon = fields.number("layer_norm_eps", 1e-12f);
  SPOTISEARCH_TRY(fields.status());
  if (config.hidden_size % config.heads != 0 || config.hidden_size / config.heads % 32 != 0) {
    fields.reject(ErrorCode::kInvalidArgument,
                  "has a hidden_size per num_attention_heads that is no multiple of 32, which "
                  "this encoder needs");
  }
  if (config.max_positions < 2) {
    fields.reject(ErrorCode::kCorrupt, "needs a max_position_embeddings of 2 or more");
  }
  if (config.intermediate_size % 32 != 0) {
    fields.reject(ErrorCode::kInvalidArgument,
                  "has an intermediate_size that is no multiple of 32, which this encoder needs");
  }
  config.max_tokens = config.max_positions;
  return fields.status();
}

Status read_pooling(const fs::path& folder, ModelConfig& config) {
  const fs::path path = folder / "config.json";
  const auto json = read_json(path);
  if (!json) return tl::unexpected<Error>(json.error());
  Fields fields(path, *json);
  SPOTISEARCH_TRY(fields.status());
  int chosen = 0;
  const auto choose = [&](const char* key, Pooling pooling) {
    if (!fields.flag(key)) return;
    config.pooling = pooling;
    ++chosen;
  };
  choose("pooling_mode_mean_tokens", Pooling::kMean);
  choose("pooling_mode_cls_token", Pooling::kCls);
  choose("pooling_mode_max_tokens", Pooling::kMax);
  for (const auto& [key, value] : json->items()) {
    if (!key.starts_with("pooling_mode_") || value != true) continue;
    if (key != "pooling_mode_mean_tokens" && key != "pooling_mode_cls_token" &&
        key != "pooling_mode_max_tokens") {
      fields.reject(ErrorCode::kInvalidArgument,
                    "asks for " + key + "; this encoder pools by mean, cls or max tokens");
    }
  }
  if (chosen != 1) {
    fields.reject(ErrorCode::kInvalidArgument,
                  "must set exactly one of pooling_mode_mean_tokens, pooling_mode_cls_token and "
                  "pooling_mode_max_tokens");
  }
  return fields.status();
}

Status read_modules(const fs::path& folder, ModelConfig& config) {
  const fs::path path = folder / "modules.json";
  if (!fs::exists(path)) return {};  // A plain BERT folder: the mean of the tokens.
  const auto json = read_json(path);
  if (!json) return tl::unexpected<Error>(json.error());
  if (!json->is_array()) return fail(ErrorCode::kCorrupt, path.string() + " is not a list");
  for (const Json& module : *json) {
    if (!module.is_object() || !module.contains("type") || !module["type"].is_string() ||
        !module.contains("path") || !module["path"].is_string()) {
      return fail(ErrorCode::kCorrupt, path.string() + " has an entry without type and path");
    }
    const std::string type = module["type"].get<std::string>();
    const std::string name = type.substr(type.rfind('.') + 1);
    if (name == "Pooling") {
      SPOTISEARCH_TRY(read_pooling(folder / module["path"].get<std::string>(), config));
    } else if (name != "Transformer" && name != "Normalize") {
      return fail(ErrorCode::kInvalidArgument,
                  path.string() + " has a module of type " + type +
                      "; this encoder supports Transformer, Pooling and Normalize");
    }
  }
  return {};
}

Status read_limits(const fs::path& folder, ModelConfig& config) {
  const fs::path path = folder / "sentence_bert_config.json";
  if (!fs::exists(path)) return {};
  const auto json = read_json(path);
  if (!json) return tl::unexpected<Error>(json.error());
  if (!json->is_object() || !json->contains("max_seq_length") ||
      (*json)["max_seq_length"].is_null()) {
    return {};
  }
  Fields fields(path, *json);
  config.max_tokens = std::min(config.max_positions, fields.size("max_seq_length", 1'000'000));
  if (config.max_tokens < 2) {
    fields.reject(ErrorCode::kCorrupt, "needs a max_seq_length of 2 or more");
  }
  return fields.status();
}

}  // namespace

Result<ModelConfig> read_model_config(const fs::path& model_folder) {
  ModelConfig config;
  SPOTISEARCH_TRY(read_architecture(model_folder, config));
  SPOTISEARCH_TRY(read_modules(model_folder, config));
  SPOTISEARCH_TRY(read_limits(model_folder, config));
  return config;
}

}  // namespace spotisearch

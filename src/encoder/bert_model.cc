#include "encoder/bert_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "base/hash.h"

namespace spotisearch {
namespace {

/// Hashes every tensor's name, type and shape and a few evenly spaced pieces of its bytes: enough
/// to tell trained models apart without reading all of a large file at every start.
std::uint64_t sample_hash(const SafetensorsFile& file) {
  constexpr std::size_t kPieces = 16;
  constexpr std::size_t kPieceBytes = 32;
  std::uint64_t hash = stable_hash("weights");
  for (const auto& [name, tensor] : file.tensors()) {
    hash = stable_hash(name, hash);
    hash = stable_hash(tensor.dtype, hash);
    for (const std::size_t size : tensor.shape) hash = stable_hash(std::to_string(size), hash);
    const auto* bytes = reinterpret_cast<const char*>(tensor.bytes.data());
    const std::size_t size = tensor.bytes.size();
    if (size <= kPieces * kPieceBytes) {
      if (size != 0) hash = stable_hash({bytes, size}, hash);
      continue;
    }
    const std::size_t step = (size - kPieceBytes) / (kPieces - 1);
    for (std::size_t i = 0; i < kPieces; ++i) {
      hash = stable_hash({bytes + i * step, kPieceBytes}, hash);
    }
  }
  return hash;
}

}  // namespace

Result<std::unique_ptr<BertModel>> BertModel::open(const std::filesystem::path& model_folder,
                                                   Precision precision,
                                                   WorkTeam::Session& session) {
  const auto config = read_model_config(model_folder);
  if (!config) return tl::unexpected<Error>(config.error());
  const auto path = model_folder / "model.safetensors";
  auto file = SafetensorsFile::open(path);
  if (!file) return tl::unexpected<Error>(std::move(file).error());
  std::unique_ptr<BertModel> model(new BertModel(*config, std::move(*file)));
  const Status loaded = model->load(precision);
  if (!loaded) return fail(path.string() + ": ", loaded.error());
  model->pack(session);
  return model;
}

Result<const Tensor*> BertModel::tensor(const std::string& name,
                                        std::vector<std::size_t> shape) const {
  const Tensor* found = file_.find(prefix_ + name);
  if (found == nullptr) return fail(ErrorCode::kCorrupt, "there is no tensor " + prefix_ + name);
  if (found->shape != shape) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("tensor {} has the shape [{}], config.json asks for [{}]",
                            prefix_ + name, fmt::join(found->shape, ", "), fmt::join(shape, ", ")));
  }
  if (!found->holds_floats()) {
    return fail(ErrorCode::kInvalidArgument, "tensor " + prefix_ + name + " holds " + found->dtype +
                                                 "; this encoder reads F32, F16 and BF16");
  }
  return found;
}

Result<Linear::Part> BertModel::part(const std::string& name, std::size_t columns,
                                     std::size_t depth) const {
  const auto weight = tensor(name + ".weight", {columns, depth});
  if (!weight) return tl::unexpected<Error>(weight.error());
  const auto bias = tensor(name + ".bias", {columns});
  if (!bias) return tl::unexpected<Error>(bias.error());
  return Linear::Part{*weight, *bias};
}

Result<BertModel::Norm> BertModel::norm(const std::string& name) const {
  // Files converted from old checkpoints say gamma and beta.
  const bool old = file_.find(prefix_ + name + ".gamma") != nullptr;
  const auto gamma = tensor(name + (old ? ".gamma" : ".weight"), {config_.hidden_size});
  if (!gamma) return tl::unexpected<Error>(gamma.error());
  const auto beta = tensor(name + (old ? ".beta" : ".bias"), {config_.hidden_size});
  if (!beta) return tl::unexpected<Error>(beta.error());
  return Norm{(*gamma)->to_floats().value(), (*beta)->to_floats().value()};
}

Status BertModel::load(Precision precision) {
  if (file_.find("bert.embeddings.word_embeddings.weight") != nullptr) prefix_ = "bert.";
  const std::size_t hidden = config_.hidden_size;
  const auto words = tensor("embeddings.word_embeddings.weight", {config_.vocabulary_size, hidden});
  if (!words) return tl::unexpected<Error>(words.error());
  word_embeddings_ = *words;
  const auto positions =
      tensor("embeddings.position_embeddings.weight", {config_.max_positions, hidden});
  if (!positions) return tl::unexpected<Error>(positions.error());
  positions_ = (*positions)->to_floats().value();
  const Tensor* types = file_.find(prefix_ + "embeddings.token_type_embeddings.weight");
  if (types != nullptr && types->holds_floats() && types->elements() >= hidden) {
    std::vector<float> type(hidden);
    types->copy_floats(0, type);
    for (std::size_t i = 0; i < positions_.size(); ++i) positions_[i] += type[i % hidden];
  }
  auto embedding_norm = norm("embeddings.LayerNorm");
  if (!embedding_norm) return tl::unexpected<Error>(std::move(embedding_norm).error());
  embedding_norm_ = std::move(*embedding_norm);
  layers_.reserve(config_.layers);
  for (std::size_t i = 0; i < config_.layers; ++i) {
    SPOTISEARCH_TRY(load_layer(fmt::format("encoder.layer.{}.", i), precision));
  }
  fingerprint_ = sample_hash(file_);
  return {};
}

Status BertModel::load_layer(const std::string& prefix, Precision precision) {
  const std::size_t hidden = config_.hidden_size;
  const std::size_t inner = config_.intermediate_size;
  Status status;
  const auto take = [&](auto result) {
    if (!result && status) status = tl::unexpected<Error>(result.error());
    return result ? std::move(*result) : typename decltype(result)::value_type{};
  };
  auto query = take(part(prefix + "attention.self.query", hidden, hidden));
  query.factor = 1.0f / std::sqrt(static_cast<float>(hidden / config_.heads));
  const auto key = take(part(prefix + "attention.self.key", hidden, hidden));
  const auto value = take(part(prefix + "attention.self.value", hidden, hidden));
  const auto projection = take(part(prefix + "attention.output.dense", hidden, hidden));
  const auto up = take(part(prefix + "intermediate.dense", inner, hidden));
  const auto down = take(part(prefix + "output.dense", hidden, inner));
  auto attention_norm = take(norm(prefix + "attention.output.LayerNorm"));
  auto output_norm = take(norm(prefix + "output.LayerNorm"));
  SPOTISEARCH_TRY(status);
  layers_.push_back(Layer{Linear(precision, {query, key, value}), Linear(precision, {projection}),
                          std::move(attention_norm), Linear(precision, {up}),
                          Linear(precision, {down}), std::move(output_norm)});
  return {};
}

void BertModel::pack(WorkTeam::Session& session) {
  for (Layer& layer : layers_) {
    for (Linear* linear :
         {&layer.qkv, &layer.attention_output, &layer.intermediate, &layer.output}) {
      session.run(linear->panels(), [linear](std::size_t panel) { linear->pack(panel); });
    }
  }
}

}  // namespace spotisearch

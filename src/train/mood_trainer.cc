#include "train/mood_trainer.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <thread>
#include <unordered_map>

#include "base/hash.h"
#include "vectors/dot.h"
#include "vectors/safetensors.h"

namespace spotisearch {
namespace {

constexpr auto kFeatures = static_cast<std::int64_t>(kFeatureCount);

struct HeadImpl : torch::nn::Module {
  HeadImpl(std::int64_t input, std::int64_t width, double dropout)
      : hidden(register_module("hidden", torch::nn::Linear(input, width))),
        mean(register_module("mean", torch::nn::Linear(width, kFeatures))),
        log_variance(register_module("log_variance", torch::nn::Linear(width, kFeatures))),
        drop(register_module("drop", torch::nn::Dropout(dropout))) {}

  /// x: [batch x input] to means and log variances, each [batch x 12].
  std::pair<torch::Tensor, torch::Tensor> forward(const torch::Tensor& x) {
    const auto h = drop(torch::gelu(hidden(x)));
    return {mean(h), log_variance(h).clamp(-5.0, 3.0)};
  }

  torch::nn::Linear hidden, mean, log_variance;
  torch::nn::Dropout drop;
};
TORCH_MODULE(Head);

/// Pairs as tensors; `vector` is the row of each pair's text in the encoded texts.
struct Batch {
  torch::Tensor vector;  ///< [n] rows
  torch::Tensor mean;    ///< [n x 12], 0 where nothing is said
  torch::Tensor spread;  ///< [n x 12]
  torch::Tensor known;   ///< [n x 12], 1 where something is said
  torch::Tensor weight;  ///< [n]
  torch::Tensor is_query;

  Batch rows(const torch::Tensor& index) const {
    return {vector.index_select(0, index), mean.index_select(0, index),
            spread.index_select(0, index), known.index_select(0, index),
            weight.index_select(0, index), is_query.index_select(0, index)};
  }
  std::int64_t size() const { return vector.size(0); }
};

/// Weighted mean negative log likelihood.
torch::Tensor loss_of(const Batch& batch, const torch::Tensor& mean, const torch::Tensor& log_v) {
  const auto distance = (mean - batch.mean).square() + batch.spread.square();
  const auto each = 0.5 * (log_v + distance * torch::exp(-log_v)) * batch.known;
  const auto per_pair = each.sum(1) / batch.known.sum(1).clamp_min(1);
  return (per_pair * batch.weight).sum() / batch.weight.sum();
}

/// Texts without repetitions.
class TextSet {
 public:
  std::size_t add(std::string_view text) {
    const auto [entry, fresh] = rows_.try_emplace(std::string(text), texts_.size());
    if (fresh) texts_.push_back(entry->first);
    return entry->second;
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::unordered_map<std::string, std::size_t> rows_;
  std::vector<std::string> texts_;
};

/// The vectors of the pairs, [different texts x dimension]; `row_of_pair` says which is whose.
Result<torch::Tensor> encode(std::span<const MoodPair> pairs, const TextEncoder& encoder,
                             std::vector<std::int64_t>& row_of_pair) {
  TextSet texts;
  std::vector<std::vector<std::pair<std::size_t, float>>> sums;
  for (const MoodPair& pair : pairs) {
    auto& sum = sums.emplace_back();
    if (pair.composed.empty()) sum.emplace_back(texts.add(pair.text), 1.0F);
    for (const WeightedText& text : pair.composed)
      sum.emplace_back(texts.add(text.text), text.weight);
  }
  const std::size_t dimension = encoder.dimension();
  std::vector<float> encoded(texts.texts().size() * dimension);
  auto status = encoder.encode(texts.texts(), encoded);
  if (!status) return tl::unexpected(std::move(status).error());

  std::map<std::vector<std::pair<std::size_t, float>>, std::int64_t> row_of_sum;
  for (auto& sum : sums) {
    row_of_pair.push_back(
        row_of_sum.try_emplace(sum, static_cast<std::int64_t>(row_of_sum.size())).first->second);
  }
  auto vectors = torch::zeros(
      {static_cast<std::int64_t>(row_of_sum.size()), static_cast<std::int64_t>(dimension)});
  for (const auto& [sum, row] : row_of_sum) {
    const std::span<float> out(
        vectors.data_ptr<float>() + static_cast<std::size_t>(row) * dimension, dimension);
    for (const auto& [text, weight] : sum) {
      for (std::size_t i = 0; i < dimension; ++i) out[i] += weight * encoded[text * dimension + i];
    }
    normalise(out);
  }
  return vectors;
}

Batch to_tensors(std::span<const MoodPair> pairs, const std::vector<std::int64_t>& row_of_pair,
                 double query_share) {
  const auto n = static_cast<std::int64_t>(pairs.size());
  Batch batch{torch::tensor(row_of_pair),
              torch::zeros({n, kFeatures}),
              torch::zeros({n, kFeatures}),
              torch::zeros({n, kFeatures}),
              torch::ones({n}),
              torch::zeros({n}, torch::kBool)};
  const auto queries = std::ranges::count_if(pairs, &MoodPair::is_query);
  const double query_weight = queries == 0 ? 1.0
                                           : query_share / (1.0 - query_share) *
                                                 static_cast<double>(n - queries) /
                                                 static_cast<double>(queries);
  auto mean = batch.mean.accessor<float, 2>();
  auto spread = batch.spread.accessor<float, 2>();
  auto known = batch.known.accessor<float, 2>();
  auto weight = batch.weight.accessor<float, 1>();
  auto is_query = batch.is_query.accessor<bool, 1>();
  for (std::int64_t i = 0; i < n; ++i) {
    const MoodPair& pair = pairs[static_cast<std::size_t>(i)];
    for (std::int64_t f = 0; f < kFeatures; ++f) {
      const auto feature = static_cast<std::size_t>(f);
      if (std::isnan(pair.mean[feature])) continue;
      mean[i][f] = pair.mean[feature];
      spread[i][f] = pair.spread[feature];
      known[i][f] = 1.0F;
    }
    is_query[i] = pair.is_query;
    if (pair.is_query) weight[i] = static_cast<float>(std::max(query_weight, 1.0));
  }
  return batch;
}

/// Rows of the pairs that are trained on, and of those that are not, by a hash of their text.
std::pair<torch::Tensor, torch::Tensor> split(std::span<const MoodPair> pairs, double held_out) {
  std::vector<std::int64_t> train, test;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double at = static_cast<double>(stable_hash(pairs[i].text) >> 11) * 0x1.0p-53;
    (at < held_out ? test : train).push_back(static_cast<std::int64_t>(i));
  }
  return {torch::tensor(train, torch::kLong), torch::tensor(test, torch::kLong)};
}

struct Validation {
  double song_mse = 0, query_mse = 0, query_loss = 0, within = 0;
  double loss = 0;  ///< of the held-out queries, or of the songs' texts where there are none
};

Validation validate(Head& head, const torch::Tensor& vectors, const Batch& held_out) {
  const torch::NoGradGuard no_gradients;
  head->eval();
  Validation result;
  for (const bool queries : {false, true}) {
    const auto chosen = (held_out.is_query == queries).nonzero().squeeze(1);
    if (chosen.size(0) == 0) continue;
    const Batch batch = held_out.rows(chosen);
    const auto [mean, log_v] = head->forward(vectors.index_select(0, batch.vector));
    const auto known = batch.known.sum();
    const auto squared = ((mean - batch.mean).square() * batch.known).sum() / known;
    result.loss = loss_of(batch, mean, log_v).item<double>();
    if (!queries) {
      result.song_mse = squared.item<double>();
      continue;
    }
    result.query_mse = squared.item<double>();
    result.query_loss = result.loss;
    const auto inside = ((mean - batch.mean).abs() <= torch::exp(0.5 * log_v)).to(torch::kFloat);
    result.within = ((inside * batch.known).sum() / known).item<double>();
  }
  return result;
}

Status save(const Head& head, const FeatureScaler& scaler, const std::filesystem::path& folder,
            const std::map<std::string, std::string>& metadata) {
  std::vector<torch::Tensor> values;
  std::vector<TensorToWrite> tensors;
  for (const auto& parameter : head->named_parameters()) {
    values.push_back(parameter.value().detach().to(torch::kFloat).contiguous());
    const torch::Tensor& value = values.back();
    tensors.push_back({parameter.key(),
                       {value.sizes().begin(), value.sizes().end()},
                       {value.data_ptr<float>(), static_cast<std::size_t>(value.numel())}});
  }
  SPOTISEARCH_TRY(write_safetensors(folder / "mood_head.safetensors", tensors, metadata));
  return scaler.save(folder / "feature_scaler.json");
}

void train_epoch(Head& head, torch::optim::Optimizer& optimizer, const torch::Tensor& vectors,
                 const Batch& train, std::int64_t batch_size) {
  head->train();
  const auto order = torch::randperm(train.size());
  for (std::int64_t first = 0; first < train.size(); first += batch_size) {
    const Batch batch =
        train.rows(order.slice(0, first, std::min(first + batch_size, train.size())));
    const auto [mean, log_v] = head->forward(vectors.index_select(0, batch.vector));
    optimizer.zero_grad();
    loss_of(batch, mean, log_v).backward();
    optimizer.step();
  }
}

Result<MoodTrainingReport> train(std::span<const MoodPair> pairs, const TextEncoder& encoder,
                                 const FeatureScaler& scaler, const std::filesystem::path& folder,
                                 const MoodTrainingOptions& options) {
  torch::manual_seed(options.seed);
  torch::set_num_threads(options.threads > 0
                             ? options.threads
                             : static_cast<int>(std::thread::hardware_concurrency()));
  std::vector<std::int64_t> row_of_pair;
  auto vectors = encode(pairs, encoder, row_of_pair);
  SPOTISEARCH_TRY(vectors);
  const Batch all = to_tensors(pairs, row_of_pair, options.query_share);
  const auto [train_rows, test_rows] = split(pairs, options.held_out);
  const Batch train = all.rows(train_rows);
  const Batch test = all.rows(test_rows);

  Head head(static_cast<std::int64_t>(encoder.dimension()),
            static_cast<std::int64_t>(options.hidden), options.dropout);
  torch::optim::AdamW optimizer(
      head->parameters(),
      torch::optim::AdamWOptions(options.learning_rate).weight_decay(options.weight_decay));
  MoodTrainingReport report;
  report.pairs = pairs.size();
  report.queries = static_cast<std::size_t>(std::ranges::count_if(pairs, &MoodPair::is_query));
  double best = std::numeric_limits<double>::infinity();
  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    const double rate = options.learning_rate * 0.5 *
                        (1 + std::cos(std::numbers::pi * (epoch - 1) / options.epochs));
    for (auto& group : optimizer.param_groups()) {
      static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
    }
    train_epoch(head, optimizer, *vectors, train, static_cast<std::int64_t>(options.batch));
    const Validation validation = validate(head, *vectors, test);
    if (options.progress) {
      std::string line = fmt::format("epoch {}/{}: held-out songs: mse {:.4f}", epoch,
                                     options.epochs, validation.song_mse);
      if (report.queries > 0) {
        line +=
            fmt::format("; held-out queries: loss {:.4f}, mse {:.4f}, {:.0f}% within one spread",
                        validation.query_loss, validation.query_mse, 100 * validation.within);
      }
      options.progress(line);
    }
    // Where nothing was held out, the last epoch is as good a guess as any.
    if (test.size() > 0 && validation.loss >= best) continue;
    best = validation.loss;
    report.best_epoch = epoch;
    report.song_mse = validation.song_mse;
    report.query_mse = validation.query_mse;
    report.query_within = validation.within;
    SPOTISEARCH_TRY(save(head, scaler, folder,
                         {{"encoder", encoder.fingerprint()},
                          {"seed", std::to_string(options.seed)},
                          {"epoch", std::to_string(epoch)}}));
  }
  return report;
}

}  // namespace

Result<MoodTrainingReport> train_mood_head(std::span<const MoodPair> pairs,
                                           const TextEncoder& encoder, const FeatureScaler& scaler,
                                           const std::filesystem::path& folder,
                                           const MoodTrainingOptions& options) {
  if (pairs.empty()) return fail(ErrorCode::kInvalidArgument, "there is nothing to train on");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorCode::kIo, "cannot create " + folder.string());
  try {
    return train(pairs, encoder, scaler, folder, options);
  } catch (const std::exception& failure) {  // libtorch reports by exceptions
    return fail(ErrorCode::kInternal, std::string("training failed: ") + failure.what());
  }
}

}  // namespace spotisearch

#include "mood/mood_head.h"

#include <cassert>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "vectors/checksum.h"
#include "vectors/dot.h"
#include "vectors/safetensors.h"

namespace spotisearch {
namespace {

/// y = W x + b, W [rows x columns] row-major.
struct Linear {
  std::size_t columns = 0;
  std::vector<float> weight;
  std::vector<float> bias;

  std::vector<float> operator()(std::span<const float> x) const {
    std::vector<float> y = bias;
    for (std::size_t row = 0; row < y.size(); ++row) {
      y[row] += dot(std::span(weight).subspan(row * columns, columns), x);
    }
    return y;
  }
};

Result<Linear> linear(const SafetensorsFile& file, const std::string& name) {
  const Tensor* weight = file.find(name + ".weight");
  const Tensor* bias = file.find(name + ".bias");
  if (weight == nullptr || bias == nullptr)
    return fail(ErrorCode::kCorrupt, "no tensors " + name + ".weight and .bias");
  if (weight->shape.size() != 2 || bias->shape.size() != 1 || weight->shape[0] != bias->shape[0]) {
    return fail(ErrorCode::kCorrupt, name + " has weights and biases of unlike shapes");
  }
  auto weight_values = weight->to_floats();
  if (!weight_values) return fail(name + ": ", std::move(weight_values).error());
  auto bias_values = bias->to_floats();
  if (!bias_values) return fail(name + ": ", std::move(bias_values).error());
  return Linear{weight->shape[1], std::move(*weight_values), std::move(*bias_values)};
}

float gelu(float x) { return 0.5F * x * (1.0F + std::erf(x * 0.70710678F)); }

}  // namespace

struct MoodHead::Impl {
  FeatureScaler scaler;
  Linear hidden, mean, log_variance;
};

MoodHead::MoodHead(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MoodHead::MoodHead(MoodHead&&) noexcept = default;
MoodHead& MoodHead::operator=(MoodHead&&) noexcept = default;
MoodHead::~MoodHead() = default;

Result<MoodHead> MoodHead::open(const std::filesystem::path& folder) {
  const auto path = folder / "mood_head.safetensors";
  auto scaler = FeatureScaler::open(folder / "feature_scaler.json");
  if (!scaler) return tl::unexpected(std::move(scaler).error());
  auto file = SafetensorsFile::open(path);
  if (!file) return tl::unexpected(std::move(file).error());
  auto impl = std::make_unique<Impl>(Impl{*scaler, {}, {}, {}});
  for (const auto& [layer, name] :
       {std::pair{&impl->hidden, "hidden"}, std::pair{&impl->mean, "mean"},
        std::pair{&impl->log_variance, "log_variance"}}) {
    auto loaded = linear(*file, name);
    if (!loaded) return fail(path.string() + ": ", std::move(loaded).error());
    *layer = std::move(*loaded);
  }
  for (const Linear* output : {&impl->mean, &impl->log_variance}) {
    if (output->bias.size() != kFeatureCount || output->columns != impl->hidden.bias.size()) {
      return fail(ErrorCode::kCorrupt, path.string() + ": the outputs must be [12 x hidden]");
    }
  }
  return MoodHead(std::move(impl));
}

std::size_t MoodHead::input_dimension() const { return impl_->hidden.columns; }

const FeatureScaler& MoodHead::scaler() const { return impl_->scaler; }

std::string MoodHead::fingerprint() const {
  std::uint64_t sum = stable_hash(impl_->scaler.fingerprint());
  for (const Linear* layer : {&impl_->hidden, &impl_->mean, &impl_->log_variance}) {
    for (const auto* values : {&layer->weight, &layer->bias}) {
      sum = stable_hash(to_hex(checksum(std::as_bytes(std::span(*values)))), sum);
    }
  }
  return to_hex(sum);
}

MoodPrediction MoodHead::predict(std::span<const float> query_vector) const {
  assert(query_vector.size() == input_dimension());
  std::vector<float> hidden = impl_->hidden(query_vector);
  for (float& value : hidden) value = gelu(value);
  const std::vector<float> mean = impl_->mean(hidden);
  const std::vector<float> log_variance = impl_->log_variance(hidden);
  MoodPrediction prediction;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    prediction.mean[i] = mean[i];
    prediction.spread[i] = std::exp(0.5F * log_variance[i]);
  }
  return prediction;
}

}  // namespace spotisearch

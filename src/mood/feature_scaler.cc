#include "mood/feature_scaler.h"

#include <cassert>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/mapped_file.h"

namespace spotisearch {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxBytes = 1 << 20;

/// The twelve finite numbers under `key`.
Result<std::array<double, kFeatureCount>> numbers(const json& document, const char* key) {
  std::array<double, kFeatureCount> values{};
  const auto found = document.find(key);
  if (found == document.end() || !found->is_array() || found->size() != kFeatureCount) {
    return fail(ErrorCode::kCorrupt, std::string("\"") + key + "\" must be a list of 12 numbers");
  }
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (!(*found)[i].is_number() || !std::isfinite((*found)[i].get<double>())) {
      return fail(ErrorCode::kCorrupt, std::string("\"") + key + "\" holds something not a number");
    }
    values[i] = (*found)[i].get<double>();
  }
  return values;
}

Result<FeatureScaler> parse(const std::string& text) {
  const json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) return fail(ErrorCode::kCorrupt, "not a JSON object");
  const auto names = document.find("features");
  if (names == document.end() || *names != json(kFeatureNames)) {
    return fail(ErrorCode::kCorrupt, "\"features\" does not list the 12 features in their order");
  }
  auto mean = numbers(document, "mean");
  if (!mean) return tl::unexpected(mean.error());
  auto deviation = numbers(document, "deviation");
  if (!deviation) return tl::unexpected(deviation.error());
  for (const double value : *deviation) {
    if (value <= 0) return fail(ErrorCode::kCorrupt, "every \"deviation\" must be above zero");
  }
  return FeatureScaler(*mean, *deviation);
}

}  // namespace

FeatureScaler::FeatureScaler(const std::array<double, kFeatureCount>& mean,
                             const std::array<double, kFeatureCount>& deviation)
    : mean_(mean), deviation_(deviation) {
  for ([[maybe_unused]] const double value : deviation_) assert(value > 0);
}

Result<FeatureScaler> FeatureScaler::open(const std::filesystem::path& path) {
  auto text = read_file(path, kMaxBytes);
  if (!text) return tl::unexpected(std::move(text).error());
  auto scaler = parse(*text);
  if (!scaler) return fail(path.string() + ": ", std::move(scaler).error());
  return scaler;
}

Status FeatureScaler::save(const std::filesystem::path& path) const {
  const json document = {{"features", kFeatureNames}, {"mean", mean_}, {"deviation", deviation_}};
  return write_file_atomically(path, document.dump(1) + "\n");
}

std::string FeatureScaler::fingerprint() const {
  return "scaler-" + to_hex(stable_hash(json({mean_, deviation_}).dump()));
}

std::array<float, kFeatureCount> FeatureScaler::standardise(const AudioFeatures& features) const {
  std::array<float, kFeatureCount> standard{};
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    standard[i] = static_cast<float>((features.values[i] - mean_[i]) / deviation_[i]);
  }
  return standard;
}

AudioFeatures FeatureScaler::restore(const std::array<float, kFeatureCount>& standard) const {
  AudioFeatures features;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    features.values[i] = static_cast<float>(standard[i] * deviation_[i] + mean_[i]);
  }
  return features;
}

}  // namespace spotisearch

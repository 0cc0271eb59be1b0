#include "encoder/bert_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "vectors/safetensors.h"

namespace spotisearch {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr std::size_t kHidden = 64;
constexpr std::size_t kInner = 128;
constexpr std::size_t kPositions = 300;
constexpr const char* kWords = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nrain\npiano\nnight\nslow\n";
constexpr std::size_t kVocabulary = 9;

/// Collects random tensors and writes them as a model.
class TinyModel {
 public:
  void add(const std::string& name, std::vector<std::size_t> shape, float mean, float spread) {
    std::size_t count = 1;
    for (const std::size_t size : shape) count *= size;
    std::normal_distribution<float> normal(mean, spread);
    auto& values = values_[name];
    values.resize(count);
    for (float& value : values) value = normal(engine_);
    shapes_[name] = std::move(shape);
  }

  void linear(const std::string& name, std::size_t columns, std::size_t depth) {
    add(name + ".weight", {columns, depth}, 0.0f, 0.15f);
    add(name + ".bias", {columns}, 0.0f, 0.1f);
  }

  void norm(const std::string& name) {
    add(name + ".weight", {kHidden}, 1.0f, 0.1f);
    add(name + ".bias", {kHidden}, 0.0f, 0.1f);
  }

  void write(const fs::path& path, const std::string& prefix) const {
    std::vector<TensorToWrite> tensors;
    for (const auto& [name, values] : values_) {
      tensors.push_back({prefix + name, shapes_.at(name), values});
    }
    ASSERT_TRUE(write_safetensors(path, tensors, {}));
  }

 private:
  std::mt19937 engine_{3};
  std::map<std::string, std::vector<float>> values_;
  std::map<std::string, std::vector<std::size_t>> shapes_;
};

TinyModel make_tiny_model() {
  TinyModel model;
  model.add("embeddings.word_embeddings.weight", {kVocabulary, kHidden}, 0.0f, 1.0f);
  model.add("embeddings.position_embeddings.weight", {kPositions, kHidden}, 0.0f, 0.3f);
  model.add("embeddings.token_type_embeddings.weight", {2, kHidden}, 0.0f, 0.3f);
  model.norm("embeddings.LayerNorm");
  for (const std::string layer : {"encoder.layer.0.", "encoder.layer.1."}) {
    for (const std::string part : {"query", "key", "value"}) {
      model.linear(layer + "attention.self." + part, kHidden, kHidden);
    }
    model.linear(layer + "attention.output.dense", kHidden, kHidden);
    model.norm(layer + "attention.output.LayerNorm");
    model.linear(layer + "intermediate.dense", kInner, kHidden);
    model.linear(layer + "output.dense", kHidden, kInner);
    model.norm(layer + "output.LayerNorm");
  }
  return model;
}

fs::path write_tiny_folder(const std::string& name, const std::string& prefix = "") {
  const fs::path folder = fs::path(testing::TempDir()) / ("tiny_" + name);
  fs::create_directories(folder);
  std::ofstream(folder / "vocab.txt") << kWords;
  std::ofstream(folder / "config.json")
      << R"({"model_type":"bert","hidden_size":64,"num_hidden_layers":2,"num_attention_heads":2,)"
      << R"("intermediate_size":128,"vocab_size":9,"max_position_embeddings":300})";
  make_tiny_model().write(folder / "model.safetensors", prefix);
  return folder;
}

std::unique_ptr<BertEncoder> open_tiny(Precision precision, std::size_t threads = 2) {
  const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
  auto encoder = BertEncoder::open(write_tiny_folder(name), {precision, threads});
  EXPECT_TRUE(encoder) << encoder.error().message;
  return std::move(*encoder);
}

std::vector<std::string> mixed_texts() {
  std::vector<std::string> texts = {"", "rain", "slow piano", "unheard words"};
  for (std::size_t words = 1; words < 400; words += 13) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += i % 3 == words % 3 ? "rain " : "slow night ";
    texts.push_back(text);
  }
  return texts;
}

std::vector<float> encode(const BertEncoder& encoder, const std::vector<std::string>& texts) {
  std::vector<float> out(texts.size() * encoder.dimension());
  EXPECT_TRUE(encoder.encode(texts, out));
  return out;
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  EXPECT_EQ(a.size(), b.size());
  float largest = 0.0f;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

double cosine(const float* a, const float* b, std::size_t size) {
  double dot = 0.0;
  for (std::size_t i = 0; i < size; ++i) dot += double{a[i]} * b[i];
  return dot;
}

class BertEncoderTest : public testing::TestWithParam<Precision> {};

TEST_P(BertEncoderTest, RowsAreUnitVectorsInTheOrderOfTheTexts) {
  const auto encoder = open_tiny(GetParam());
  const auto texts = mixed_texts();
  const auto together = encode(*encoder, texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const float* row = together.data() + i * kHidden;
    EXPECT_NEAR(cosine(row, row, kHidden), 1.0, 1e-5);
    const auto alone = encode(*encoder, {texts[i]});
    EXPECT_LT(largest_difference(alone, {row, row + kHidden}), 1e-6f) << texts[i].size();
  }
}

TEST_P(BertEncoderTest, ThreadsDoNotChangeTheVectors) {
  const auto texts = mixed_texts();
  const auto one = encode(*open_tiny(GetParam(), 1), texts);
  const auto encoder = open_tiny(GetParam(), 3);
  std::vector<std::thread> callers;
  std::vector<float> differences(6);
  for (std::size_t caller = 0; caller < differences.size(); ++caller) {
    callers.emplace_back([&, caller] {
      for (int call = 0; call < 3; ++call) {
        const float difference = largest_difference(encode(*encoder, texts), one);
        differences[caller] = std::max(differences[caller], difference);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  for (const float difference : differences) EXPECT_LT(difference, 1e-6f);
}

TEST_P(BertEncoderTest, WhatIsBeyondTheLimitDoesNotCount) {
  const auto encoder = open_tiny(GetParam());
  std::string full;
  for (std::size_t i = 0; i < kPositions - 2; ++i) full += "night ";
  const auto a = encode(*encoder, {full});
  const auto b = encode(*encoder, {full + "rain rain piano"});
  EXPECT_EQ(a, b);
}

TEST_P(BertEncoderTest, BadTokensAreRefused) {
  const auto encoder = open_tiny(GetParam());
  std::vector<float> out(kHidden);
  const std::vector<std::vector<std::int32_t>> bad = {
      {}, {2, 9, 3}, {2, -1, 3}, std::vector<std::int32_t>(kPositions + 1, 5)};
  for (const auto& sequence : bad) {
    const auto status = encoder->encode_tokens(std::span(&sequence, 1), out);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_TRUE(encoder->encode_tokens({}, {}));
  EXPECT_TRUE(encoder->encode({}, {}));
}

INSTANTIATE_TEST_SUITE_P(Precisions, BertEncoderTest,
                         testing::Values(Precision::kFloat32, Precision::kInt8),
                         [](const auto& tested) {
                           return tested.param == Precision::kInt8 ? "Int8" : "Float32";
                         });

TEST(BertEncoderFilesTest, ThePrefixOfTensorNamesDoesNotMatter) {
  const auto plain = BertEncoder::open(write_tiny_folder("plain"), {Precision::kFloat32, 1});
  const auto prefixed =
      BertEncoder::open(write_tiny_folder("prefixed", "bert."), {Precision::kFloat32, 1});
  ASSERT_TRUE(plain && prefixed);
  EXPECT_EQ(encode(**plain, {"slow rain"}), encode(**prefixed, {"slow rain"}));
  EXPECT_NE((*plain)->fingerprint(), (*prefixed)->fingerprint());
}

TEST(BertEncoderFilesTest, FingerprintNamesTheArithmetic) {
  const fs::path folder = write_tiny_folder("fingerprint");
  const auto a = BertEncoder::open(folder, {Precision::kFloat32, 1});
  const auto b = BertEncoder::open(folder, {Precision::kInt8, 1});
  const auto c = BertEncoder::open(folder, {Precision::kInt8, 2});
  ASSERT_TRUE(a && b && c);
  EXPECT_NE((*a)->fingerprint(), (*b)->fingerprint());
  EXPECT_EQ((*b)->fingerprint(), (*c)->fingerprint());
}

TEST(BertEncoderFilesTest, WeightsThatDoNotFitTheConfigAreNamed) {
  const fs::path folder = write_tiny_folder("unfit");
  TinyModel model = make_tiny_model();
  model.add("encoder.layer.1.output.dense.weight", {kHidden, kInner / 2}, 0.0f, 0.1f);
  model.write(folder / "model.safetensors", "");
  const auto encoder = BertEncoder::open(folder);
  ASSERT_FALSE(encoder);
  EXPECT_EQ(encoder.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(encoder.error().message, HasSubstr("encoder.layer.1.output.dense.weight"));
  EXPECT_EQ(BertEncoder::open(folder / "absent").error().code, ErrorCode::kNotFound);
}

double projection(const float* row, std::size_t size) {
  double sum = 0.0;
  for (std::size_t i = 0; i < size; ++i) sum += row[i] * std::sin(static_cast<double>(i + 1));
  return sum;
}

// golden.json is what sentence-transformers gives; tools/make_encoder_golden.py writes it.
class GoldenTest : public testing::TestWithParam<Precision> {};

TEST_P(GoldenTest, VectorsAreThoseOfTheReference) {
  if (!fs::exists(fs::path(SPOTISEARCH_MODEL_DIR) / "model.safetensors")) {
    GTEST_SKIP() << "no model in " << SPOTISEARCH_MODEL_DIR << "; tools/setup.sh fetches it";
  }
  const auto encoder = BertEncoder::open(SPOTISEARCH_MODEL_DIR, {GetParam(), 0});
  ASSERT_TRUE(encoder) << encoder.error().message;
  std::ifstream file(SPOTISEARCH_SOURCE_DIR "/src/encoder/testdata/golden.json");
  const auto golden = nlohmann::json::parse(file);
  ASSERT_GE(golden.size(), 20u);
  std::vector<std::string> texts;
  for (const auto& entry : golden) texts.push_back(entry["text"].get<std::string>());
  const auto vectors = encode(**encoder, texts);
  const std::size_t size = (*encoder)->dimension();
  const bool exact = GetParam() == Precision::kFloat32;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const float* row = vectors.data() + i * size;
    for (std::size_t k = 0; k < 8; ++k) {
      EXPECT_NEAR(row[k], golden[i]["leading"][k].get<float>(), exact ? 1e-5 : 0.03) << texts[i];
    }
    EXPECT_NEAR(projection(row, size), golden[i]["projection"].get<double>(), exact ? 1e-4 : 0.15)
        << texts[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Precisions, GoldenTest,
                         testing::Values(Precision::kFloat32, Precision::kInt8),
                         [](const auto& tested) {
                           return tested.param == Precision::kInt8 ? "Int8" : "Float32";
                         });

}  // namespace
}  // namespace spotisearch

#include "ingest/text_vectors.h"

#include <gtest/gtest.h>

#include "encoder/fake_text_encoder.h"

namespace spotisearch {
namespace {

using Items = std::vector<std::vector<WeightedText>>;

std::vector<float> encode(TextVectors& vectors, const Items& items) {
  std::vector<float> out(items.size() * FakeTextEncoder::kDimension);
  const Status status = vectors.encode(items, out);
  EXPECT_TRUE(status) << status.error().message;
  return out;
}

std::span<const float> row(const std::vector<float>& rows, std::size_t i) {
  return std::span(rows).subspan(i * FakeTextEncoder::kDimension, FakeTextEncoder::kDimension);
}

TEST(TextVectorsTest, AnItemIsTheWeightedSumOfItsTexts) {
  const FakeTextEncoder encoder;
  TextVectors vectors(encoder);
  const auto out = encode(vectors, {{{"dusty soul", 1.0F}, {"rain", 0.25F}}});
  const auto soul = encoder.vector_of("dusty soul");
  const auto rain = encoder.vector_of("rain");
  std::vector<float> sum(soul.size());
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = soul[i] + 0.25F * rain[i];
  normalise(sum);
  for (std::size_t i = 0; i < sum.size(); ++i) EXPECT_NEAR(out[i], sum[i], 1e-6F);
  EXPECT_GT(dot(out, soul), dot(out, rain));
}

TEST(TextVectorsTest, EveryRowIsAUnitVectorWhateverTheWeights) {
  const FakeTextEncoder encoder;
  TextVectors vectors(encoder);
  const auto out =
      encode(vectors, {{{"a", 0.01F}}, {{"b", 100.0F}, {"c", 3.0F}}, {{"d", 1.0F}, {"d", 1.0F}}});
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(norm(row(out, i)), 1.0F, 1e-5F);
}

TEST(TextVectorsTest, ATextIsEncodedOnceWithinACallAndAcrossCalls) {
  const FakeTextEncoder encoder;
  TextVectors vectors(encoder);
  encode(vectors, {{{"pop", 1.0F}, {"Song A", 1.0F}}, {{"pop", 0.5F}, {"Song B", 1.0F}}});
  EXPECT_EQ(encoder.texts_encoded(), 3U);
  encode(vectors, {{{"pop", 1.0F}, {"Song C", 1.0F}}});
  EXPECT_EQ(encoder.texts_encoded(), 4U);
  EXPECT_EQ(vectors.texts_encoded(), 4U);
}

TEST(TextVectorsTest, RememberedVectorsAreAsGoodAsNewOnes) {
  const FakeTextEncoder encoder;
  TextVectors warm(encoder);
  encode(warm, {{{"pop", 1.0F}}, {{"rock", 1.0F}}});
  TextVectors cold(encoder);
  const Items items = {{{"rock", 1.0F}, {"new", 0.5F}}, {{"pop", 1.0F}}};
  EXPECT_EQ(encode(warm, items), encode(cold, items));
}

TEST(TextVectorsTest, MoreTextsThanItRemembersAreStillRight) {
  const FakeTextEncoder encoder;
  TextVectors vectors(encoder);
  Items many;
  for (int i = 0; i < 70'000; ++i) many.push_back({{"title " + std::to_string(i), 1.0F}});
  encode(vectors, many);
  const auto out = encode(vectors, {{{"title 1", 1.0F}}, {{"fresh", 1.0F}}});
  EXPECT_NEAR(dot(row(out, 0), encoder.vector_of("title 1")), 1.0F, 1e-5F);
  EXPECT_NEAR(dot(row(out, 1), encoder.vector_of("fresh")), 1.0F, 1e-5F);
}

TEST(TextVectorsTest, AnEncoderThatFailsOnceIsAskedAgain) {
  FakeTextEncoder encoder;
  TextVectors vectors(encoder);
  encoder.fail_after(0);
  std::vector<float> out(encoder.dimension());
  const Items items = {{{"pop", 1.0F}}};
  EXPECT_FALSE(vectors.encode(items, out));
  encoder.succeed();
  EXPECT_NEAR(dot(encode(vectors, items), encoder.vector_of("pop")), 1.0F, 1e-5F);
}

TEST(TextVectorsTest, HashesTellTextsOrderAndWeightsApart) {
  const auto hash = [](std::vector<WeightedText> texts) { return hash_of(texts); };
  const auto base = hash({{"a", 1.0F}, {"b", 0.5F}});
  EXPECT_EQ(base, hash({{"a", 1.0F}, {"b", 0.5F}}));
  EXPECT_NE(base, hash({{"a", 1.0F}, {"b", 0.25F}}));
  EXPECT_NE(base, hash({{"a", 1.0F}}));
  EXPECT_NE(base, hash({{"b", 1.0F}, {"a", 0.5F}}));
  EXPECT_NE(base, hash({}));
}

}  // namespace
}  // namespace spotisearch

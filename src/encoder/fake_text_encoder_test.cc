#include "encoder/fake_text_encoder.h"

#include <gtest/gtest.h>

namespace spotisearch {
namespace {

TEST(FakeTextEncoderTest, TextsThatShareWordsAreClose) {
  const FakeTextEncoder encoder;
  const auto rain = encoder.vector_of("slow rain at night");
  EXPECT_NEAR(norm(rain), 1.0F, 1e-6F);
  EXPECT_NEAR(dot(rain, encoder.vector_of("Night: rain, at SLOW")), 1.0F, 1e-6F);
  EXPECT_GT(dot(rain, encoder.vector_of("rain at noon")), 0.3F);
  EXPECT_LT(dot(rain, encoder.vector_of("brass marching band")), 0.3F);
}

TEST(FakeTextEncoderTest, AnEmptyTextHasAVectorToo) {
  EXPECT_NEAR(norm(FakeTextEncoder().vector_of("")), 1.0F, 1e-6F);
}

TEST(FakeTextEncoderTest, RowsAreInTheOrderOfTheTexts) {
  const FakeTextEncoder encoder;
  const std::vector<std::string> texts = {"one", "two"};
  std::vector<float> out(2 * encoder.dimension());
  ASSERT_TRUE(encoder.encode(texts, out));
  EXPECT_EQ(std::vector<float>(out.begin() + 64, out.end()), encoder.vector_of("two"));
  EXPECT_EQ(encoder.texts_encoded(), 2U);
}

TEST(FakeTextEncoderTest, FailsWhenItIsToldTo) {
  FakeTextEncoder encoder;
  const std::vector<std::string> texts = {"one"};
  std::vector<float> out(encoder.dimension());
  encoder.fail_after(1);
  EXPECT_TRUE(encoder.encode(texts, out));
  EXPECT_FALSE(encoder.encode(texts, out));
  EXPECT_FALSE(encoder.encode(texts, out));
  encoder.succeed();
  EXPECT_TRUE(encoder.encode(texts, out));
}

}  // namespace
}  // namespace spotisearch

#include "vectors/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <string>

namespace spotisearch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string image_of(const std::string& header, std::size_t data_bytes) {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), 8) + header +
         std::string(data_bytes, '\0');
}

Result<SafetensorsFile> parse(const std::string& image) {
  return SafetensorsFile::parse(std::as_bytes(std::span(image)));
}

std::string message_of(const std::string& image) {
  const auto file = parse(image);
  if (file) return "accepted";
  EXPECT_EQ(file.error().code, ErrorCode::kCorrupt);
  return file.error().message;
}

TEST(SafetensorsTest, WhatIsWrittenIsReadBack) {
  const auto path = std::filesystem::path(testing::TempDir()) / "written.safetensors";
  const std::vector<float> values = {1.0f, -2.5f, 3.0f, 0.0f, 1e-30f, 7.0f};
  const std::vector<TensorToWrite> tensors = {{"layer.weight", {2, 3}, values},
                                              {"nothing", {0, 3}, {}},
                                              {"scalar", {}, std::span(values).first(1)}};
  ASSERT_TRUE(write_safetensors(path, tensors, {{"made", "here"}}));
  const auto file = SafetensorsFile::open(path);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->metadata().at("made"), "here");
  const Tensor* weight = file->find("layer.weight");
  ASSERT_NE(weight, nullptr);
  EXPECT_THAT(weight->shape, ElementsAre(2, 3));
  EXPECT_EQ(weight->to_floats().value(), values);
  EXPECT_EQ(file->find("nothing")->elements(), 0u);
  EXPECT_EQ(file->find("scalar")->to_floats().value().at(0), 1.0f);
  EXPECT_EQ(file->find("absent"), nullptr);
}

TEST(SafetensorsTest, WriterRefusesAWrongShapeAndANameTwice) {
  const std::vector<float> values(4);
  const auto path = std::filesystem::path(testing::TempDir()) / "refused.safetensors";
  EXPECT_FALSE(write_safetensors(path, std::vector<TensorToWrite>{{"a", {3}, values}}, {}));
  EXPECT_FALSE(write_safetensors(
      path, std::vector<TensorToWrite>{{"a", {4}, values}, {"a", {4}, values}}, {}));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(SafetensorsTest, ReadsHalfPrecision) {
  std::string image = image_of(R"({"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},)"
                               R"("b":{"dtype":"BF16","shape":[1],"data_offsets":[8,10]}})",
                               10);
  const std::uint16_t raw[5] = {0x3C00, 0xC100, 0x0001, 0x7C00, 0x4049};
  std::memcpy(image.data() + image.size() - 10, raw, 10);
  const auto file = parse(image);
  ASSERT_TRUE(file) << file.error().message;
  const auto halves = file->find("h")->to_floats().value();
  EXPECT_EQ(halves[0], 1.0f);
  EXPECT_EQ(halves[1], -2.5f);
  EXPECT_EQ(halves[2], 0x1p-24f);
  EXPECT_GT(halves[3], 1e38f);
  EXPECT_EQ(file->find("b")->to_floats().value()[0], 3.140625f);
}

TEST(SafetensorsTest, IntegersAreNotFloats) {
  const auto image = image_of(R"({"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})", 8);
  const auto file = parse(image);
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->find("i")->to_floats());
}

TEST(SafetensorsTest, RefusesTruncation) {
  const auto image = image_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8);
  ASSERT_TRUE(parse(image));
  for (std::size_t size = 0; size < image.size(); ++size) {
    EXPECT_FALSE(parse(image.substr(0, size))) << size;
  }
  EXPECT_THAT(message_of(image + "x"), HasSubstr("follow the last tensor"));
}

TEST(SafetensorsTest, RefusesTensorsThatOverlapOrLeaveHoles) {
  EXPECT_THAT(message_of(image_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                                  R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                                  12)),
              HasSubstr("overlap"));
  EXPECT_THAT(message_of(image_of(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8)),
              HasSubstr("hole"));
}

TEST(SafetensorsTest, RefusesShapesThatOverflowOrDisagree) {
  EXPECT_THAT(
      message_of(image_of(
          R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,0]}})", 0)),
      HasSubstr("do not fit"));
  EXPECT_THAT(message_of(image_of(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8)),
              HasSubstr("do not fit"));
  EXPECT_THAT(message_of(image_of(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4)),
              HasSubstr("shape"));
  EXPECT_THAT(message_of(image_of(R"({"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}})", 4)),
              HasSubstr("outside"));
}

TEST(SafetensorsTest, RefusesABadHeader) {
  EXPECT_THAT(message_of(image_of("[]", 0)), HasSubstr("begin with {"));
  EXPECT_THAT(message_of(image_of("{", 0)), HasSubstr("not JSON"));
  EXPECT_THAT(message_of(image_of(R"({"a":{"dtype":"F99","shape":[],"data_offsets":[0,0]}})", 0)),
              HasSubstr("unknown dtype"));
  EXPECT_THAT(message_of(image_of(R"({"a":{"shape":[[[[[0]]]]]}})", 0)), HasSubstr("deep"));
  EXPECT_THAT(message_of(image_of(R"({"__metadata__":{"a":1}})", 0)), HasSubstr("strings"));
  EXPECT_THAT(message_of(image_of(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                                  R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                                  4)),
              HasSubstr("twice"));
  std::string huge = image_of("{}", 0);
  std::memset(huge.data(), 0xFF, 8);
  EXPECT_THAT(message_of(huge), HasSubstr("longer than"));
}

}  // namespace
}  // namespace spotisearch

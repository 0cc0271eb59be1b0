#include "encoder/model_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace spotisearch {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr const char* kConfig =
    R"({"model_type":"bert","hidden_size":64,"num_hidden_layers":2,"num_attention_heads":2,
        "intermediate_size":128,"vocab_size":30,"max_position_embeddings":40,"hidden_act":"gelu"})";

class ModelFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "1_Pooling");
    write("config.json", kConfig);
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }

  void write_replaced(const std::string& from, const std::string& to) {
    std::string text = kConfig;
    text.replace(text.find(from), from.size(), to);
    write("config.json", text);
  }

  std::string refusal() {
    const auto config = read_model_config(folder_);
    return config ? "accepted" : config.error().message;
  }

  fs::path folder_;
};

TEST_F(ModelFolderTest, PlainBertMeansItsTokensUpToItsPositions) {
  const auto config = read_model_config(folder_);
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->hidden_size, 64u);
  EXPECT_EQ(config->max_tokens, 40u);
  EXPECT_EQ(config->pooling, Pooling::kMean);
}

TEST_F(ModelFolderTest, ModulesAreKnownByTheLastWordOfTheirType) {
  write("modules.json",
        R"([{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},
            {"idx":1,"name":"1","path":"1_Pooling","type":"sentence_transformers.base.Pooling"},
            {"idx":2,"name":"2","path":"2_Normalize","type":"x.y.Normalize"}])");
  write("1_Pooling/config.json", R"({"pooling_mode_cls_token":true,
                                     "pooling_mode_mean_tokens":false})");
  write("sentence_bert_config.json", R"({"max_seq_length":16,"do_lower_case":false})");
  const auto config = read_model_config(folder_);
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->pooling, Pooling::kCls);
  EXPECT_EQ(config->max_tokens, 16u);
}

TEST_F(ModelFolderTest, WhatIsNotSupportedIsNamed) {
  write_replaced("\"bert\"", "\"roberta\"");
  EXPECT_THAT(refusal(), HasSubstr("model_type = \"roberta\""));
  write_replaced("\"gelu\"", "\"silu\"");
  EXPECT_THAT(refusal(), HasSubstr("hidden_act"));
  write_replaced("\"num_attention_heads\":2", "\"num_attention_heads\":4");
  EXPECT_THAT(refusal(), HasSubstr("num_attention_heads"));
  write("config.json", kConfig);
  write("modules.json", R"([{"path":"2_Dense","type":"sentence_transformers.models.Dense"}])");
  EXPECT_THAT(refusal(), HasSubstr("Dense"));
  write("modules.json", R"([{"path":"1_Pooling","type":"sentence_transformers.models.Pooling"}])");
  write("1_Pooling/config.json", R"({"pooling_mode_lasttoken":true})");
  EXPECT_THAT(refusal(), HasSubstr("pooling_mode_lasttoken"));
}

TEST_F(ModelFolderTest, BrokenFilesAreErrors) {
  write_replaced("\"hidden_size\":64", "\"hidden_size\":-64");
  EXPECT_THAT(refusal(), HasSubstr("hidden_size"));
  write("config.json", "{");
  EXPECT_THAT(refusal(), HasSubstr("not JSON"));
  write("config.json", "[1]");
  EXPECT_THAT(refusal(), HasSubstr("not a JSON object"));
  fs::remove(folder_ / "config.json");
  EXPECT_EQ(read_model_config(folder_).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace spotisearch

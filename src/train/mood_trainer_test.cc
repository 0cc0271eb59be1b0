#include "train/mood_trainer.h"

#include <gtest/gtest.h>

#include "base/mapped_file.h"
#include "encoder/fake_text_encoder.h"
#include "mood/mood_fixture.h"
#include "mood/mood_head.h"

namespace spotisearch {
namespace {

constexpr auto kEnergy = static_cast<std::size_t>(Feature::kEnergy);
constexpr auto kKey = static_cast<std::size_t>(Feature::kKey);

/// "calm ..." has low energy, "wild ..." high energy; of the key nothing is known.
std::vector<MoodPair> two_hundred_pairs() {
  const char* const places[] = {"sea",   "train",  "kitchen", "forest",  "roof",
                                "attic", "street", "desert",  "harbour", "garden"};
  const char* const times[] = {"morning", "noon", "dusk", "midnight", "winter"};
  std::vector<MoodPair> pairs;
  for (const bool wild : {false, true}) {
    for (const bool query : {false, true}) {
      for (const char* place : places) {
        for (const char* time : times) {
          MoodPair pair;
          pair.text.append(wild ? "wild " : "calm ").append(place).append(" ").append(time);
          if (query) pair.text.append(" please");
          pair.mean.fill(0.0F);
          pair.spread.fill(0.5F);
          pair.mean[kEnergy] = wild ? 1.5F : -1.5F;
          pair.mean[kKey] = kMissing;
          pair.is_query = query;
          pairs.push_back(std::move(pair));
        }
      }
    }
  }
  return pairs;
}

class MoodTrainerTest : public MoodFolderTest {
 protected:
  static MoodTrainingOptions small() {
    MoodTrainingOptions options;
    options.hidden = 16;
    options.epochs = 30;
    options.batch = 50;
    options.learning_rate = 1e-2;
    options.threads = 1;
    return options;
  }
  MoodTrainingReport train(const std::string& name, const MoodTrainingOptions& options) {
    const auto report =
        train_mood_head(two_hundred_pairs(), encoder_, ordinary_scaler(), folder_ / name, options);
    EXPECT_TRUE(report) << report.error().message;
    return report.value_or(MoodTrainingReport());
  }
  std::string weights(const std::string& name) {
    return read_file(folder_ / name / "mood_head.safetensors").value();
  }

  FakeTextEncoder encoder_;
};

TEST_F(MoodTrainerTest, TrainingLowersTheErrorOnWhatItDidNotSee) {
  MoodTrainingOptions once = small();
  once.epochs = 1;
  const double before = train("once", once).query_mse;
  const MoodTrainingReport report = train("trained", small());
  EXPECT_LT(report.query_mse, 0.5 * before);
  EXPECT_LT(report.query_mse, 0.1);
  EXPECT_EQ(report.pairs, 200U);
  EXPECT_EQ(report.queries, 100U);
  EXPECT_GT(report.best_epoch, 1);
}

TEST_F(MoodTrainerTest, TheWrittenHeadIsReadByTheSearch) {
  train("trained", small());
  const auto head = MoodHead::open(folder_ / "trained");
  ASSERT_TRUE(head) << head.error().message;
  ASSERT_EQ(head->input_dimension(), encoder_.dimension());
  const auto calm = head->predict(encoder_.vector_of("calm harbour dusk please"));
  const auto wild = head->predict(encoder_.vector_of("wild harbour dusk please"));
  EXPECT_LT(calm.mean[kEnergy], -0.8F);
  EXPECT_GT(wild.mean[kEnergy], 0.8F);
  EXPECT_GT(calm.spread[kKey], calm.spread[kEnergy]) << "of the key it was told nothing";
  EXPECT_EQ(head->scaler().restore({}).values, ordinary_scaler().restore({}).values);
}

TEST_F(MoodTrainerTest, TheSameSeedGivesTheSameWeights) {
  train("first", small());
  train("second", small());
  EXPECT_EQ(weights("first"), weights("second"));
  MoodTrainingOptions other = small();
  other.seed = 2;
  train("third", other);
  EXPECT_NE(weights("first"), weights("third"));
}

TEST_F(MoodTrainerTest, TellsItsProgressEveryEpoch) {
  MoodTrainingOptions options = small();
  options.epochs = 3;
  int lines = 0;
  options.progress = [&](const std::string& line) {
    ++lines;
    EXPECT_FALSE(line.empty());
  };
  train("trained", options);
  EXPECT_EQ(lines, 3);
}

TEST_F(MoodTrainerTest, NothingToTrainOnIsAnError) {
  const auto report = train_mood_head({}, encoder_, ordinary_scaler(), folder_ / "x", small());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kInvalidArgument);
}

TEST_F(MoodTrainerTest, AnEncoderThatFailsIsAnError) {
  encoder_.fail_after(0);
  const auto report =
      train_mood_head(two_hundred_pairs(), encoder_, ordinary_scaler(), folder_ / "x", small());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kUnavailable);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "x" / "mood_head.safetensors"));
}

TEST_F(MoodTrainerTest, PairsWithoutQueriesTrainAHeadToo) {
  auto pairs = two_hundred_pairs();
  std::erase_if(pairs, [](const MoodPair& pair) { return pair.is_query; });
  const auto report =
      train_mood_head(pairs, encoder_, ordinary_scaler(), folder_ / "songs", small());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT(report->best_epoch, 1);
  EXPECT_LT(report->song_mse, 0.5);
}

TEST_F(MoodTrainerTest, SoFewPairsThatNoneIsHeldOutTrainAHeadToo) {
  auto pairs = two_hundred_pairs();
  MoodTrainingOptions options = small();
  options.held_out = 0;
  const auto report = train_mood_head(pairs, encoder_, ordinary_scaler(), folder_ / "all", options);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->best_epoch, options.epochs);
  EXPECT_TRUE(MoodHead::open(folder_ / "all"));
}

TEST_F(MoodTrainerTest, AFolderThatCannotBeMadeIsNamed) {
  const auto report = train_mood_head(two_hundred_pairs(), encoder_, ordinary_scaler(),
                                      "/proc/nothing/here", small());
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("/proc/nothing/here"), std::string::npos);
}

}  // namespace
}  // namespace spotisearch

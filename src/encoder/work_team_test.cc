#include "encoder/work_team.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace spotisearch {
namespace {

TEST(WorkTeamTest, EveryTaskRunsOnceAndLaterLoopsSeeItsWrites) {
  WorkTeam team(3);
  WorkTeam::Session session(team);
  std::vector<int> values(1000, 0);
  for (int loop = 0; loop < 200; ++loop) {
    session.run(values.size(), [&](std::size_t i) { values[values.size() - 1 - i] += 1; });
    session.run(values.size(), [&](std::size_t i) { values[i] += 1; });
  }
  for (const int value : values) ASSERT_EQ(value, 400);
}

TEST(WorkTeamTest, OneThreadAndNoTasksAreFine) {
  WorkTeam team(1);
  WorkTeam::Session session(team);
  int calls = 0;
  session.run(0, [&](std::size_t) { ++calls; });
  session.run(5, [&](std::size_t) { ++calls; });
  EXPECT_EQ(calls, 5);
  EXPECT_EQ(session.threads(), 1u);
}

TEST(WorkTeamTest, CallersAtOnceEachGetTheirWorkDone) {
  WorkTeam team(2);
  std::vector<std::thread> callers;
  std::atomic<int> total{0};
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&] {
      for (int call = 0; call < 50; ++call) {
        WorkTeam::Session session(team);
        for (int loop = 0; loop < 10; ++loop) session.run(7, [&](std::size_t) { ++total; });
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(total.load(), 4 * 50 * 10 * 7);
}

}  // namespace
}  // namespace spotisearch

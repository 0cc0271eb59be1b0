#include "encoder/work_team.h"

#include <algorithm>
#include <cassert>

namespace spotisearch {
namespace {

constexpr std::uint64_t kTaskMask = 0xFFFF;

std::uint64_t next_task(std::uint64_t ticket) { return ticket & kTaskMask; }
std::uint64_t task_count(std::uint64_t ticket) { return (ticket >> 16) & kTaskMask; }

// Waits a moment: first on the core, then, as the machine may be busy, off it.
class Backoff {
 public:
  void wait() {
    if (++rounds_ < 4000) {
#if defined(__x86_64__) || defined(__i386__)
      __builtin_ia32_pause();
#endif
    } else {
      std::this_thread::yield();
    }
  }

 private:
  int rounds_ = 0;
};

}  // namespace

WorkTeam::WorkTeam(std::size_t threads) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  for (std::size_t i = 1; i < threads; ++i) helpers_.emplace_back([this] { help(); });
}

WorkTeam::~WorkTeam() {
  {
    const std::lock_guard lock(sleep_mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

bool WorkTeam::take_and_run() {
  std::uint64_t ticket = ticket_.load(std::memory_order_acquire);
  while (next_task(ticket) < task_count(ticket)) {
    if (ticket_.compare_exchange_weak(ticket, ticket + 1, std::memory_order_acq_rel)) {
      function_(context_, static_cast<std::size_t>(next_task(ticket)));
      done_.fetch_add(1, std::memory_order_acq_rel);
      return true;
    }
  }
  return false;
}

void WorkTeam::help() {
  for (;;) {
    {
      std::unique_lock lock(sleep_mutex_);
      wake_.wait(lock, [this] { return stopping_ || active_.load(std::memory_order_relaxed); });
      if (stopping_) return;
    }
    Backoff backoff;
    while (active_.load(std::memory_order_acquire)) {
      if (take_and_run()) {
        backoff = Backoff();
      } else {
        backoff.wait();
      }
    }
  }
}

WorkTeam::Session::Session(WorkTeam& team) {
  if (team.helpers_.empty() || !team.session_mutex_.try_lock()) return;
  team_ = &team;
  {
    const std::lock_guard lock(team.sleep_mutex_);
    team.active_.store(true, std::memory_order_release);
  }
  team.wake_.notify_all();
}

WorkTeam::Session::~Session() {
  if (team_ == nullptr) return;
  team_->active_.store(false, std::memory_order_release);
  team_->session_mutex_.unlock();
}

void WorkTeam::Session::run(std::size_t count, Function function, void* context) {
  assert(count <= kTaskMask);
  if (team_ == nullptr || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) function(context, i);
    return;
  }
  team_->function_ = function;
  team_->context_ = context;
  team_->done_.store(0, std::memory_order_relaxed);
  const std::uint64_t loop = (team_->ticket_.load(std::memory_order_relaxed) >> 32) + 1;
  team_->ticket_.store(loop << 32 | static_cast<std::uint64_t>(count) << 16,
                       std::memory_order_release);
  while (team_->take_and_run()) {
  }
  Backoff backoff;
  while (team_->done_.load(std::memory_order_acquire) < count) backoff.wait();
}

}  // namespace spotisearch

// A few threads that help one caller at a time with short loops.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace spotisearch {

/// Runs loops on the caller's thread and, as far as they come in time, on helper threads: no caller
/// waits for a helper that has not begun a task. One `Session` has the helpers at a time; callers
/// that come meanwhile run alone, so concurrent callers never oversubscribe the machine through us.
class WorkTeam {
 public:
  /// `threads` counts the caller; 0 means one per core.
  explicit WorkTeam(std::size_t threads);
  ~WorkTeam();
  WorkTeam(const WorkTeam&) = delete;
  WorkTeam& operator=(const WorkTeam&) = delete;

  /// The caller and its helpers.
  std::size_t threads() const { return helpers_.size() + 1; }

  /// A caller's hold on the helpers, from construction to destruction, on one thread.
  class Session {
   public:
    explicit Session(WorkTeam& team);
    /// A session without helpers, for code that is one task of a larger loop.
    Session() = default;
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Threads that may run tasks: 1 when the helpers serve another caller.
    std::size_t threads() const { return team_ != nullptr ? team_->threads() : 1; }

    /// Calls task(i) for each i < count, count <= 65,535, in any order, and returns when all are
    /// done. What a task writes is seen by every task of later calls. Tasks must not throw.
    template <class Task>
    void run(std::size_t count, Task&& task) {
      using Plain = std::remove_reference_t<Task>;
      run(
          count, [](void* context, std::size_t i) { (*static_cast<Plain*>(context))(i); }, &task);
    }

   private:
    using Function = void (*)(void*, std::size_t);
    void run(std::size_t count, Function function, void* context);

    WorkTeam* team_ = nullptr;  // Null without helpers.
  };

 private:
  void help();
  bool take_and_run();

  // Ticket: loop number (32 bits), tasks in it (16), next task (16). A task is claimed by raising
  // the ticket; the fields below are written only while no task can be claimed or is running.
  std::atomic<std::uint64_t> ticket_{0};
  std::atomic<std::uint32_t> done_{0};
  void (*function_)(void*, std::size_t) = nullptr;
  void* context_ = nullptr;

  std::mutex session_mutex_;  // Held by the session that has the helpers.
  std::mutex sleep_mutex_;
  std::condition_variable wake_;
  std::atomic<bool> active_{false};
  bool stopping_ = false;
  std::vector<std::thread> helpers_;
};

}  // namespace spotisearch

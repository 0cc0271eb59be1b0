// One program at a time.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace spotisearch {

/// Holds an exclusive lock on a file from acquire() until it is destroyed. The system releases it
/// when the process dies. Move-only.
class FileLock {
 public:
  /// Waits until no other process or thread holds the lock. The file is made where it is missing,
  /// and so is its folder. kIo where that cannot be.
  static Result<FileLock> acquire(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace spotisearch

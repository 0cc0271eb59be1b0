// A file as read-only memory, and small whole-file reads and writes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace spotisearch {

/// A read-only memory mapping of a whole file. Move-only; the bytes live as long as the object.
/// Safe to read from many threads. An empty file maps to an empty span.
class MappedFile {
 public:
  /// Maps `path`. Fails with kNotFound when it does not exist, kIo otherwise.
  static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  MappedFile(const std::byte* data, std::size_t size) : data_(data), size_(size) {}

  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Reads a whole file of at most `max_bytes`; larger is kResourceExhausted.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t max_bytes = std::size_t{1} << 30);

/// Writes beside `path`, syncs and renames: `path` holds the old or the new bytes, never a mixture.
Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace spotisearch

// A fast 64-bit checksum for large sections of files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace spotisearch {

/// Finds damage, not forgery. Part of the vector file format: never changes. Reads eight bytes at a
/// time in four lanes, some ten times as fast as stable_hash, which runs over single bytes.
class Checksum {
 public:
  /// REQUIRES: every call but the last one takes a multiple of 32 bytes.
  void update(std::span<const std::byte> bytes);

  std::uint64_t value() const;

 private:
  std::array<std::uint64_t, 4> lanes_ = {1, 2, 3, 4};
  std::uint64_t size_ = 0;
};

/// The checksum of bytes in one piece.
std::uint64_t checksum(std::span<const std::byte> bytes);

}  // namespace spotisearch

// A stable 64-bit hash for ids and fingerprints that are stored on disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace spotisearch {

/// FNV-1a, 64 bits, with a final mix (murmur3's). Never changes: stored ids depend on it.
/// Not for adversaries.
constexpr std::uint64_t stable_hash(std::string_view bytes,
                                    std::uint64_t seed = 0xcbf29ce484222325u) {
  std::uint64_t hash = seed;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdu;
  hash ^= hash >> 33;
  return hash;
}

/// Sixteen lower-case hexadecimal digits.
std::string to_hex(std::uint64_t value);

}  // namespace spotisearch

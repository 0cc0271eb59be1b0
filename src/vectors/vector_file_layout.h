// The bytes of a vector file, version 1; shared by its reader, its writer and its fuzzer.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace spotisearch::vector_file_layout {

static_assert(std::endian::native == std::endian::little, "vector files are little-endian");

inline constexpr std::array<char, 8> kMagic = {'S', 'P', 'O', 'T', 'I', 'V', 'E', 'C'};
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kAlignment = 64;  ///< of every section, for the widest loads
inline constexpr std::size_t kMaxDimension = 65536;
inline constexpr std::size_t kMaxFingerprint = 4096;  ///< bytes

enum Section : std::size_t {
  kIds,     ///< int64[count], strictly ascending
  kHashes,  ///< uint64[count]
  kMatrix,  ///< float32[count x dimension]
  kCodes,   ///< int8[count x padded dimension], or empty
  kScales,  ///< float32[count], or empty
  kSectionCount
};

struct SectionEntry {
  std::uint64_t offset = 0;  ///< bytes from the start of the file, a multiple of kAlignment
  std::uint64_t size = 0;    ///< bytes
  std::uint64_t checksum = 0;
};

/// Stands at offset 0; the fingerprint's bytes follow it, zeros fill up to the first section.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t dimension = 0;
  std::uint64_t count = 0;
  std::int64_t generation = 0;
  std::uint32_t fingerprint_size = 0;  ///< bytes
  std::uint32_t has_codes = 0;         ///< 0 or 1
  float code_error_ratio = 0.0f;       ///< largest RowCoding::error_ratio of the rows
  std::uint32_t reserved = 0;
  std::array<SectionEntry, kSectionCount> sections;
  std::uint64_t checksum = 0;  ///< of header and fingerprint, this field taken as zero
};
static_assert(sizeof(Header) == 176);

constexpr std::uint64_t aligned(std::uint64_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

/// The value that Header::checksum must have. REQUIRES: file.size() >= sizeof(Header) +
/// header.fingerprint_size, and `header` is what the file begins with (its checksum aside).
std::uint64_t header_checksum(const Header& header, std::span<const std::byte> fingerprint);

}  // namespace spotisearch::vector_file_layout

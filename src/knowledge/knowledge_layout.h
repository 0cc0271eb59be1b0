// The bytes of a knowledge file, version 1; shared by its reader, its writer and its fuzzer.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace spotisearch::knowledge_layout {

static_assert(std::endian::native == std::endian::little, "knowledge files are little-endian");

inline constexpr std::array<char, 8> kMagic = {'S', 'P', 'O', 'T', 'K', 'N', 'O', 'W'};
inline constexpr std::uint32_t kVersion = 1;

/// Bytes of the text section.
struct Text {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// Entries of the list section, which are Texts.
struct List {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
};

struct Genre {
  Text name, family, era, description, prose;
  List aliases, parents, regions, moods, scenes;
};

struct Artist {
  Text name, active, description, prose;
  List aliases, genres, countries, languages, voices, moods;
};

enum class Kind : std::uint32_t { kEmpty = 0, kGenre = 1, kArtist = 2 };

/// One place of an open-addressing table (linear probing, a power of two, at most half full): a
/// name's key and the genre or artist that bears it.
struct Slot {
  std::uint32_t tag = 0;  ///< the high half of the key's hash
  Kind kind = Kind::kEmpty;
  std::uint32_t record = 0;
  Text key;
};

/// Stands at offset 0. The sections follow in this order without gaps: genres, artists, slots,
/// lists, texts.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t genres = 0;
  std::uint32_t artists = 0;
  std::uint32_t slots = 0;
  std::uint32_t lists = 0;
  std::uint32_t text_bytes = 0;
  std::uint64_t fingerprint = 0;  ///< of the rows: files of the same rows have the same
  std::uint64_t checksum = 0;     ///< of all bytes, this field taken as zero
};
/// The value that Header::checksum must have; `rest` is what follows the header.
std::uint64_t file_checksum(Header header, std::span<const std::byte> rest);

static_assert(sizeof(Header) == 48 && sizeof(Slot) == 20 && sizeof(Genre) == 80 &&
              sizeof(Artist) == 80);

}  // namespace spotisearch::knowledge_layout

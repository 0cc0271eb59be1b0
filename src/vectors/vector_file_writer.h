// Writes vector files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "base/result.h"

namespace spotisearch {

/// What a vector file shall hold. The spans are borrowed for the call.
struct VectorFileContent {
  std::size_t dimension = 0;  ///< 1..65536
  std::string fingerprint;    ///< of the encoder; at most 4096 bytes
  std::int64_t generation = 0;
  std::span<const std::int64_t> ids;      ///< [rows], strictly ascending
  std::span<const std::uint64_t> hashes;  ///< [rows], of the encoded texts

  /// Gives the vector, [dimension], at a position; called once for each, in ascending order. The
  /// span must hold until the next call: rows may come from an older file or be computed just then,
  /// so that a library's vectors need never be in memory all at once.
  std::function<std::span<const float>(std::size_t position)> row;

  /// Store int8 codes beside the floats: a quarter more space, a four times faster search. Set it
  /// for text vectors; not for rows with missing values (NaN), which cannot be coded.
  bool with_codes = false;
};

/// Writes beside `path`, syncs and renames: `path` holds its old or the new bytes, never a mixture,
/// and readers of the old file keep it. Uses a few megabytes beside `content`. Not for two writers
/// of one path at once. kInvalidArgument when the content breaks its rules, kIo when the disk does.
Status write_vector_file(const std::filesystem::path& path, const VectorFileContent& content);

}  // namespace spotisearch

// A memory-mapped file of vectors, one per row of the catalogue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/mapped_file.h"
#include "base/result.h"
#include "vectors/matrix_view.h"

namespace spotisearch {

/// An open vector file (made by write_vector_file). Rows are addressed by position 0..rows()-1;
/// ids() tells which row of the catalogue stands at each. Immutable: all const methods may be
/// called from any number of threads. Views live as long as the object (moving it keeps them).
class VectorFile {
 public:
  /// Maps `path` and checks its header and ids; the vectors are read when they are used, so that
  /// opening a file of a gigabyte takes milliseconds. Fails with kNotFound, kIo, kCorrupt (damaged)
  /// or kInvalidArgument (no vector file, or made by a newer version of the program).
  static Result<VectorFile> open(const std::filesystem::path& path);

  /// The same for bytes that are already in memory and outlive the result.
  /// REQUIRES: bytes.data() is aligned to 64 bytes.
  static Result<VectorFile> parse(std::span<const std::byte> bytes);

  std::size_t rows() const { return ids_.size(); }
  std::size_t dimension() const { return matrix_.columns; }

  /// Of the encoder that made the vectors (TextEncoder::fingerprint).
  std::string_view fingerprint() const { return fingerprint_; }

  /// Of the catalogue that the vectors show (Catalog::generation).
  std::int64_t generation() const { return generation_; }

  /// [rows], strictly ascending.
  std::span<const std::int64_t> ids() const { return ids_; }

  /// [rows], of the texts that were encoded: a row whose text still has its hash need not be
  /// encoded again.
  std::span<const std::uint64_t> hashes() const { return hashes_; }

  /// [rows x dimension]. May hold NaN ("missing") where there are no codes.
  MatrixView<const float> matrix() const { return matrix_; }

  /// Whether the rows are there a second time as int8 codes (see encode_row).
  bool has_codes() const { return has_codes_; }

  /// [rows x padded_dimension(dimension)], and [rows]; both empty without codes.
  MatrixView<const std::int8_t> codes() const { return codes_; }
  std::span<const float> scales() const { return scales_; }

  /// The largest RowCoding::error_ratio of the rows.
  float code_error_ratio() const { return code_error_ratio_; }

  /// Where the row with that id stands. O(log rows).
  std::optional<std::size_t> position_of(std::int64_t id) const;

  /// Reads everything and compares it with the checksums; kCorrupt names the damaged section.
  Status verify() const;

 private:
  MappedFile file_;  ///< empty after parse()
  std::span<const std::byte> bytes_;
  std::string_view fingerprint_;
  std::int64_t generation_ = 0;
  std::span<const std::int64_t> ids_;
  std::span<const std::uint64_t> hashes_;
  MatrixView<const float> matrix_;
  bool has_codes_ = false;
  MatrixView<const std::int8_t> codes_;
  std::span<const float> scales_;
  float code_error_ratio_ = 0.0f;
};

}  // namespace spotisearch

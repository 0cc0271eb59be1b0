// Vectors as one signed byte per number: a quarter of the memory to scan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace spotisearch {

/// A row of floats is stored as `scale * codes[i]`, codes in -127..127 (symmetric, zero stays
/// zero).
struct RowCoding {
  float scale = 0.0f;        ///< > 0, also for a row of zeros
  float error_ratio = 0.0f;  ///< |row - scale * codes| / scale (Euclidean), rounded up
};

/// Bytes of a coded row: `dimension` rounded up to a multiple of 64, so that rows are aligned.
constexpr std::size_t padded_dimension(std::size_t dimension) { return (dimension + 63) / 64 * 64; }

/// Codes one row; codes beyond row.size() are set to zero.
/// REQUIRES: all values are finite, codes.size() >= row.size().
RowCoding encode_row(std::span<const float> row, std::span<std::int8_t> codes);

/// A query for coded rows. It is coded in up to 16 bits, because the scan widens the rows to 16
/// bits anyway; hence nearly the whole error of a score is the row's.
///
/// For a row r with scale s whose integer product with `codes` is p:
///   |dot(r, query) - s * (unit * p)| <= s * margin,
/// the rounding of float arithmetic included.
struct QueryCoding {
  std::vector<std::int16_t> codes;  ///< [padded dimension], zeros at the end
  float unit = 0.0f;                ///< value of one step of the codes
  float margin = 0.0f;
};

/// `error_ratio` is the largest of the rows. REQUIRES: all values are finite.
QueryCoding encode_query(std::span<const float> query, float error_ratio);

}  // namespace spotisearch

// Scalar products and norms, with the widest instructions the processor has.
#pragma once

#include <cstdint>
#include <span>

#include "vectors/matrix_view.h"

namespace spotisearch {

/// All functions here are pure: any thread may call them, nothing is allocated, nothing can fail.
/// Sums are float32 (integers: int32) in an order that depends on the processor, so that results
/// may differ in the last digits between machines, but never between calls on one machine.

/// Sum of a[i] * b[i]; for unit vectors the cosine. REQUIRES: a.size() == b.size().
float dot(std::span<const float> a, std::span<const float> b);

/// out[i] = dot(rows.row(i), query), to the last bit.
/// REQUIRES: query.size() == rows.columns, out.size() == rows.rows.
void dots(MatrixView<const float> rows, std::span<const float> query, std::span<float> out);

/// The same for rows of int8 codes and a query of int16 codes (see Int8Codes): out[i] is the exact
/// integer sum. REQUIRES: sizes as above, and columns * 127 * max|query[i]| < 2^31.
void dots_int8(MatrixView<const std::int8_t> rows, std::span<const std::int16_t> query,
               std::span<std::int32_t> out);

/// Euclidean length.
float norm(std::span<const float> vector);

/// Divides by the length. A vector whose length is zero or not finite is left as it is.
void normalise(std::span<float> vector);

}  // namespace spotisearch

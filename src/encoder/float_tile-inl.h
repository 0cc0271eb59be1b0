// The register tile of float products, shared by linear layers and attention; included once per
// instruction set.
#if defined(SPOTISEARCH_ENCODER_FLOAT_TILE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SPOTISEARCH_ENCODER_FLOAT_TILE_INL_H_
#undef SPOTISEARCH_ENCODER_FLOAT_TILE_INL_H_
#else
#define SPOTISEARCH_ENCODER_FLOAT_TILE_INL_H_
#endif

#include <hwy/highway.h>

#include "encoder/float_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace spotisearch {
namespace HWY_NAMESPACE {

// The operands of a tile: rows of `a` are a_stride apart, the numbers that one step of the inner
// loop reads from `b` are b_stride apart.
struct TileInput {
  const float* a;
  std::size_t a_stride;
  const float* b;
  std::size_t b_stride;
  std::size_t depth;
};

// Computes kRows x (2 vectors) and calls store(row, vector, sum) for each vector.
template <std::size_t kRows, class Store>
HWY_INLINE void float_tile(const TileInput& in, const Store& store) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVec sums[kRows][2];
#pragma GCC unroll 12
  for (std::size_t r = 0; r < kRows; ++r) sums[r][0] = sums[r][1] = hn::Zero(d);
  for (std::size_t k = 0; k < in.depth; ++k) {
    const FloatVec b0 = hn::LoadU(d, in.b + k * in.b_stride);
    const FloatVec b1 = hn::LoadU(d, in.b + k * in.b_stride + lanes);
#pragma GCC unroll 12
    for (std::size_t r = 0; r < kRows; ++r) {
      const FloatVec av = hn::Set(d, in.a[r * in.a_stride + k]);
      sums[r][0] = hn::MulAdd(av, b0, sums[r][0]);
      sums[r][1] = hn::MulAdd(av, b1, sums[r][1]);
    }
  }
#pragma GCC unroll 12
  for (std::size_t r = 0; r < kRows; ++r) {
    store(r, 0, sums[r][0]);
    store(r, 1, sums[r][1]);
  }
}

// Calls the tile of as many rows as there are, at most kRows.
template <std::size_t kRows, class Store>
HWY_INLINE void float_rows(std::size_t rows, const TileInput& in, const Store& store) {
  if constexpr (kRows > 1) {
    if (rows < kRows) return float_rows<kRows - 1>(rows, in, store);
  }
  float_tile<kRows>(in, store);
}

}  // namespace HWY_NAMESPACE
}  // namespace spotisearch
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard

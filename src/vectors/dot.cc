#include "vectors/dot.h"

#include <cassert>
#include <cmath>
#include <cstddef>

// This file is compiled once per instruction set; HWY_DYNAMIC_DISPATCH picks one at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "vectors/dot.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace spotisearch::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Four accumulators: a multiply-add takes four cycles, and two can start in each.
HWY_INLINE float dot_one(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b,
                         std::size_t size) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  auto sum0 = hn::Zero(d), sum1 = hn::Zero(d), sum2 = hn::Zero(d), sum3 = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 4 * lanes <= size; i += 4 * lanes) {
    sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
    sum1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), sum1);
    sum2 = hn::MulAdd(hn::LoadU(d, a + i + 2 * lanes), hn::LoadU(d, b + i + 2 * lanes), sum2);
    sum3 = hn::MulAdd(hn::LoadU(d, a + i + 3 * lanes), hn::LoadU(d, b + i + 3 * lanes), sum3);
  }
  for (; i + lanes <= size; i += lanes) {
    sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
  }
  float total = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3))));
  for (; i < size; ++i) total += a[i] * b[i];
  return total;
}

// Codes are widened to int16, so that one instruction multiplies and adds neighbouring pairs.
HWY_INLINE std::int32_t dot_one_int8(const std::int8_t* HWY_RESTRICT a,
                                     const std::int16_t* HWY_RESTRICT b, std::size_t size) {
  const hn::ScalableTag<std::int16_t> d16;
  const hn::Rebind<std::int8_t, decltype(d16)> d8;
  const hn::RepartitionToWide<decltype(d16)> d32;
  const std::size_t lanes = hn::Lanes(d16);
  auto sum0 = hn::Zero(d32), sum1 = hn::Zero(d32), rest0 = hn::Zero(d32), rest1 = hn::Zero(d32);
  std::size_t i = 0;
  for (; i + 2 * lanes <= size; i += 2 * lanes) {
    const auto low = hn::PromoteTo(d16, hn::LoadU(d8, a + i));
    const auto high = hn::PromoteTo(d16, hn::LoadU(d8, a + i + lanes));
    sum0 = hn::ReorderWidenMulAccumulate(d32, low, hn::LoadU(d16, b + i), sum0, rest0);
    sum1 = hn::ReorderWidenMulAccumulate(d32, high, hn::LoadU(d16, b + i + lanes), sum1, rest1);
  }
  const auto sum = hn::Add(hn::Add(sum0, rest0), hn::Add(sum1, rest1));
  std::int32_t total = hn::GetLane(hn::SumOfLanes(d32, sum));
  for (; i < size; ++i) total += a[i] * b[i];
  return total;
}

float dot_target(const float* a, const float* b, std::size_t size) { return dot_one(a, b, size); }

void dots_target(MatrixView<const float> rows, const float* query, float* out) {
  for (std::size_t i = 0; i < rows.rows; ++i) {
    out[i] = dot_one(rows.data + i * rows.columns, query, rows.columns);
  }
}

// Four rows share each load of the query, and wait for memory together.
void dots_int8_target(MatrixView<const std::int8_t> rows, const std::int16_t* query,
                      std::int32_t* out) {
  const hn::ScalableTag<std::int16_t> d16;
  const hn::Rebind<std::int8_t, decltype(d16)> d8;
  const hn::RepartitionToWide<decltype(d16)> d32;
  const std::size_t lanes = hn::Lanes(d16), size = rows.columns;
  std::size_t row = 0;
  for (; row + 4 <= rows.rows && size % lanes == 0; row += 4) {
    const std::int8_t* HWY_RESTRICT r0 = rows.data + row * size;
    const std::int8_t* HWY_RESTRICT r1 = r0 + size;
    const std::int8_t* HWY_RESTRICT r2 = r1 + size;
    const std::int8_t* HWY_RESTRICT r3 = r2 + size;
    auto sum0 = hn::Zero(d32), sum1 = hn::Zero(d32), sum2 = hn::Zero(d32), sum3 = hn::Zero(d32);
    auto rest0 = hn::Zero(d32), rest1 = hn::Zero(d32), rest2 = hn::Zero(d32), rest3 = hn::Zero(d32);
    for (std::size_t i = 0; i < size; i += lanes) {
      const auto q = hn::LoadU(d16, query + i);
      sum0 = hn::ReorderWidenMulAccumulate(d32, hn::PromoteTo(d16, hn::LoadU(d8, r0 + i)), q, sum0,
                                           rest0);
      sum1 = hn::ReorderWidenMulAccumulate(d32, hn::PromoteTo(d16, hn::LoadU(d8, r1 + i)), q, sum1,
                                           rest1);
      sum2 = hn::ReorderWidenMulAccumulate(d32, hn::PromoteTo(d16, hn::LoadU(d8, r2 + i)), q, sum2,
                                           rest2);
      sum3 = hn::ReorderWidenMulAccumulate(d32, hn::PromoteTo(d16, hn::LoadU(d8, r3 + i)), q, sum3,
                                           rest3);
    }
    out[row] = hn::GetLane(hn::SumOfLanes(d32, hn::Add(sum0, rest0)));
    out[row + 1] = hn::GetLane(hn::SumOfLanes(d32, hn::Add(sum1, rest1)));
    out[row + 2] = hn::GetLane(hn::SumOfLanes(d32, hn::Add(sum2, rest2)));
    out[row + 3] = hn::GetLane(hn::SumOfLanes(d32, hn::Add(sum3, rest3)));
  }
  for (; row < rows.rows; ++row) out[row] = dot_one_int8(rows.data + row * size, query, size);
}

}  // namespace spotisearch::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spotisearch {

HWY_EXPORT(dot_target);
HWY_EXPORT(dots_target);
HWY_EXPORT(dots_int8_target);

float dot(std::span<const float> a, std::span<const float> b) {
  assert(a.size() == b.size());
  return HWY_DYNAMIC_DISPATCH(dot_target)(a.data(), b.data(), a.size());
}

void dots(MatrixView<const float> rows, std::span<const float> query, std::span<float> out) {
  assert(query.size() == rows.columns && out.size() == rows.rows);
  HWY_DYNAMIC_DISPATCH(dots_target)(rows, query.data(), out.data());
}

void dots_int8(MatrixView<const std::int8_t> rows, std::span<const std::int16_t> query,
               std::span<std::int32_t> out) {
  assert(query.size() == rows.columns && out.size() == rows.rows);
  HWY_DYNAMIC_DISPATCH(dots_int8_target)(rows, query.data(), out.data());
}

float norm(std::span<const float> vector) { return std::sqrt(dot(vector, vector)); }

void normalise(std::span<float> vector) {
  const float length = norm(vector);
  if (!(length > 0.0f) || !std::isfinite(length)) return;
  for (float& value : vector) value /= length;
}

}  // namespace spotisearch
#endif  // HWY_ONCE

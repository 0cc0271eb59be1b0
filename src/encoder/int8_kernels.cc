#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "encoder/int8_kernels.cc"
#include <hwy/foreach_target.h>
// After foreach_target.h:
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

#include "encoder/float_math-inl.h"
#include "encoder/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace spotisearch {
namespace HWY_NAMESPACE {
namespace generic {

HWY_INLINE IntVec dot4(IntVec sums, IntVec activations, IntVec weights) {
  const IntTag di;
#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
  // Even and odd bytes as 16-bit pairs: exact, where maddubs would saturate.
  const hn::Repartition<std::int16_t, IntTag> d16;
  const auto a = hn::BitCast(d16, activations);
  const auto w = hn::BitCast(d16, weights);
  const auto a_even = hn::And(a, hn::Set(d16, 0xFF));
  const auto a_odd =
      hn::BitCast(d16, hn::ShiftRight<8>(hn::BitCast(hn::RebindToUnsigned<decltype(d16)>(), a)));
  const auto w_even = hn::ShiftRight<8>(hn::ShiftLeft<8>(w));
  IntVec unused = hn::Zero(di);
  sums = hn::ReorderWidenMulAccumulate(di, a_even, w_even, sums, unused);
  return hn::ReorderWidenMulAccumulate(di, a_odd, hn::ShiftRight<8>(w), sums, unused);
#else
  const hn::RebindToUnsigned<IntTag> du;
  const auto a = hn::BitCast(du, activations);
  const auto byte = [&](auto v) { return hn::BitCast(di, hn::And(v, hn::Set(du, 0xFF))); };
  sums = hn::Add(sums, hn::Mul(byte(a), hn::ShiftRight<24>(hn::ShiftLeft<24>(weights))));
  sums = hn::Add(
      sums, hn::Mul(byte(hn::ShiftRight<8>(a)), hn::ShiftRight<24>(hn::ShiftLeft<16>(weights))));
  sums = hn::Add(
      sums, hn::Mul(byte(hn::ShiftRight<16>(a)), hn::ShiftRight<24>(hn::ShiftLeft<8>(weights))));
  return hn::Add(sums, hn::Mul(byte(hn::ShiftRight<24>(a)), hn::ShiftRight<24>(weights)));
#endif
}

#include "encoder/int8_product-inl.h"

}  // namespace generic

float quantise_weight_row(const float* row, std::size_t depth, std::int8_t* out) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVec largest = hn::Zero(d);
  for (std::size_t i = 0; i < depth; i += lanes) {
    largest = hn::Max(largest, hn::Abs(hn::LoadU(d, row + i)));
  }
  const float range = hn::GetLane(hn::MaxOfLanes(d, largest));
  const FloatVec inverse = hn::Set(d, range > 0.0f ? 127.0f / range : 0.0f);
  const hn::Rebind<std::int8_t, FloatTag> d8;
  for (std::size_t i = 0; i < depth; i += lanes) {
    const IntVec q = hn::NearestInt(hn::Mul(hn::LoadU(d, row + i), inverse));
    hn::StoreU(hn::DemoteTo(d8, q), d8, out + i);
  }
  return range / 127.0f;
}

void quantise_activation_rows(const float* in, std::size_t rows, std::size_t depth,
                              std::uint8_t* values, float* scale, float* minimum) {
  const FloatTag d;
  const hn::Rebind<std::uint8_t, FloatTag> d8;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t r = 0; r < rows; ++r, in += depth, values += depth) {
    FloatVec low = hn::LoadU(d, in);
    FloatVec high = low;
    for (std::size_t i = lanes; i < depth; i += lanes) {
      const FloatVec v = hn::LoadU(d, in + i);
      low = hn::Min(low, v);
      high = hn::Max(high, v);
    }
    minimum[r] = hn::GetLane(hn::MinOfLanes(d, low));
    const float range = hn::GetLane(hn::MaxOfLanes(d, high)) - minimum[r];
    scale[r] = range / 255.0f;
    const FloatVec inverse = hn::Set(d, range > 0.0f ? 255.0f / range : 0.0f);
    const FloatVec base = hn::Set(d, minimum[r]);
    for (std::size_t i = 0; i < depth; i += lanes) {
      const FloatVec v = hn::Mul(hn::Sub(hn::LoadU(d, in + i), base), inverse);
      hn::StoreU(hn::DemoteTo(d8, hn::NearestInt(v)), d8, values + i);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace spotisearch
HWY_AFTER_NAMESPACE();

// Highway 1.0 has no target with AVX-512 VNNI, so the product gets a copy of its own.
#if HWY_TARGET == HWY_AVX3
HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR ",avx512vnni")
namespace spotisearch {
namespace HWY_NAMESPACE {
namespace vnni {

HWY_INLINE IntVec dot4(IntVec sums, IntVec activations, IntVec weights) {
  // GCC 12 copies the sums around the intrinsic, which costs half of the speed.
  asm("vpdpbusd %2, %1, %0" : "+v"(sums.raw) : "v"(activations.raw), "v"(weights.raw));
  return sums;
}

#include "encoder/int8_product-inl.h"

}  // namespace vnni
}  // namespace HWY_NAMESPACE
}  // namespace spotisearch
HWY_POP_ATTRIBUTES
#endif

HWY_BEFORE_NAMESPACE();
namespace spotisearch {
namespace HWY_NAMESPACE {

bool use_vnni() {
#if HWY_TARGET == HWY_AVX3
  static const bool supported = __builtin_cpu_supports("avx512vnni") != 0;
  return supported;
#else
  return false;
#endif
}

void dispatch_int8_product(const Int8Panels& weights, const Int8Rows& rows,
                           const ProductTask& task) {
#if HWY_TARGET == HWY_AVX3
  if (use_vnni()) return vnni::int8_product(weights, rows, task);
#endif
  generic::int8_product(weights, rows, task);
}

const char* target_name() { return use_vnni() ? "AVX3+VNNI" : hwy::TargetName(HWY_TARGET); }

}  // namespace HWY_NAMESPACE
}  // namespace spotisearch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spotisearch {

HWY_EXPORT(dispatch_int8_product);
HWY_EXPORT(quantise_weight_row);
HWY_EXPORT(quantise_activation_rows);
HWY_EXPORT(target_name);

void multiply_int8(const Int8Panels& weights, const Int8Rows& rows, const ProductTask& task) {
  HWY_DYNAMIC_DISPATCH(dispatch_int8_product)(weights, rows, task);
}

float quantise_weights(const float* row, std::size_t depth, std::int8_t* out) {
  return HWY_DYNAMIC_DISPATCH(quantise_weight_row)(row, depth, out);
}

void quantise_rows(const float* in, std::size_t rows, std::size_t depth, std::uint8_t* values,
                   float* scale, float* minimum) {
  HWY_DYNAMIC_DISPATCH(quantise_activation_rows)(in, rows, depth, values, scale, minimum);
}

const char* kernel_target() { return HWY_DYNAMIC_DISPATCH(target_name)(); }

}  // namespace spotisearch
#endif

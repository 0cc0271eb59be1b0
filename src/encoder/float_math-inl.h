// Vector functions shared by the kernels; included once per instruction set.
#if defined(SPOTISEARCH_ENCODER_FLOAT_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SPOTISEARCH_ENCODER_FLOAT_MATH_INL_H_
#undef SPOTISEARCH_ENCODER_FLOAT_MATH_INL_H_
#else
#define SPOTISEARCH_ENCODER_FLOAT_MATH_INL_H_
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace spotisearch {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::ScalableTag<float>;
using FloatVec = hn::Vec<FloatTag>;
using IntTag = hn::RebindToSigned<FloatTag>;
using IntVec = hn::Vec<IntTag>;

// Rows that one tile of a product covers: two vectors of accumulators each, within the registers.
#if HWY_TARGET == HWY_AVX3
constexpr std::size_t kTileRows = 12;
#else
constexpr std::size_t kTileRows = 6;
#endif

// x * Phi(x) with the normal distribution function as 1/2 + x * p(2 x^2 / 25 - 1) on [-5, 5], a
// Chebyshev fit of degree 13; the absolute error of the result is below 1e-6.
HWY_INLINE FloatVec gelu(FloatVec x) {
  constexpr float kCoefficients[] = {
      -3.030418901e-04f, 7.353763888e-04f,  -6.918448357e-04f, 1.374596151e-03f,  -3.758024408e-03f,
      6.766527505e-03f,  -1.056846030e-02f, 1.623608981e-02f,  -2.342857212e-02f, 3.147675865e-02f,
      -4.042435192e-02f, 5.151792974e-02f,  -7.029687067e-02f, 1.413638185e-01f};
  const FloatTag d;
  const FloatVec c = hn::Min(hn::Max(x, hn::Set(d, -5.0f)), hn::Set(d, 5.0f));
  const FloatVec t = hn::MulAdd(hn::Mul(c, c), hn::Set(d, 0.08f), hn::Set(d, -1.0f));
  FloatVec p = hn::Set(d, kCoefficients[0]);
#pragma GCC unroll 16
  for (std::size_t i = 1; i < 14; ++i) p = hn::MulAdd(p, t, hn::Set(d, kCoefficients[i]));
  return hn::Mul(x, hn::MulAdd(c, p, hn::Set(d, 0.5f)));
}

// e^x for x <= 0, relative error below 3e-7; below -87 the result is about 1e-38.
HWY_INLINE FloatVec exp_of_negative(FloatVec x) {
  const FloatTag d;
  const IntTag di;
  x = hn::Max(x, hn::Set(d, -87.0f));
  const FloatVec n = hn::Round(hn::Mul(x, hn::Set(d, 1.44269504f)));
  FloatVec r = hn::NegMulAdd(n, hn::Set(d, 0.693359375f), x);
  r = hn::NegMulAdd(n, hn::Set(d, -2.12194440e-4f), r);
  FloatVec p = hn::Set(d, 1.9875691500e-4f);
  p = hn::MulAdd(p, r, hn::Set(d, 1.3981999507e-3f));
  p = hn::MulAdd(p, r, hn::Set(d, 8.3334519073e-3f));
  p = hn::MulAdd(p, r, hn::Set(d, 4.1665795894e-2f));
  p = hn::MulAdd(p, r, hn::Set(d, 1.6666665459e-1f));
  p = hn::MulAdd(p, r, hn::Set(d, 5.0000001201e-1f));
  p = hn::Add(hn::MulAdd(hn::Mul(r, r), p, r), hn::Set(d, 1.0f));
  const IntVec exponent = hn::ShiftLeft<23>(hn::Add(hn::ConvertTo(di, n), hn::Set(di, 127)));
  return hn::Mul(p, hn::BitCast(d, exponent));
}

}  // namespace HWY_NAMESPACE
}  // namespace spotisearch
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard

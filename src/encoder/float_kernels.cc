#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "encoder/float_kernels.cc"
#include <hwy/foreach_target.h>
// After foreach_target.h:
#include <hwy/highway.h>

#include <cmath>

#include "encoder/float_math-inl.h"
#include "encoder/float_tile-inl.h"
#include "encoder/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace spotisearch {
namespace HWY_NAMESPACE {

void float_product(const FloatPanels& weights, const float* rows, const ProductTask& task) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t blocks = (task.rows + kTileRows - 1) / kTileRows;
  for (std::size_t column = task.panel_begin * kPanelColumns;
       column < task.panel_end * kPanelColumns; column += 2 * lanes) {
    const std::size_t panel = column / kPanelColumns * kPanelColumns;
    const float* b = weights.values + panel * weights.depth + (column - panel);
    const FloatVec bias[2] = {hn::LoadU(d, weights.bias + column),
                              hn::LoadU(d, weights.bias + column + lanes)};
    for (std::size_t block = 0; block < blocks; ++block) {
      const std::size_t row = task.rows * block / blocks;
      const std::size_t end = task.rows * (block + 1) / blocks;
      float* out = task.out + row * task.out_stride + column;
      const TileInput in{rows + row * weights.depth, weights.depth, b, kPanelColumns,
                         weights.depth};
      float_rows<kTileRows>(end - row, in,
                            [&](std::size_t r, std::size_t v, FloatVec sum) HWY_ATTR {
                              FloatVec y = hn::Add(sum, bias[v]);
                              if (task.activation == Activation::kGelu) y = gelu(y);
                              hn::StoreU(y, d, out + r * task.out_stride + v * lanes);
                            });
    }
  }
}

void add_and_normalise(float* x, const float* residual, std::size_t rows, std::size_t width,
                       const LayerNormWeights& weights) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t r = 0; r < rows; ++r, x += width, residual += width) {
    FloatVec sum = hn::Zero(d);
    for (std::size_t i = 0; i < width; i += lanes) {
      const FloatVec v = hn::Add(hn::LoadU(d, x + i), hn::LoadU(d, residual + i));
      hn::StoreU(v, d, x + i);
      sum = hn::Add(sum, v);
    }
    const float mean = hn::GetLane(hn::SumOfLanes(d, sum)) / static_cast<float>(width);
    const FloatVec mean_v = hn::Set(d, mean);
    FloatVec squares = hn::Zero(d);
    for (std::size_t i = 0; i < width; i += lanes) {
      const FloatVec v = hn::Sub(hn::LoadU(d, x + i), mean_v);
      squares = hn::MulAdd(v, v, squares);
    }
    const float variance = hn::GetLane(hn::SumOfLanes(d, squares)) / static_cast<float>(width);
    const FloatVec inverse = hn::Set(d, 1.0f / std::sqrt(variance + weights.epsilon));
    for (std::size_t i = 0; i < width; i += lanes) {
      const FloatVec v = hn::Mul(hn::Sub(hn::LoadU(d, x + i), mean_v), inverse);
      const FloatVec y =
          hn::MulAdd(v, hn::LoadU(d, weights.gamma + i), hn::LoadU(d, weights.beta + i));
      hn::StoreU(y, d, x + i);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace spotisearch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spotisearch {

HWY_EXPORT(float_product);
HWY_EXPORT(add_and_normalise);

void multiply_float(const FloatPanels& weights, const float* rows, const ProductTask& task) {
  HWY_DYNAMIC_DISPATCH(float_product)(weights, rows, task);
}

void add_layer_norm(float* x, const float* residual, std::size_t rows, std::size_t width,
                    const LayerNormWeights& weights) {
  HWY_DYNAMIC_DISPATCH(add_and_normalise)(x, residual, rows, width, weights);
}

}  // namespace spotisearch
#endif

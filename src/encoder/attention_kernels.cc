#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "encoder/attention_kernels.cc"
#include <hwy/foreach_target.h>
// After foreach_target.h:
#include <hwy/highway.h>

#include <algorithm>

#include "encoder/float_math-inl.h"
#include "encoder/float_tile-inl.h"
#include "encoder/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace spotisearch {
namespace HWY_NAMESPACE {

// Turns scores [width] into e^(score - largest); returns one over their sum.
HWY_INLINE float exponentiate(float* scores, std::size_t width) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  FloatVec largest = hn::LoadU(d, scores);
  for (std::size_t i = lanes; i < width; i += lanes) {
    largest = hn::Max(largest, hn::LoadU(d, scores + i));
  }
  largest = hn::MaxOfLanes(d, largest);
  FloatVec sum = hn::Zero(d);
  for (std::size_t i = 0; i < width; i += lanes) {
    const FloatVec e = exp_of_negative(hn::Sub(hn::LoadU(d, scores + i), largest));
    hn::StoreU(e, d, scores + i);
    sum = hn::Add(sum, e);
  }
  return 1.0f / hn::GetLane(hn::SumOfLanes(d, sum));
}

// Keys [length x head_size] to columns [head_size x width], padded with zeros.
HWY_INLINE void transpose_keys(const AttentionTask& task, std::size_t width, float* columns) {
  const float* key = task.query + task.key_offset;
  for (std::size_t j = 0; j < task.length; ++j, key += task.stride) {
    for (std::size_t i = 0; i < task.head_size; ++i) columns[i * width + j] = key[i];
  }
  for (std::size_t i = 0; i < task.head_size; ++i) {
    std::fill(columns + i * width + task.length, columns + (i + 1) * width, 0.0f);
  }
}

void attend_head(const AttentionTask& task, float* scratch) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t width = hwy::RoundUpTo(task.length, 2 * lanes);
  float* columns = scratch;
  float* scores = columns + task.head_size * width;
  transpose_keys(task, width, columns);
  const std::size_t blocks = (task.length + kTileRows - 1) / kTileRows;
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t row = task.length * block / blocks;
    const std::size_t rows = task.length * (block + 1) / blocks - row;
    for (std::size_t j = 0; j < width; j += 2 * lanes) {
      const TileInput in{task.query + row * task.stride, task.stride, columns + j, width,
                         task.head_size};
      float_rows<kTileRows>(rows, in, [&](std::size_t r, std::size_t v, FloatVec sum) HWY_ATTR {
        hn::StoreU(sum, d, scores + r * width + j + v * lanes);
      });
    }
    float inverse[kTileRows];
    for (std::size_t r = 0; r < rows; ++r) {
      std::fill(scores + r * width + task.length, scores + (r + 1) * width, -1e30f);
      inverse[r] = exponentiate(scores + r * width, width);
    }
    for (std::size_t c = 0; c < task.head_size; c += 2 * lanes) {
      const TileInput in{scores, width, task.query + task.value_offset + c, task.stride,
                         task.length};
      float* out = task.out + row * task.out_stride + c;
      float_rows<kTileRows>(rows, in, [&](std::size_t r, std::size_t v, FloatVec sum) HWY_ATTR {
        hn::StoreU(hn::Mul(sum, hn::Set(d, inverse[r])), d, out + r * task.out_stride + v * lanes);
      });
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace spotisearch
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spotisearch {

HWY_EXPORT(attend_head);

std::size_t attention_scratch(std::size_t length, std::size_t head_size) {
  constexpr std::size_t kMostTileRows = 12;
  return (head_size + kMostTileRows) * ((length + 31) / 32 * 32);
}

void attend(const AttentionTask& task, float* scratch) {
  HWY_DYNAMIC_DISPATCH(attend_head)(task, scratch);
}

}  // namespace spotisearch
#endif

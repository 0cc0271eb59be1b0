// The arithmetic of the encoder on raw buffers, compiled for several instruction sets and picked at
// run time. Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>

namespace spotisearch {

/// Output columns are computed in panels of this many; widths are multiples of it.
inline constexpr std::size_t kPanelColumns = 32;

enum class Activation { kNone, kGelu };

/// Rows quantised one by one: value = scale[row] * values[row][i] + minimum[row].
struct Int8Rows {
  const std::uint8_t* values;  ///< [rows x depth]
  const float* scale;          ///< [rows]
  const float* minimum;        ///< [rows]
};

/// A packed int8 weight matrix [columns x depth] with its bias; values are
/// [columns / 32][depth / 4][32][4], scale is per output column and `offset` is the scaled sum of
/// a column's weights (what a row's minimum is multiplied by).
struct Int8Panels {
  const std::int8_t* values;
  const float* scale;   ///< [columns]
  const float* offset;  ///< [columns]
  const float* bias;    ///< [columns]
  std::size_t depth;    ///< A multiple of 4.
};

/// A packed float weight matrix: values are [columns / 32][depth][32].
struct FloatPanels {
  const float* values;
  const float* bias;  ///< [columns]
  std::size_t depth;
};

/// The part of a product that one call computes: all `rows`, the panels [panel_begin, panel_end),
/// written to out [rows x stride].
struct ProductTask {
  std::size_t rows;
  std::size_t panel_begin;
  std::size_t panel_end;
  Activation activation;
  float* out;
  std::size_t out_stride;
};

/// out = activation(rows x weights^T + bias).
void multiply_int8(const Int8Panels& weights, const Int8Rows& rows, const ProductTask& task);
/// The same on floats; `rows` is [task.rows x weights.depth].
void multiply_float(const FloatPanels& weights, const float* rows, const ProductTask& task);

/// Quantises one weight row [depth] to int8 with one scale; returns the scale.
float quantise_weights(const float* row, std::size_t depth, std::int8_t* out);

/// Quantises activation rows [rows x depth] to uint8 over each row's own range.
void quantise_rows(const float* in, std::size_t rows, std::size_t depth, std::uint8_t* values,
                   float* scale, float* minimum);

/// Layer norm's learnt parameters, each [width].
struct LayerNormWeights {
  const float* gamma;
  const float* beta;
  float epsilon;
};

/// x = layer_norm(x + residual), both [rows x width].
void add_layer_norm(float* x, const float* residual, std::size_t rows, std::size_t width,
                    const LayerNormWeights& weights);

/// One attention head over one sequence. `query` points at the head's first query number; keys and
/// values stand `key_offset` and `value_offset` numbers further on; rows are `stride` apart.
/// Queries are scaled already.
struct AttentionTask {
  const float* query;
  std::size_t key_offset;
  std::size_t value_offset;
  std::size_t stride;
  std::size_t length;     ///< tokens
  std::size_t head_size;  ///< A multiple of 32.
  float* out;             ///< [length x out_stride]
  std::size_t out_stride;
};

/// Floats of scratch that `attend` needs, to be 64-byte aligned.
std::size_t attention_scratch(std::size_t length, std::size_t head_size);
void attend(const AttentionTask& task, float* scratch);

/// The name of the instruction set in use, for logs and benchmarks ("AVX3+VNNI").
const char* kernel_target();

}  // namespace spotisearch

// A linear layer, packed for the kernels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "encoder/aligned_buffer.h"
#include "encoder/encoder_options.h"
#include "encoder/kernels.h"
#include "vectors/safetensors.h"

namespace spotisearch {

/// out = activation(in x weights^T + bias), in float or with weights and inputs in int8. Built
/// panel by panel, so that several threads can share the work; immutable from then on.
class Linear {
 public:
  /// Output columns that stand together: a checked weight [columns x depth], its bias [columns],
  /// both multiplied by `factor`. The tensors are borrowed for the packing.
  struct Part {
    const Tensor* weight;
    const Tensor* bias;
    float factor = 1.0f;
  };

  /// REQUIRES: every part has the same depth; depth and each part's columns are multiples of 32.
  Linear(Precision precision, std::vector<Part> parts);

  Precision precision() const { return precision_; }
  std::size_t depth() const { return depth_; }
  std::size_t columns() const { return columns_; }
  std::size_t panels() const { return columns_ / kPanelColumns; }

  /// Packs one panel; to be called once for each before the first product.
  void pack(std::size_t panel);

  /// Computes a part of the product. `quantised` is read in int8, `in` [rows x depth] in float.
  void multiply(const float* in, const Int8Rows& quantised, const ProductTask& task) const;

 private:
  void pack_float(const float* row, std::size_t column);
  void pack_int8(const float* row, std::size_t column);

  Precision precision_;
  std::vector<Part> parts_;
  std::size_t depth_ = 0;
  std::size_t columns_ = 0;
  AlignedBuffer<float> floats_;
  AlignedBuffer<std::int8_t> bytes_;
  AlignedBuffer<float> bias_;
  AlignedBuffer<float> scale_;
  AlignedBuffer<float> offset_;
};

}  // namespace spotisearch

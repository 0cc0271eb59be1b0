#include "encoder/linear.h"

#include <cstring>
#include <utility>

namespace spotisearch {

Linear::Linear(Precision precision, std::vector<Part> parts)
    : precision_(precision), parts_(std::move(parts)) {
  depth_ = parts_.front().weight->shape[1];
  for (const Part& part : parts_) columns_ += part.weight->shape[0];
  bias_.reserve(columns_);
  if (precision_ == Precision::kFloat32) {
    floats_.reserve(columns_ * depth_);
  } else {
    bytes_.reserve(columns_ * depth_);
    scale_.reserve(columns_);
    offset_.reserve(columns_);
  }
}

void Linear::pack(std::size_t panel) {
  std::size_t first = panel * kPanelColumns;
  const Part* part = parts_.data();
  while (first >= part->weight->shape[0]) first -= part++->weight->shape[0];

  AlignedBuffer<float> row(depth_);
  for (std::size_t i = 0; i < kPanelColumns; ++i) {
    const std::size_t column = panel * kPanelColumns + i;
    part->weight->copy_floats((first + i) * depth_, {row.data(), depth_});
    for (std::size_t k = 0; k < depth_; ++k) row.data()[k] *= part->factor;
    part->bias->copy_floats(first + i, {bias_.data() + column, 1});
    bias_.data()[column] *= part->factor;
    if (precision_ == Precision::kFloat32) {
      pack_float(row.data(), column);
    } else {
      pack_int8(row.data(), column);
    }
  }
}

void Linear::pack_float(const float* row, std::size_t column) {
  float* out =
      floats_.data() + column / kPanelColumns * kPanelColumns * depth_ + column % kPanelColumns;
  for (std::size_t k = 0; k < depth_; ++k) out[k * kPanelColumns] = row[k];
}

void Linear::pack_int8(const float* row, std::size_t column) {
  AlignedBuffer<std::int8_t> quantised(depth_);
  const float scale = quantise_weights(row, depth_, quantised.data());
  std::int8_t* out =
      bytes_.data() + column / kPanelColumns * kPanelColumns * depth_ + column % kPanelColumns * 4;
  std::int32_t sum = 0;
  for (std::size_t k = 0; k < depth_; ++k) sum += quantised.data()[k];
  for (std::size_t k = 0; k < depth_; k += 4) {
    std::memcpy(out + k * kPanelColumns, quantised.data() + k, 4);
  }
  scale_.data()[column] = scale;
  offset_.data()[column] = scale * static_cast<float>(sum);
}

void Linear::multiply(const float* in, const Int8Rows& quantised, const ProductTask& task) const {
  if (precision_ == Precision::kFloat32) {
    multiply_float({floats_.data(), bias_.data(), depth_}, in, task);
  } else {
    multiply_int8({bytes_.data(), scale_.data(), offset_.data(), bias_.data(), depth_}, quantised,
                  task);
  }
}

}  // namespace spotisearch

// How an encoder computes.
#pragma once

#include <cstddef>

namespace spotisearch {

/// The arithmetic of the linear layers; everything else is float in both.
enum class Precision {
  kFloat32,  ///< As the reference.
  kInt8,     ///< Weights int8 per output column, activations uint8 per token: about 3 times faster.
};

struct EncoderOptions {
  /// kFloat32 where vectors must agree with other software's to four digits.
  Precision precision = Precision::kInt8;
  /// Threads that one call may use, the caller's included; 0 means one per core.
  std::size_t threads = 0;
};

}  // namespace spotisearch

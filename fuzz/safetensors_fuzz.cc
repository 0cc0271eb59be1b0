// Any bytes are either a valid safetensors file whose tensors can be read, or an error.
#include <cstddef>
#include <cstdint>
#include <span>

#include "vectors/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = spotisearch::SafetensorsFile::parse(std::as_bytes(std::span(data, size)));
  if (!file) return 0;
  for (const auto& [name, tensor] : file->tensors()) (void)tensor.to_floats();
  return 0;
}

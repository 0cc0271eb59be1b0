// The safetensors file format: named tensors in one file, read through a memory mapping.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"

namespace spotisearch {

/// One tensor of a file: row-major, little-endian bytes that belong to the file object.
struct Tensor {
  std::string dtype;  ///< As the file spells it: "F32", "F16", "BF16", "I64", ...
  std::vector<std::size_t> shape;
  std::span<const std::byte> bytes;

  std::size_t elements() const;
  bool holds_floats() const;  ///< F32, F16 or BF16.
  /// Copies the numbers from index `first` on. REQUIRES: holds_floats(); they are there.
  void copy_floats(std::size_t first, std::span<float> out) const;
  /// All numbers as floats. Fails with kInvalidArgument unless holds_floats().
  Result<std::vector<float>> to_floats() const;
};

/// A validated safetensors file: every tensor lies inside the file, none overlap, there are no
/// holes, and each has as many bytes as its dtype and shape say. Immutable: safe from many threads.
class SafetensorsFile {
 public:
  /// Maps and validates `path`. kNotFound, kIo, or kCorrupt with what is wrong.
  static Result<SafetensorsFile> open(const std::filesystem::path& path);

  /// Validates a file image that the caller keeps alive as long as the object and its tensors.
  static Result<SafetensorsFile> parse(std::span<const std::byte> image);

  const std::map<std::string, Tensor, std::less<>>& tensors() const { return tensors_; }
  const std::map<std::string, std::string, std::less<>>& metadata() const { return metadata_; }

  /// The tensor of that name, or nullptr.
  const Tensor* find(std::string_view name) const;

 private:
  MappedFile file_;
  std::map<std::string, Tensor, std::less<>> tensors_;
  std::map<std::string, std::string, std::less<>> metadata_;
};

/// A float tensor to be written; `values` is row-major and borrowed for the call.
struct TensorToWrite {
  std::string name;
  std::vector<std::size_t> shape;
  std::span<const float> values;
};

/// Writes F32 tensors atomically. Fails with kInvalidArgument when a shape and the number of values
/// disagree or a name appears twice.
Status write_safetensors(const std::filesystem::path& path, std::span<const TensorToWrite> tensors,
                         const std::map<std::string, std::string>& metadata);

}  // namespace spotisearch

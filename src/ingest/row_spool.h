// Rows of floats on their way to a file whose header needs their number.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <system_error>
#include <utility>

#include "base/mapped_file.h"
#include "base/result.h"

namespace spotisearch {

/// Rows of floats that are written before their number is known, and read back by position.
class RowSpool {
 public:
  static Result<RowSpool> create(std::filesystem::path path, std::size_t dimension) {
    RowSpool spool(std::move(path), dimension);
    if (!spool.out_) return fail(ErrorCode::kIo, "cannot create " + spool.path_.string());
    return spool;
  }
  RowSpool(RowSpool&&) noexcept = default;
  RowSpool& operator=(RowSpool&&) = delete;
  ~RowSpool() {
    if (path_.empty()) return;
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  Status append(std::span<const float> rows) {
    out_.write(reinterpret_cast<const char*>(rows.data()),
               static_cast<std::streamsize>(rows.size_bytes()));
    if (!out_) return fail(ErrorCode::kIo, "cannot write " + path_.string() + ": disk full?");
    return {};
  }

  /// Ends writing. The rows can be read while the object lives.
  Status finish() {
    out_.close();
    if (!out_) return fail(ErrorCode::kIo, "cannot write " + path_.string() + ": disk full?");
    auto mapped = MappedFile::open(path_);
    if (!mapped) return tl::unexpected(std::move(mapped).error());
    mapped_ = std::move(*mapped);
    return {};
  }

  std::span<const float> row(std::size_t position) const {
    const auto* floats = reinterpret_cast<const float*>(mapped_.bytes().data());
    return {floats + position * dimension_, dimension_};
  }

 private:
  RowSpool(std::filesystem::path path, std::size_t dimension)
      : path_(std::move(path)),
        dimension_(dimension),
        out_(path_, std::ios::binary | std::ios::trunc) {}

  std::filesystem::path path_;
  std::size_t dimension_;
  std::ofstream out_;
  MappedFile mapped_;
};

}  // namespace spotisearch

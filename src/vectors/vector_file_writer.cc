#include "vectors/vector_file_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <functional>
#include <system_error>
#include <utility>
#include <vector>

#include "vectors/checksum.h"
#include "vectors/int8_codes.h"
#include "vectors/vector_file_layout.h"

namespace spotisearch {
namespace layout = vector_file_layout;
namespace {

// The file under its temporary name; removed again unless it was renamed.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& path) : path_(path), temporary_(path) {
    temporary_ += ".new";
    fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (fd_ < 0) return;
    ::close(fd_);
    if (!renamed_) ::unlink(temporary_.c_str());
  }

  Status opened() const { return fd_ < 0 ? failure("create") : Status(); }

  Status write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failure("write");
      offset += static_cast<std::uint64_t>(written);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
  }

  Status keep(std::uint64_t size) {
    // Sets the size, too, when the last section is empty or shorter than its alignment.
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) return failure("resize");
    if (::fsync(fd_) != 0) return failure("sync");
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failure("rename");
    renamed_ = true;
    return {};
  }

 private:
  Status failure(const char* action) const {
    return fail(ErrorCode::kIo, fmt::format("cannot {} {}: {}", action, temporary_.string(),
                                            std::generic_category().message(errno)));
  }

  std::filesystem::path path_, temporary_;
  int fd_ = -1;
  bool renamed_ = false;
};

// Appends to one section and sums it up.
class SectionWriter {
 public:
  SectionWriter(NewFile& file, std::uint64_t offset) : file_(file) { entry_.offset = offset; }

  template <class T>
  Status append(std::span<const T> values) {
    auto bytes = std::as_bytes(values);
    while (!bytes.empty()) {
      const std::size_t taken = std::min(bytes.size(), kBufferSize - buffer_.size());
      buffer_.insert(buffer_.end(), bytes.begin(),
                     bytes.begin() + static_cast<std::ptrdiff_t>(taken));
      bytes = bytes.subspan(taken);
      if (buffer_.size() == kBufferSize) SPOTISEARCH_TRY(flush());
    }
    return {};
  }

  Result<layout::SectionEntry> finish() {
    SPOTISEARCH_TRY(flush());
    entry_.checksum = sum_.value();
    return entry_;
  }

 private:
  static constexpr std::size_t kBufferSize = std::size_t{1}
                                             << 20;  // a multiple of 32, see Checksum

  Status flush() {
    sum_.update(buffer_);
    SPOTISEARCH_TRY(file_.write_at(entry_.offset + entry_.size, buffer_));
    entry_.size += buffer_.size();
    buffer_.clear();
    return {};
  }

  NewFile& file_;
  layout::SectionEntry entry_;
  Checksum sum_;
  std::vector<std::byte> buffer_;
};

tl::unexpected<Error> refuse(std::string what) {
  return fail(ErrorCode::kInvalidArgument, "cannot write vectors: " + std::move(what));
}

Status check(const VectorFileContent& content) {
  if (content.dimension == 0 || content.dimension > layout::kMaxDimension) {
    return refuse(
        fmt::format("dimension {} is not in 1..{}", content.dimension, layout::kMaxDimension));
  }
  if (content.fingerprint.size() > layout::kMaxFingerprint) {
    return refuse(fmt::format("the fingerprint has {} bytes, at most {} are possible",
                              content.fingerprint.size(), layout::kMaxFingerprint));
  }
  if (content.hashes.size() != content.ids.size()) {
    return refuse(
        fmt::format("{} ids but {} text hashes", content.ids.size(), content.hashes.size()));
  }
  const auto wrong =
      std::adjacent_find(content.ids.begin(), content.ids.end(), std::greater_equal<>());
  if (wrong != content.ids.end()) {
    return refuse(fmt::format("row id {} is followed by {}; ids must ascend", wrong[0], wrong[1]));
  }
  if (!content.row && !content.ids.empty()) return refuse("no source of rows was given");
  return {};
}

// Where each section begins; known beforehand, so that vectors and codes are written in one pass.
std::array<std::uint64_t, layout::kSectionCount> offsets(const VectorFileContent& content) {
  const std::uint64_t count = content.ids.size();
  const std::uint64_t code_bytes = content.with_codes ? padded_dimension(content.dimension) : 0;
  std::array<std::uint64_t, layout::kSectionCount> offsets{};
  offsets[layout::kIds] = layout::aligned(sizeof(layout::Header) + content.fingerprint.size());
  offsets[layout::kHashes] = layout::aligned(offsets[layout::kIds] + 8 * count);
  offsets[layout::kMatrix] = layout::aligned(offsets[layout::kHashes] + 8 * count);
  offsets[layout::kCodes] =
      layout::aligned(offsets[layout::kMatrix] + sizeof(float) * content.dimension * count);
  offsets[layout::kScales] = layout::aligned(offsets[layout::kCodes] + code_bytes * count);
  return offsets;
}

bool all_finite(std::span<const float> row) {
  return std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); });
}

class RowsWriter {
 public:
  RowsWriter(const VectorFileContent& content, SectionWriter& matrix, SectionWriter& codes,
             SectionWriter& scales)
      : content_(content),
        matrix_(matrix),
        codes_(codes),
        scales_(scales),
        row_codes_(padded_dimension(content.dimension)) {}

  Status write(std::size_t position) {
    const std::span<const float> row = content_.row(position);
    if (row.size() != content_.dimension) {
      return refuse(fmt::format("row {} has {} numbers instead of {}", content_.ids[position],
                                row.size(), content_.dimension));
    }
    SPOTISEARCH_TRY(matrix_.append(row));
    if (!content_.with_codes) return {};
    if (!all_finite(row)) {
      return refuse(
          fmt::format("row {} holds NaN or infinity, which int8 codes cannot express; "
                      "write the file without codes",
                      content_.ids[position]));
    }
    const RowCoding coding = encode_row(row, row_codes_);
    error_ratio_ = std::max(error_ratio_, coding.error_ratio);
    SPOTISEARCH_TRY(codes_.append(std::span<const std::int8_t>(row_codes_)));
    return scales_.append(std::span<const float>(&coding.scale, 1));
  }

  float error_ratio() const { return error_ratio_; }

 private:
  const VectorFileContent& content_;
  SectionWriter &matrix_, &codes_, &scales_;
  std::vector<std::int8_t> row_codes_;
  float error_ratio_ = 0.0f;
};

}  // namespace

Status write_vector_file(const std::filesystem::path& path, const VectorFileContent& content) {
  SPOTISEARCH_TRY(check(content));
  NewFile file(path);
  SPOTISEARCH_TRY(file.opened());

  const auto begin = offsets(content);
  std::vector<SectionWriter> sections;
  for (const std::uint64_t offset : begin) sections.emplace_back(file, offset);
  SPOTISEARCH_TRY(sections[layout::kIds].append(content.ids));
  SPOTISEARCH_TRY(sections[layout::kHashes].append(content.hashes));
  RowsWriter rows(content, sections[layout::kMatrix], sections[layout::kCodes],
                  sections[layout::kScales]);
  for (std::size_t i = 0; i < content.ids.size(); ++i) SPOTISEARCH_TRY(rows.write(i));

  layout::Header header;
  header.dimension = static_cast<std::uint32_t>(content.dimension);
  header.count = content.ids.size();
  header.generation = content.generation;
  header.fingerprint_size = static_cast<std::uint32_t>(content.fingerprint.size());
  header.has_codes = content.with_codes ? 1 : 0;
  header.code_error_ratio = rows.error_ratio();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const auto entry = sections[i].finish();
    if (!entry) return tl::unexpected(entry.error());
    header.sections[i] = *entry;
  }
  const auto fingerprint = std::as_bytes(std::span(content.fingerprint));
  header.checksum = layout::header_checksum(header, fingerprint);
  SPOTISEARCH_TRY(file.write_at(0, std::as_bytes(std::span(&header, 1))));
  SPOTISEARCH_TRY(file.write_at(sizeof(header), fingerprint));
  return file.keep(begin.back() + header.sections.back().size);
}

}  // namespace spotisearch

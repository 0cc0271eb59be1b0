#include "vectors/vector_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <functional>

#include "vectors/checksum.h"
#include "vectors/int8_codes.h"
#include "vectors/vector_file_layout.h"

namespace spotisearch {
namespace layout = vector_file_layout;
namespace {

constexpr std::array<std::string_view, layout::kSectionCount> kSectionNames = {
    "row ids", "text hashes", "vectors", "codes", "scales"};

tl::unexpected<Error> corrupt(std::string_view what) {
  return fail(
      ErrorCode::kCorrupt,
      fmt::format("the vector file is damaged: {}; delete it to have it built again", what));
}

std::span<const std::byte> section_bytes(std::span<const std::byte> bytes,
                                         const layout::SectionEntry& entry) {
  return bytes.subspan(entry.offset, entry.size);
}

template <class T>
const T* section_data(std::span<const std::byte> bytes, const layout::SectionEntry& entry) {
  return reinterpret_cast<const T*>(bytes.data() + entry.offset);
}

Status check_checksum(std::span<const std::byte> bytes, const layout::Header& header,
                      layout::Section section) {
  const layout::SectionEntry& entry = header.sections[section];
  if (checksum(section_bytes(bytes, entry)) == entry.checksum) return {};
  return corrupt(fmt::format("the checksum of its {} is wrong", kSectionNames[section]));
}

// What can be said before the checksum of the header has been looked at.
Result<layout::Header> read_header(std::span<const std::byte> bytes) {
  layout::Header header;
  if (bytes.size() >= sizeof(header)) std::memcpy(&header, bytes.data(), sizeof(header));
  if (bytes.size() < sizeof(header) || header.magic != layout::kMagic) {
    return fail(ErrorCode::kInvalidArgument, "not a vector file of SpotiSearch");
  }
  if (header.version > layout::kVersion) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the vector file has format version {}, this program knows up to {}; "
                            "update the program, or delete the file to have it built again",
                            header.version, layout::kVersion));
  }
  if (header.version == 0) return corrupt("format version 0 does not exist");
  if (header.fingerprint_size > layout::kMaxFingerprint ||
      header.fingerprint_size > bytes.size() - sizeof(header)) {
    return corrupt("the fingerprint is too long");
  }
  const auto fingerprint = bytes.subspan(sizeof(header), header.fingerprint_size);
  if (layout::header_checksum(header, fingerprint) != header.checksum) {
    return corrupt("the checksum of its header is wrong");
  }
  return header;
}

Status check_section(const layout::Header& header, layout::Section section,
                     std::uint64_t bytes_per_row, std::uint64_t file_size) {
  const layout::SectionEntry& entry = header.sections[section];
  const std::string_view name = kSectionNames[section];
  if (entry.offset % layout::kAlignment != 0 || entry.offset > file_size ||
      entry.size > file_size - entry.offset) {
    return corrupt(fmt::format("its {} would end behind the end of the file", name));
  }
  // Divided, not multiplied: the product of damaged numbers may overflow.
  const bool fits = bytes_per_row == 0 ? entry.size == 0
                                       : entry.size % bytes_per_row == 0 &&
                                             entry.size / bytes_per_row == header.count;
  if (!fits)
    return corrupt(fmt::format("its {} do not have the size of {} rows", name, header.count));
  return {};
}

Status check_shape(const layout::Header& header, std::uint64_t file_size) {
  if (header.dimension == 0 || header.dimension > layout::kMaxDimension) {
    return corrupt(fmt::format("{} is no possible dimension", header.dimension));
  }
  if (header.has_codes > 1) return corrupt("unknown kind of codes");
  if (!(header.code_error_ratio >= 0.0f) || !std::isfinite(header.code_error_ratio)) {
    return corrupt("the error of its codes is no number");
  }
  const std::uint64_t dimension = header.dimension;
  const std::uint64_t code_bytes = header.has_codes ? padded_dimension(header.dimension) : 0;
  const std::array<std::uint64_t, layout::kSectionCount> bytes_per_row = {
      8, 8, dimension * sizeof(float), code_bytes, header.has_codes * sizeof(float)};
  for (std::size_t i = 0; i < layout::kSectionCount; ++i) {
    SPOTISEARCH_TRY(
        check_section(header, static_cast<layout::Section>(i), bytes_per_row[i], file_size));
  }
  return {};
}

}  // namespace

std::uint64_t layout::header_checksum(const Header& header,
                                      std::span<const std::byte> fingerprint) {
  Header unsigned_header = header;
  unsigned_header.checksum = 0;
  Checksum sum;
  // The header's last 16 bytes go with the fingerprint: pieces are multiples of 32 bytes.
  static_assert((sizeof(Header) - 16) % 32 == 0);
  const auto bytes = std::as_bytes(std::span(&unsigned_header, 1));
  sum.update(bytes.first(sizeof(Header) - 16));
  std::array<std::byte, 16 + kMaxFingerprint> rest{};
  const std::size_t size = std::min(fingerprint.size(), kMaxFingerprint);
  std::copy(bytes.end() - 16, bytes.end(), rest.begin());
  std::copy_n(fingerprint.begin(), size, rest.begin() + 16);
  sum.update(std::span(rest).first(16 + size));
  return sum.value();
}

Result<VectorFile> VectorFile::open(const std::filesystem::path& path) {
  auto mapped = MappedFile::open(path);
  if (!mapped) return tl::unexpected(std::move(mapped).error());
  auto file = parse(mapped->bytes());
  if (!file) return fail(path.string() + ": ", std::move(file).error());
  file->file_ = *std::move(mapped);
  return file;
}

Result<VectorFile> VectorFile::parse(std::span<const std::byte> bytes) {
  assert(reinterpret_cast<std::uintptr_t>(bytes.data()) % layout::kAlignment == 0);
  const auto header = read_header(bytes);
  if (!header) return tl::unexpected(header.error());
  SPOTISEARCH_TRY(check_shape(*header, bytes.size()));
  SPOTISEARCH_TRY(check_checksum(bytes, *header, layout::kIds));

  const auto& sections = header->sections;
  const std::size_t count = header->count, dimension = header->dimension;
  VectorFile file;
  file.bytes_ = bytes;
  file.fingerprint_ = {reinterpret_cast<const char*>(bytes.data()) + sizeof(layout::Header),
                       header->fingerprint_size};
  file.generation_ = header->generation;
  file.ids_ = {section_data<std::int64_t>(bytes, sections[layout::kIds]), count};
  file.hashes_ = {section_data<std::uint64_t>(bytes, sections[layout::kHashes]), count};
  file.matrix_ = {section_data<float>(bytes, sections[layout::kMatrix]), count, dimension};
  file.has_codes_ = header->has_codes != 0;
  file.code_error_ratio_ = header->code_error_ratio;
  if (file.has_codes_) {
    file.codes_ = {section_data<std::int8_t>(bytes, sections[layout::kCodes]), count,
                   padded_dimension(dimension)};
    file.scales_ = {section_data<float>(bytes, sections[layout::kScales]), count};
  }
  if (std::adjacent_find(file.ids_.begin(), file.ids_.end(), std::greater_equal<>()) !=
      file.ids_.end()) {
    return corrupt("its row ids are not in ascending order");
  }
  return file;
}

std::optional<std::size_t> VectorFile::position_of(std::int64_t id) const {
  const auto found = std::lower_bound(ids_.begin(), ids_.end(), id);
  if (found == ids_.end() || *found != id) return std::nullopt;
  return static_cast<std::size_t>(found - ids_.begin());
}

Status VectorFile::verify() const {
  if (bytes_.empty()) return {};
  const auto header = read_header(bytes_);
  if (!header) return tl::unexpected(header.error());
  for (std::size_t i = 0; i < layout::kSectionCount; ++i) {
    SPOTISEARCH_TRY(check_checksum(bytes_, *header, static_cast<layout::Section>(i)));
  }
  return {};
}

}  // namespace spotisearch

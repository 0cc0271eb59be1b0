// Vector files from anywhere: opening and reading one must never go outside its bytes.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>

#include "vectors/checksum.h"
#include "vectors/vector_file.h"
#include "vectors/vector_file_layout.h"

namespace layout = spotisearch::vector_file_layout;

namespace {

// Checksums stop a fuzzer at the door; this makes them right, so that what they guard is reached.
void repair_checksums(std::span<std::byte> bytes) {
  layout::Header header;
  if (bytes.size() < sizeof(header)) return;
  std::memcpy(&header, bytes.data(), sizeof(header));
  for (auto& section : header.sections) {
    if (section.offset > bytes.size() || section.size > bytes.size() - section.offset) continue;
    section.checksum = spotisearch::checksum(bytes.subspan(section.offset, section.size));
  }
  if (header.fingerprint_size > bytes.size() - sizeof(header)) return;
  header.checksum =
      layout::header_checksum(header, bytes.subspan(sizeof(header), header.fingerprint_size));
  std::memcpy(bytes.data(), &header, sizeof(header));
}

void read_everything(std::span<const std::byte> bytes) {
  const auto file = spotisearch::VectorFile::parse(bytes);
  if (!file) return;
  [[maybe_unused]] const auto intact = file->verify();
  [[maybe_unused]] volatile float sink = 0.0f;
  for (std::size_t i = 0; i < file->rows(); ++i) {
    for (const float value : file->matrix().row(i)) sink = value;
    if (!file->has_codes()) continue;
    for (const std::int8_t code : file->codes().row(i)) sink = file->scales()[i] * code;
  }
  if (file->rows() > 0 && file->position_of(file->ids().back()) != file->rows() - 1)
    __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Aligned as a mapping is, and not a byte longer than the input.
  void* memory = ::operator new (size, std::align_val_t{layout::kAlignment});
  if (size > 0) std::memcpy(memory, data, size);
  const std::span bytes(static_cast<std::byte*>(memory), size);
  read_everything(bytes);
  repair_checksums(bytes);
  read_everything(bytes);
  ::operator delete (memory, std::align_val_t{layout::kAlignment});
  return 0;
}

#include "vectors/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace spotisearch {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMaxHeader = 100'000'000;
// Deep nesting is never legal here, and stops a hostile header before it costs memory.
constexpr int kMaxDepth = 3;

static_assert(std::endian::native == std::endian::little, "the format is read as it lies");

tl::unexpected<Error> corrupt(std::string message) {
  return fail(ErrorCode::kCorrupt, "not a valid safetensors file: " + std::move(message));
}

/// Bits per element, or nothing for an unknown dtype.
std::optional<std::size_t> bits_of(std::string_view dtype) {
  struct Entry {
    std::string_view name;
    std::size_t bits;
  };
  static constexpr Entry kDtypes[] = {
      {"BOOL", 8},        {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8},
      {"I8", 8},          {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8},
      {"F8_E5M2FNUZ", 8}, {"I16", 16},    {"U16", 16},    {"F16", 16},    {"BF16", 16},
      {"I32", 32},        {"U32", 32},    {"F32", 32},    {"C64", 64},    {"F64", 64},
      {"I64", 64},        {"U64", 64}};
  for (const Entry& entry : kDtypes) {
    if (entry.name == dtype) return entry.bits;
  }
  return std::nullopt;
}

/// Parses the header, refusing duplicate keys and deep nesting.
Result<Json> parse_header(std::string_view text) {
  std::string problem;
  std::vector<std::set<std::string>> keys;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start) {
      if (depth >= kMaxDepth) problem = "the header is nested too deeply";
      keys.emplace_back();
    } else if (event == Json::parse_event_t::object_end ||
               event == Json::parse_event_t::array_end) {
      if (!keys.empty()) keys.pop_back();
    } else if (event == Json::parse_event_t::key && !keys.empty()) {
      if (!keys.back().insert(parsed.get<std::string>()).second) {
        problem = "the header names a key twice: " + parsed.get<std::string>();
      }
    }
    return problem.empty();
  };
  Json header = Json::parse(text, watch, /*allow_exceptions=*/false);
  if (!problem.empty()) return corrupt(problem);
  if (header.is_discarded() || !header.is_object()) return corrupt("the header is not JSON");
  return header;
}

/// Reads an array of non-negative integers.
std::optional<std::vector<std::size_t>> sizes_of(const Json& entry, const char* key) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_array()) return std::nullopt;
  std::vector<std::size_t> sizes;
  for (const Json& size : *found) {
    if (!size.is_number_unsigned()) return std::nullopt;
    sizes.push_back(size.get<std::size_t>());
  }
  return sizes;
}

/// The bytes that dtype and shape ask for, or nothing on overflow or a fraction of a byte.
std::optional<std::size_t> byte_size(std::size_t bits, std::span<const std::size_t> shape) {
  std::size_t total = bits;
  for (const std::size_t size : shape) {
    if (__builtin_mul_overflow(total, size, &total)) return std::nullopt;
  }
  if (total % 8 != 0) return std::nullopt;
  return total / 8;
}

Result<Tensor> read_entry(const std::string& name, const Json& entry,
                          std::span<const std::byte> buffer) {
  const auto bad = [&](std::string_view what) {
    return corrupt(fmt::format("tensor {}: {}", name, what));
  };
  if (!entry.is_object()) return bad("its entry is not an object");
  const auto dtype = entry.find("dtype");
  if (dtype == entry.end() || !dtype->is_string()) return bad("dtype is missing");
  const auto bits = bits_of(dtype->get_ref<const std::string&>());
  if (!bits) return bad("unknown dtype " + dtype->get<std::string>());
  auto shape = sizes_of(entry, "shape");
  if (!shape) return bad("shape is not a list of sizes");
  const auto offsets = sizes_of(entry, "data_offsets");
  if (!offsets || offsets->size() != 2) return bad("data_offsets is not a pair");
  const std::size_t begin = (*offsets)[0];
  const std::size_t end = (*offsets)[1];
  if (begin > end || end > buffer.size()) return bad("its bytes lie outside the file");
  if (byte_size(*bits, *shape) != end - begin) return bad("its bytes do not fit dtype and shape");
  return Tensor{dtype->get<std::string>(), std::move(*shape), buffer.subspan(begin, end - begin)};
}

Status check_cover(const std::map<std::string, Tensor, std::less<>>& tensors,
                   std::span<const std::byte> buffer) {
  std::vector<std::span<const std::byte>> parts;
  for (const auto& [name, tensor] : tensors) parts.push_back(tensor.bytes);
  std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
    return a.data() != b.data() ? a.data() < b.data() : a.size() < b.size();
  });
  const std::byte* next = buffer.data();
  for (const auto& part : parts) {
    if (part.data() < next) return corrupt("tensors overlap");
    if (part.data() > next) return corrupt("there is a hole between tensors");
    next = part.data() + part.size();
  }
  if (next != buffer.data() + buffer.size()) return corrupt("bytes follow the last tensor");
  return {};
}

float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1Fu;
  const std::uint32_t fraction = half & 0x3FFu;
  if (exponent == 0) {  // Zero and subnormals: fraction * 2^-24.
    const float value = static_cast<float>(fraction) * 0x1p-24f;
    return sign != 0 ? -value : value;
  }
  const std::uint32_t widened = exponent == 31 ? 255u : exponent + 112u;
  return std::bit_cast<float>(sign | (widened << 23) | (fraction << 13));
}

}  // namespace

std::size_t Tensor::elements() const {
  std::size_t count = 1;
  for (const std::size_t size : shape) count *= size;
  return count;
}

bool Tensor::holds_floats() const { return dtype == "F32" || dtype == "F16" || dtype == "BF16"; }

void Tensor::copy_floats(std::size_t first, std::span<float> out) const {
  assert(holds_floats() && first <= elements() && out.size() <= elements() - first);
  if (out.empty()) return;
  if (dtype == "F32") {
    std::memcpy(out.data(), bytes.data() + first * sizeof(float), out.size_bytes());
    return;
  }
  const bool brain = dtype == "BF16";
  const std::byte* source = bytes.data() + 2 * first;
  for (float& value : out) {
    std::uint16_t raw;
    std::memcpy(&raw, source, 2);
    source += 2;
    value =
        brain ? std::bit_cast<float>(static_cast<std::uint32_t>(raw) << 16) : half_to_float(raw);
  }
}

Result<std::vector<float>> Tensor::to_floats() const {
  if (!holds_floats()) {
    return fail(ErrorCode::kInvalidArgument,
                "a tensor of " + dtype + " cannot be read as floats; F32, F16 and BF16 can");
  }
  std::vector<float> floats(elements());
  copy_floats(0, floats);
  return floats;
}

Result<SafetensorsFile> SafetensorsFile::parse(std::span<const std::byte> image) {
  if (image.size() < kLengthBytes) return corrupt("it is shorter than its length field");
  std::uint64_t length;
  std::memcpy(&length, image.data(), kLengthBytes);
  if (length > kMaxHeader || length > image.size() - kLengthBytes) {
    return corrupt("the header is longer than the file or the format allows");
  }
  const auto* text = reinterpret_cast<const char*>(image.data()) + kLengthBytes;
  if (length == 0 || text[0] != '{') return corrupt("the header does not begin with {");
  const auto header = parse_header({text, static_cast<std::size_t>(length)});
  if (!header) return tl::unexpected<Error>(header.error());

  SafetensorsFile result;
  const auto buffer = image.subspan(kLengthBytes + static_cast<std::size_t>(length));
  for (const auto& [name, entry] : header->items()) {
    if (name == "__metadata__") {
      if (!entry.is_object()) return corrupt("__metadata__ is not an object");
      for (const auto& [key, value] : entry.items()) {
        if (!value.is_string()) return corrupt("__metadata__ holds more than strings");
        result.metadata_[key] = value.get<std::string>();
      }
      continue;
    }
    auto tensor = read_entry(name, entry, buffer);
    if (!tensor) return tl::unexpected<Error>(std::move(tensor).error());
    result.tensors_.emplace(name, std::move(*tensor));
  }
  SPOTISEARCH_TRY(check_cover(result.tensors_, buffer));
  return result;
}

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
  auto file = MappedFile::open(path);
  if (!file) return tl::unexpected<Error>(std::move(file).error());
  auto result = parse(file->bytes());
  if (!result) return fail(path.string() + ": ", std::move(result).error());
  result->file_ = std::move(*file);
  return result;
}

const Tensor* SafetensorsFile::find(std::string_view name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

Status write_safetensors(const std::filesystem::path& path, std::span<const TensorToWrite> tensors,
                         const std::map<std::string, std::string>& metadata) {
  Json header = Json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::size_t offset = 0;
  for (const TensorToWrite& tensor : tensors) {
    const auto size = byte_size(32, tensor.shape);
    if (size != tensor.values.size_bytes()) {
      return fail(ErrorCode::kInvalidArgument,
                  "tensor " + tensor.name + ": its shape and number of values disagree");
    }
    if (tensor.name == "__metadata__" || header.contains(tensor.name)) {
      return fail(ErrorCode::kInvalidArgument,
                  "tensor " + tensor.name + ": the name is taken, choose another");
    }
    header[tensor.name] = {
        {"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, offset + *size}}};
    offset += *size;
  }
  std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const auto length = static_cast<std::uint64_t>(text.size());
  std::string image(reinterpret_cast<const char*>(&length), kLengthBytes);
  image.reserve(kLengthBytes + text.size() + offset);
  image += text;
  for (const TensorToWrite& tensor : tensors) {
    image.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size_bytes());
  }
  return write_file_atomically(path, image);
}

}  // namespace spotisearch

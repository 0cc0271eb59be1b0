#include "vectors/checksum.h"

#include <bit>
#include <cassert>
#include <cstring>

namespace spotisearch {
namespace {

constexpr std::uint64_t kFactor = 0x9fb21c651e98df25u;  // odd: multiplying loses nothing

// A bijection of the lane for each word, so that no single damaged word can go unseen.
std::uint64_t mix(std::uint64_t lane, std::uint64_t word) {
  return std::rotl((lane ^ word) * kFactor, 29);
}

}  // namespace

void Checksum::update(std::span<const std::byte> bytes) {
  assert(size_ % 32 == 0);
  size_ += bytes.size();
  auto lanes = lanes_;
  for (; bytes.size() >= 32; bytes = bytes.subspan(32)) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), bytes.data(), sizeof(words));
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = mix(lanes[i], words[i]);
  }
  if (!bytes.empty()) {
    std::array<std::uint64_t, 4> words{};
    std::memcpy(words.data(), bytes.data(), bytes.size());
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = mix(lanes[i], words[i]);
  }
  lanes_ = lanes;
}

std::uint64_t Checksum::value() const {
  std::uint64_t sum = size_ * kFactor;
  for (const std::uint64_t lane : lanes_) sum = mix(sum, lane);
  return sum ^ (sum >> 32);
}

std::uint64_t checksum(std::span<const std::byte> bytes) {
  Checksum sum;
  sum.update(bytes);
  return sum.value();
}

}  // namespace spotisearch

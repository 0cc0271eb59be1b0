#include "vectors/checksum.h"

#include <gtest/gtest.h>

#include <vector>

namespace spotisearch {
namespace {

std::vector<std::byte> counted(std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7);
  return bytes;
}

TEST(ChecksumTest, PiecesGiveTheSumOfTheWhole) {
  const auto bytes = counted(1000);
  Checksum pieces;
  pieces.update(std::span(bytes).first(320));
  pieces.update(std::span(bytes).subspan(320));
  EXPECT_EQ(pieces.value(), checksum(bytes));
}

TEST(ChecksumTest, EveryFlippedBitIsSeen) {
  auto bytes = counted(77);
  const auto whole = checksum(bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] ^= std::byte(1 << bit % 8);
    EXPECT_NE(checksum(bytes), whole) << bit;
    bytes[bit / 8] ^= std::byte(1 << bit % 8);
  }
}

TEST(ChecksumTest, ZerosAtTheEndCount) {
  EXPECT_NE(checksum(std::vector<std::byte>(5)), checksum(std::vector<std::byte>(6)));
}

// The files of older versions of the program depend on it.
TEST(ChecksumTest, NeverChanges) { EXPECT_EQ(checksum(counted(100)), 18222053360961272610u); }

}  // namespace
}  // namespace spotisearch

#include "text/vocabulary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace spotisearch {
namespace {

// Tokens longer than this are found by find() and never by longest_prefix(): a word is at most a
// hundred code points of at most four bytes.
constexpr std::size_t kLongestPiece = 400;

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

Vocabulary::Vocabulary(std::size_t tokens, std::size_t bytes)
    : slots_(std::bit_ceil(std::max<std::size_t>(2 * tokens, 2))) {
  bytes_.reserve(bytes);
  starts_.reserve(tokens + 1);
  starts_.push_back(0);
}

std::string_view Vocabulary::token(std::int32_t id) const {
  const auto index = static_cast<std::size_t>(id);
  return std::string_view(bytes_).substr(starts_[index], starts_[index + 1] - starts_[index]);
}

const Vocabulary::Slot& Vocabulary::slot_of(std::uint64_t hash, std::string_view prefix,
                                            std::string_view rest) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.id < 0) return slot;
    if (slot.tag != tag_of(hash)) continue;
    const std::string_view found = token(slot.id);
    if (found.size() == prefix.size() + rest.size() && found.substr(0, prefix.size()) == prefix &&
        found.substr(prefix.size()) == rest) {
      return slot;
    }
  }
}

void Vocabulary::add(std::string_view token) {
  assert(2 * (size() + 1) <= slots_.size());
  const std::uint64_t hash = PrefixHash(token).value();
  auto& slot = const_cast<Slot&>(slot_of(hash, {}, token));
  slot = {tag_of(hash), static_cast<std::int32_t>(size())};
  bytes_.append(token);
  starts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  longest_ = std::max(longest_, token.size());
  fingerprint_ = (fingerprint_ ^ hash) * 0x9e3779b97f4a7c15u;
  fingerprint_ ^= fingerprint_ >> 29;
}

std::optional<std::int32_t> Vocabulary::find(std::string_view token) const {
  const Slot& slot = slot_of(PrefixHash(token).value(), {}, token);
  if (slot.id < 0) return std::nullopt;
  return slot.id;
}

Vocabulary::Match Vocabulary::longest_prefix(std::string_view prefix, std::string_view word) const {
  std::array<std::uint64_t, kLongestPiece> hashes;
  const std::size_t room = longest_ > prefix.size() ? longest_ - prefix.size() : 0;
  const std::size_t limit = std::min({word.size(), room, kLongestPiece});
  PrefixHash hash(prefix);
  for (std::size_t i = 0; i < limit; ++i) {
    hash.add(word[i]);
    hashes[i] = hash.value();
  }
  for (std::size_t length = limit; length > 0; --length) {
    const Slot& slot = slot_of(hashes[length - 1], prefix, word.substr(0, length));
    if (slot.id >= 0) return {slot.id, length};
  }
  return {};
}

}  // namespace spotisearch

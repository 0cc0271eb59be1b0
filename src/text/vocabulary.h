// The words and word pieces of a model, and the search for the longest one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spotisearch {

/// FNV-1a over bytes, open to be continued byte by byte, so that the hashes of all prefixes of a
/// word cost one pass.
class PrefixHash {
 public:
  PrefixHash() = default;
  explicit PrefixHash(std::string_view bytes) {
    for (const char c : bytes) add(c);
  }
  void add(char c) { state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u; }
  std::uint64_t value() const { return (state_ ^ (state_ >> 31)) * 0xff51afd7ed558ccdu; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325u;
};

/// An immutable map from token to id, in one open-addressing table over one run of bytes: the
/// 30,522 tokens of BERT are in place within a millisecond. Safe to read from many threads.
class Vocabulary {
 public:
  struct Match {
    std::int32_t id = -1;
    std::size_t length = 0;  ///< Bytes of the word; 0 where nothing matched.
  };

  /// An empty vocabulary with room for `tokens` tokens of `bytes` bytes together.
  Vocabulary(std::size_t tokens, std::size_t bytes);

  /// Gives `token` the next id. A token that is there already gets the new id, as in a Python dict.
  /// REQUIRES: fewer than the `tokens` of the constructor were added.
  void add(std::string_view token);

  /// Number of ids, that is one more than the largest.
  std::size_t size() const { return starts_.size() - 1; }

  std::optional<std::int32_t> find(std::string_view token) const;

  /// The longest non-empty prefix of `word` that, written after `prefix`, is a token.
  Match longest_prefix(std::string_view prefix, std::string_view word) const;

  /// Depends on every token and its id; stable across versions and machines.
  std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::int32_t id = -1;
  };

  std::string_view token(std::int32_t id) const;
  const Slot& slot_of(std::uint64_t hash, std::string_view prefix, std::string_view rest) const;

  std::string bytes_;
  std::vector<std::uint32_t> starts_;  // Token i is bytes_[starts_[i], starts_[i + 1]).
  std::vector<Slot> slots_;            // A power of two, at most half full.
  std::size_t longest_ = 0;            // Bytes of the longest token.
  std::uint64_t fingerprint_ = 0;
};

}  // namespace spotisearch

// Genres and artists in one memory-mapped file, found by any of their names.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/mapped_file.h"
#include "base/result.h"
#include "knowledge/knowledge_row.h"
#include "knowledge/text_list.h"

namespace spotisearch {

/// A GenreRow in a knowledge file. Views live as long as the KnowledgeFile.
struct GenreFacts {
  std::string_view name, family, era, description;
  std::string_view prose;  ///< what the encoder is given (prose.h)
  TextList aliases, parents, regions, moods, scenes;
};

/// An ArtistRow in a knowledge file. Views live as long as the KnowledgeFile.
struct ArtistFacts {
  std::string_view name, active, description;
  std::string_view prose;  ///< what the encoder is given (prose.h)
  TextList aliases, genres, countries, languages, voices, moods;
};

/// The bytes of a knowledge file with these rows. Where two rows share a name, the later one has
/// it.
std::string make_knowledge_file(const KnowledgeRows& rows);

/// An open knowledge file. Immutable: all methods may be called from any number of threads.
class KnowledgeFile {
 public:
  /// Maps `path` and checks all of it (a few megabytes, a millisecond). Fails with kNotFound, kIo,
  /// kCorrupt (damaged) or kInvalidArgument (no knowledge file, or made by a newer version).
  static Result<KnowledgeFile> open(const std::filesystem::path& path);

  /// The same for bytes in memory. Takes a copy.
  static Result<KnowledgeFile> parse(std::string_view bytes);

  KnowledgeFile(KnowledgeFile&&) noexcept = default;
  KnowledgeFile& operator=(KnowledgeFile&&) noexcept = default;

  /// The genre or artist that bears the name with that key (name_key.h). Some 50 nanoseconds.
  std::optional<GenreFacts> find_genre(std::string_view key) const;
  std::optional<ArtistFacts> find_artist(std::string_view key) const;

  std::size_t genres() const { return genres_.size(); }
  std::size_t artists() const { return artists_.size(); }
  /// REQUIRES: i < genres(), i < artists().
  GenreFacts genre(std::size_t i) const;
  ArtistFacts artist(std::size_t i) const;

  /// Files made of the same rows have the same; stable across machines.
  std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  KnowledgeFile() = default;
  static Result<KnowledgeFile> adopt(KnowledgeFile file);
  bool well_formed() const;
  std::optional<std::uint32_t> find(knowledge_layout::Kind kind, std::string_view key) const;
  std::string_view text(knowledge_layout::Text text) const {
    return {texts_.data() + text.offset, text.size};
  }
  TextList list(knowledge_layout::List list) const {
    return {lists_.subspan(list.begin, list.count), texts_.data()};
  }

  MappedFile mapped_;                 ///< empty after parse()
  std::unique_ptr<std::byte[]> own_;  ///< the bytes after parse(); empty after open()
  std::span<const std::byte> bytes_;
  std::span<const knowledge_layout::Genre> genres_;
  std::span<const knowledge_layout::Artist> artists_;
  std::span<const knowledge_layout::Slot> slots_;
  std::span<const knowledge_layout::Text> lists_;
  std::string_view texts_;
  std::uint64_t fingerprint_ = 0;
};

}  // namespace spotisearch

// What the program knows about music: the knowledge that ships with it, and the listener's own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge_file.h"

namespace spotisearch {

/// Knowledge files on top of one another: where several know a name, the first one is right.
/// Immutable; all methods may be called from any number of threads. Copies share the files.
class Knowledge {
 public:
  /// Knows nothing.
  Knowledge() = default;

  /// Highest first: the listener's own before what ships.
  explicit Knowledge(std::vector<KnowledgeFile> files);

  /// This knowledge with another one on top of it.
  Knowledge with_own(KnowledgeFile own) const;

  /// The genre of that name, in any spelling ("Synth-Pop").
  std::optional<GenreFacts> genre(std::string_view name) const;

  /// As genre(); where nobody knows the name, the genre that its last words name: "belgian dream
  /// pop" is dream pop, "deep filthstep" nothing.
  std::optional<GenreFacts> genre_or_kind(std::string_view name) const;

  /// The artist of that name, in any spelling ("beyonce"), nothing of it taken away.
  std::optional<ArtistFacts> artist(std::string_view name) const;

  /// By a key of artist_key(), for who tries several.
  std::optional<ArtistFacts> artist_by_key(std::string_view key) const;

  std::size_t genres() const;
  std::size_t artists() const;

  /// Names what is known: texts composed with the same knowledge are the same.
  std::string fingerprint() const;

 private:
  // Shared: engines and copies use the same mapped bytes.
  std::vector<std::shared_ptr<const KnowledgeFile>> files_;
};

}  // namespace spotisearch

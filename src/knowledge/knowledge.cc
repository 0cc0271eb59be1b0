#include "knowledge/knowledge.h"

#include <utility>

#include "base/hash.h"
#include "knowledge/name_key.h"
#include "text/normalise.h"

namespace spotisearch {

Knowledge::Knowledge(std::vector<KnowledgeFile> files) {
  for (KnowledgeFile& file : files) {
    files_.push_back(std::make_shared<const KnowledgeFile>(std::move(file)));
  }
}

Knowledge Knowledge::with_own(KnowledgeFile own) const {
  Knowledge both = *this;
  both.files_.insert(both.files_.begin(), std::make_shared<const KnowledgeFile>(std::move(own)));
  return both;
}

std::optional<GenreFacts> Knowledge::genre(std::string_view name) const {
  const std::string key = genre_key(name);
  for (std::size_t i = 0; i < files_.size(); ++i) {
    auto found = files_[i]->find_genre(key);
    if (!found) continue;
    // By an alias of its own a file may know what a higher one has under its name.
    const std::string own = i == 0 ? std::string() : genre_key(found->name);
    for (std::size_t above = 0; above < i; ++above) {
      if (auto better = files_[above]->find_genre(own)) return better;
    }
    return found;
  }
  return std::nullopt;
}

std::optional<GenreFacts> Knowledge::genre_or_kind(std::string_view name) const {
  if (auto found = genre(name)) return found;
  const std::string normalised = normalise_for_matching(name);
  std::string_view rest = normalised;
  for (;;) {
    const std::size_t space = rest.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(space + 1);
    if (auto found = genre(rest)) return found;
  }
}

std::optional<ArtistFacts> Knowledge::artist(std::string_view name) const {
  return artist_by_key(artist_key(name));
}

std::optional<ArtistFacts> Knowledge::artist_by_key(std::string_view key) const {
  for (std::size_t i = 0; i < files_.size(); ++i) {
    auto found = files_[i]->find_artist(key);
    if (!found) continue;
    const std::string own = i == 0 ? std::string() : artist_key(found->name);
    for (std::size_t above = 0; above < i; ++above) {
      if (auto better = files_[above]->find_artist(own)) return better;
    }
    return found;
  }
  return std::nullopt;
}

std::size_t Knowledge::genres() const {
  std::size_t sum = 0;
  for (const auto& file : files_) sum += file->genres();
  return sum;
}

std::size_t Knowledge::artists() const {
  std::size_t sum = 0;
  for (const auto& file : files_) sum += file->artists();
  return sum;
}

std::string Knowledge::fingerprint() const {
  std::string fingerprint;
  for (const auto& file : files_) {
    if (!fingerprint.empty()) fingerprint += '+';
    fingerprint += to_hex(file->fingerprint());
  }
  return fingerprint;
}

}  // namespace spotisearch

#include "ingest/collection_indexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "knowledge/compose_text.h"
#include "knowledge/known_text.h"
#include "mood/feature_words.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

// Items composed, encoded and written together: enough texts for the encoder to sort by length.
constexpr std::size_t kBatch = 4096;

std::string joined(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, ", "));
}

}  // namespace

ItemWords words_of(const Track& track, const Recognised& known, const FeatureScaler& scaler) {
  const auto feature_words = describe(track.features, scaler);
  ItemWords words{track.row, compose(track, feature_words, known), {}};
  words.keywords.title = track.title + " " + track.album;
  words.keywords.artists = joined(track.artists);
  words.keywords.tags = joined(track.genres) + ", " + joined(track.playlists);
  words.keywords.body = track.description;
  words.keywords.known = keyword_text(known);
  return words;
}

ItemWords words_of(const Album& album, const Recognised& known, const FeatureScaler& scaler) {
  const auto feature_words = describe(album.features, scaler);
  ItemWords words{album.row, compose(album, feature_words, known), {}};
  words.keywords.title = album.title;
  words.keywords.artists = joined(album.artists);
  words.keywords.tags = joined(album.genres) + ", " + joined(album.descriptors);
  words.keywords.body = album.description;
  words.keywords.known = keyword_text(known);
  return words;
}

Status CollectionIndexer::add(ItemWords words) {
  pending_.push_back(std::move(words));
  return pending_.size() < kBatch ? Status() : flush();
}

Status CollectionIndexer::write(const std::filesystem::path& path, const std::string& fingerprint,
                                std::int64_t generation) {
  SPOTISEARCH_TRY(flush());
  SPOTISEARCH_TRY(spool_.finish());
  return write_vector_file(path, {.dimension = dimension_,
                                  .fingerprint = fingerprint,
                                  .generation = generation,
                                  .ids = ids_,
                                  .hashes = hashes_,
                                  .row = [&](std::size_t i) { return spool_.row(i); },
                                  .with_codes = true});
}

Status CollectionIndexer::encode_changed(std::span<const std::size_t> changed,
                                         std::span<float> rows) {
  std::vector<std::vector<WeightedText>> texts;
  for (const std::size_t i : changed) texts.push_back(pending_[i].texts);
  std::vector<float> encoded(changed.size() * dimension_);
  SPOTISEARCH_TRY(encoder_.encode(texts, encoded));
  for (std::size_t n = 0; n < changed.size(); ++n) {
    std::copy_n(encoded.begin() + static_cast<std::ptrdiff_t>(n * dimension_), dimension_,
                rows.begin() + static_cast<std::ptrdiff_t>(changed[n] * dimension_));
  }
  return {};
}

/// An item's hash covers its keywords: only those of changed items can differ from what is stored,
/// unless an earlier run was interrupted.
Status CollectionIndexer::set_keywords(std::span<const std::size_t> changed) {
  const auto set = [&](std::size_t i) {
    return catalog_.set_keyword_text(collection_, pending_[i].row, pending_[i].keywords);
  };
  if (!all_keywords_ && changed.empty()) return {};
  return catalog_.transaction([&]() -> Status {
    const std::size_t count = all_keywords_ ? pending_.size() : changed.size();
    for (std::size_t i = 0; i < count; ++i) SPOTISEARCH_TRY(set(all_keywords_ ? i : changed[i]));
    return {};
  });
}

Status CollectionIndexer::flush() {
  std::vector<float> rows(pending_.size() * dimension_);
  std::vector<std::size_t> changed;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const Catalog::KeywordText& words = pending_[i].keywords;
    std::uint64_t hash = hash_of(pending_[i].texts);
    for (const auto* text :
         {&words.title, &words.artists, &words.tags, &words.body, &words.known}) {
      hash = stable_hash(*text, hash);
    }
    ids_.push_back(pending_[i].row);
    hashes_.push_back(hash);
    const auto old = previous_ == nullptr ? std::nullopt : previous_->position_of(pending_[i].row);
    if (old && previous_->hashes()[*old] == hash) {
      std::ranges::copy(previous_->matrix().row(*old),
                        rows.begin() + static_cast<std::ptrdiff_t>(i * dimension_));
    } else {
      changed.push_back(i);
    }
  }
  if (!changed.empty()) SPOTISEARCH_TRY(encode_changed(changed, rows));
  SPOTISEARCH_TRY(set_keywords(changed));
  changed_ += changed.size();
  pending_.clear();
  return spool_.append(rows);
}

}  // namespace spotisearch

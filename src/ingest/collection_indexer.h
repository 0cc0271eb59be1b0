// One collection of a library, songs or albums, to its vectors and keywords.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "ingest/row_spool.h"
#include "ingest/text_vectors.h"
#include "knowledge/recognise.h"
#include "mood/feature_scaler.h"
#include "vectors/vector_file.h"

namespace spotisearch {

/// An item's words, as the encoder and as the keyword search see them.
struct ItemWords {
  std::int64_t row = 0;
  std::vector<WeightedText> texts;
  Catalog::KeywordText keywords;
};

/// `known` is what recognise() finds of the item.
ItemWords words_of(const Track& track, const Recognised& known, const FeatureScaler& scaler);
ItemWords words_of(const Album& album, const Recognised& known, const FeatureScaler& scaler);

/// Builds the vector file of one collection, a batch of items at a time, and keeps the keywords of
/// what changed. Borrows all that it is given. One thread.
class CollectionIndexer {
 public:
  /// `previous` has the vectors of before; null: all are made anew. `spool` takes rows of
  /// `dimension`. With `all_keywords`, those of unchanged items are compared with what is stored,
  /// too.
  CollectionIndexer(Catalog& catalog, Collection collection, TextVectors& encoder,
                    std::size_t dimension, const VectorFile* previous, RowSpool spool,
                    bool all_keywords)
      : catalog_(catalog),
        collection_(collection),
        encoder_(encoder),
        dimension_(dimension),
        previous_(previous),
        spool_(std::move(spool)),
        all_keywords_(all_keywords) {}

  /// Items come in ascending order of their rows.
  Status add(ItemWords words);

  /// Writes `path`; nothing can be added afterwards.
  Status write(const std::filesystem::path& path, const std::string& fingerprint,
               std::int64_t generation);

  /// The text vector at a position. REQUIRES: write() succeeded.
  std::span<const float> vector(std::size_t position) const { return spool_.row(position); }

  std::size_t rows() const { return ids_.size(); }
  std::size_t changed() const { return changed_; }
  std::span<const std::int64_t> ids() const { return ids_; }

 private:
  Status flush();
  Status encode_changed(std::span<const std::size_t> changed, std::span<float> rows);
  Status set_keywords(std::span<const std::size_t> changed);

  Catalog& catalog_;
  Collection collection_;
  TextVectors& encoder_;
  std::size_t dimension_;
  const VectorFile* previous_;
  RowSpool spool_;
  bool all_keywords_;
  std::vector<ItemWords> pending_;
  std::vector<std::int64_t> ids_;
  std::vector<std::uint64_t> hashes_;
  std::size_t changed_ = 0;
};

}  // namespace spotisearch

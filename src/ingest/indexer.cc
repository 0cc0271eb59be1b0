#include "ingest/indexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>

#include "base/hash.h"
#include "base/mapped_file.h"
#include "index/vector_set.h"
#include "ingest/text_vectors.h"
#include "knowledge/knowledge_coverage.h"
#include "knowledge/known_text.h"
#include "knowledge/own_knowledge.h"
#include "knowledge/recognise.h"
#include "mood/feature_words.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

// Items composed, encoded and written together: enough texts for the encoder to sort by length.
constexpr std::size_t kBatch = 4096;

/// Rows of floats that are written before their number is known, and read back by position.
class RowSpool {
 public:
  static Result<RowSpool> create(fs::path path, std::size_t dimension) {
    RowSpool spool(std::move(path), dimension);
    if (!spool.out_) return fail(ErrorCode::kIo, "cannot create " + spool.path_.string());
    return spool;
  }
  RowSpool(RowSpool&&) noexcept = default;
  RowSpool& operator=(RowSpool&&) = delete;
  ~RowSpool() {
    if (path_.empty()) return;
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

  Status append(std::span<const float> rows) {
    out_.write(reinterpret_cast<const char*>(rows.data()),
               static_cast<std::streamsize>(rows.size_bytes()));
    if (!out_) return fail(ErrorCode::kIo, "cannot write " + path_.string() + ": disk full?");
    return {};
  }

  /// Ends writing. The rows can be read while the object lives.
  Status finish() {
    out_.close();
    if (!out_) return fail(ErrorCode::kIo, "cannot write " + path_.string() + ": disk full?");
    auto mapped = MappedFile::open(path_);
    if (!mapped) return tl::unexpected(std::move(mapped).error());
    mapped_ = std::move(*mapped);
    return {};
  }

  std::span<const float> row(std::size_t position) const {
    const auto* floats = reinterpret_cast<const float*>(mapped_.bytes().data());
    return {floats + position * dimension_, dimension_};
  }

 private:
  RowSpool(fs::path path, std::size_t dimension)
      : path_(std::move(path)),
        dimension_(dimension),
        out_(path_, std::ios::binary | std::ios::trunc) {}

  fs::path path_;
  std::size_t dimension_;
  std::ofstream out_;
  MappedFile mapped_;
};

/// An item's words, as the encoder and as the keyword search see them.
struct Words {
  std::int64_t row = 0;
  std::vector<WeightedText> texts;
  Catalog::KeywordText keywords;
};

std::string joined(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, ", "));
}

Words words_of(const Track& track, const Recognised& known, const FeatureScaler& scaler) {
  const auto feature_words = describe(track.features, scaler);
  Words words{track.row, compose(track, feature_words, known), {}};
  words.keywords.title = track.title + " " + track.album;
  words.keywords.artists = joined(track.artists);
  words.keywords.tags = joined(track.genres) + ", " + joined(track.playlists);
  words.keywords.body = track.description;
  words.keywords.known = keyword_text(known);
  return words;
}

Words words_of(const Album& album, const Recognised& known, const FeatureScaler& scaler) {
  const auto feature_words = describe(album.features, scaler);
  Words words{album.row, compose(album, feature_words, known), {}};
  words.keywords.title = album.title;
  words.keywords.artists = joined(album.artists);
  words.keywords.tags = joined(album.genres) + ", " + joined(album.descriptors);
  words.keywords.body = album.description;
  words.keywords.known = keyword_text(known);
  return words;
}

/// Builds the vector file of one collection, a batch of items at a time.
class CollectionIndexer {
 public:
  /// With `all_keywords`, those of unchanged items are compared with what is stored, too.
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
  Status add(Words words) {
    pending_.push_back(std::move(words));
    return pending_.size() < kBatch ? Status() : flush();
  }

  Status flush();

  /// Writes `path`; nothing can be added afterwards.
  Status write(const fs::path& path, const std::string& fingerprint, std::int64_t generation) {
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

  /// The text vector at a position. REQUIRES: write() succeeded.
  std::span<const float> vector(std::size_t position) const { return spool_.row(position); }

  std::size_t rows() const { return ids_.size(); }
  std::size_t changed() const { return changed_; }
  std::span<const std::int64_t> ids() const { return ids_; }

 private:
  Status encode_changed(std::span<const std::size_t> changed, std::span<float> rows);
  Status set_keywords(std::span<const std::size_t> changed);

  Catalog& catalog_;
  Collection collection_;
  TextVectors& encoder_;
  std::size_t dimension_;
  const VectorFile* previous_;
  RowSpool spool_;
  bool all_keywords_;
  std::vector<Words> pending_;
  std::vector<std::int64_t> ids_;
  std::vector<std::uint64_t> hashes_;
  std::size_t changed_ = 0;
};

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

/// The genres, descriptors and moods of the library, each with its vector, for reasons. Those that
/// `previous` has (null: none) are copied; the number of those that were not.
Result<std::size_t> write_terms(const fs::path& path, const std::set<std::string>& terms,
                                const TextEncoder& encoder, const VectorFile* previous,
                                std::int64_t generation) {
  const std::size_t dimension = encoder.dimension();
  std::vector<std::string> unknown;
  std::vector<std::pair<std::int64_t, std::size_t>> order;  ///< id, row of `vectors`
  std::vector<float> copied;
  for (const std::string& term : terms) {
    const auto id = std::bit_cast<std::int64_t>(stable_hash(term));
    const auto known = previous == nullptr ? std::nullopt : previous->position_of(id);
    if (!known) {
      unknown.push_back(term);
      continue;
    }
    order.emplace_back(id, order.size());
    const auto row = previous->matrix().row(*known);
    copied.insert(copied.end(), row.begin(), row.end());
  }
  for (const std::string& term : unknown) {
    order.emplace_back(std::bit_cast<std::int64_t>(stable_hash(term)), order.size());
  }
  std::vector<float> vectors = std::move(copied);
  const std::size_t encoded_from = vectors.size();
  vectors.resize(order.size() * dimension);
  SPOTISEARCH_TRY(encoder.encode(unknown, std::span(vectors).subspan(encoded_from)));
  std::ranges::sort(order);
  const auto same_id = [](const auto& a, const auto& b) { return a.first == b.first; };
  order.erase(std::ranges::unique(order, same_id).begin(), order.end());
  std::vector<std::int64_t> ids;
  for (const auto& [id, i] : order) ids.push_back(id);
  const std::vector<std::uint64_t> no_hashes(ids.size());
  SPOTISEARCH_TRY(write_vector_file(path, {.dimension = dimension,
                                           .fingerprint = encoder.fingerprint(),
                                           .generation = generation,
                                           .ids = ids,
                                           .hashes = no_hashes,
                                           .row = [&](std::size_t i) {
                                             return std::span<const float>(vectors).subspan(
                                                 order[i].second * dimension, dimension);
                                           }}));
  return unknown.size();
}

/// Writes a song's row of the features file: twelve means, then twelve spreads. What the source has
/// has the spread 0; what it lacks is predicted from the text vector, or stays missing.
class FeatureRows {
 public:
  FeatureRows(const FeatureScaler& scaler, const MoodHead* head) : scaler_(scaler), head_(head) {}

  void add(const AudioFeatures& features) { measured_.push_back(scaler_.standardise(features)); }

  /// Holds until the next call.
  std::span<const float> row(std::size_t position, std::span<const float> text_vector) {
    const auto& measured = measured_[position];
    std::ranges::copy(measured, row_.begin());
    std::fill(row_.begin() + kFeatureCount, row_.end(), 0.0F);
    const auto missing = [](float value) { return std::isnan(value); };
    if (head_ == nullptr || std::ranges::none_of(measured, missing)) return row_;
    const MoodPrediction predicted = head_->predict(text_vector);
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      if (!missing(measured[i])) continue;
      row_[i] = predicted.mean[i];
      row_[kFeatureCount + i] = predicted.spread[i];
    }
    ++estimated_;
    return row_;
  }

  /// Songs with a predicted feature, of those whose row was asked for.
  std::int64_t estimated() const { return estimated_; }

 private:
  const FeatureScaler& scaler_;
  const MoodHead* head_;
  std::vector<std::array<float, kFeatureCount>> measured_;
  std::array<float, kFeatureColumns> row_{};
  std::int64_t estimated_ = 0;
};

/// Names everything that vectors and keywords depend on beside the library and the encoder.
std::string sources_of(const Knowledge& knowledge, const MoodHead* song_features) {
  return fmt::format("knowledge {}, features {}", knowledge.fingerprint(),
                     song_features == nullptr ? "none" : song_features->fingerprint());
}

constexpr std::string_view kSourcesSetting = "indexed_with";
constexpr std::string_view kInterrupted = "interrupted";

/// What ships, with the library's own rows on top.
Result<Knowledge> knowledge_in_force(const IndexModels& models, const fs::path& folder) {
  return knowledge_of_library(models.knowledge == nullptr ? Knowledge() : *models.knowledge,
                              folder);
}

/// See needs_indexing().
Result<bool> out_of_date(const Catalog& catalog, const fs::path& folder, const IndexModels& models,
                         const Knowledge& knowledge) {
  auto generation = catalog.generation();
  if (!generation) return tl::unexpected(std::move(generation).error());
  const auto set = open_vector_set(folder);
  if (!set) return true;
  auto sources = catalog.setting(kSourcesSetting);
  if (!sources) return tl::unexpected(std::move(sources).error());
  return set->tracks->generation() != *generation ||
         set->tracks->fingerprint() != vector_fingerprint(models.encoder.fingerprint()) ||
         set->features->fingerprint() != models.scaler.fingerprint() ||
         set->features->dimension() != kFeatureColumns ||
         *sources != sources_of(knowledge, models.song_features);
}

/// One run of index_library().
class Indexing {
 public:
  Indexing(Catalog& catalog, const fs::path& folder, const IndexModels& models,
           const IndexOptions& options)
      : catalog_(catalog),
        folder_(folder),
        models_(models),
        encoder_(models.encoder),
        scaler_(models.scaler),
        options_(options),
        fingerprint_(vector_fingerprint(encoder_.fingerprint())),
        text_vectors_(encoder_) {}

  Result<IndexReport> run();

 private:
  Status index_tracks(const VectorPaths& paths);
  Status index_albums(const VectorPaths& paths);
  Status begin_writing();
  Status record_sources();
  Result<CollectionIndexer> indexer(Collection collection, const VectorFile* previous);
  void count(const Recognised& known);
  void tell_progress() {
    if (options_.progress) options_.progress(done_, total_);
  }
  template <class Terms>
  void add_terms(const Terms& terms) {
    for (const auto& term : terms) terms_.emplace(term);
  }
  void add_terms(const Recognised& known) {
    for (const ArtistFacts& artist : known.artists) add_terms(artist.moods);
    for (const GenreFacts& genre : known.genres) add_terms(genre.moods);
  }

  Catalog& catalog_;
  const fs::path& folder_;
  const IndexModels& models_;
  const TextEncoder& encoder_;
  const FeatureScaler& scaler_;
  Knowledge knowledge_;
  const IndexOptions& options_;
  std::string fingerprint_;
  TextVectors text_vectors_;
  VectorSet previous_;
  std::int64_t generation_ = 0;
  std::set<std::string> terms_;
  KnowledgeCoverage coverage_;
  bool interrupted_ = false;  ///< an earlier run began to write and did not come to its end
  std::size_t done_ = 0;
  std::size_t total_ = 0;
  IndexReport report_;
};

void Indexing::count(const Recognised& known) {
  const bool artist = !known.artists.empty();
  const bool genre = known.own_genres > 0;
  coverage_.known_artist += artist;
  coverage_.known_genre += genre;
  coverage_.known_neither += !artist && !genre;
}

Result<CollectionIndexer> Indexing::indexer(Collection collection, const VectorFile* previous) {
  const char* const name = collection == Collection::kTracks ? "tracks.rows" : "albums.rows";
  auto spool = RowSpool::create(folder_ / "vectors" / name, encoder_.dimension());
  if (!spool) return tl::unexpected(std::move(spool).error());
  return CollectionIndexer(catalog_, collection, text_vectors_, encoder_.dimension(), previous,
                           std::move(*spool), interrupted_);
}

Status Indexing::index_tracks(const VectorPaths& paths) {
  auto indexer = this->indexer(Collection::kTracks, previous_.tracks.get());
  SPOTISEARCH_TRY(indexer);
  FeatureRows features(scaler_, models_.song_features);
  SPOTISEARCH_TRY(catalog_.for_each_track(0, [&](const Track& track) -> Status {
    const Recognised known = recognise(track, knowledge_);
    features.add(track.features);
    count(known);
    add_terms(track.genres);
    add_terms(known);
    if (++done_ % kBatch == 0) tell_progress();
    return indexer->add(words_of(track, known, scaler_));
  }));
  SPOTISEARCH_TRY(indexer->write(paths.tracks, fingerprint_, generation_));
  auto identity = catalog_.match_hashes(indexer->ids());
  SPOTISEARCH_TRY(identity);
  report_.tracks = indexer->rows();
  report_.changed += indexer->changed();
  SPOTISEARCH_TRY(write_vector_file(
      paths.features,
      {.dimension = kFeatureColumns,
       .fingerprint = scaler_.fingerprint(),
       .generation = generation_,
       .ids = indexer->ids(),
       .hashes = *identity,
       .row = [&](std::size_t i) { return features.row(i, indexer->vector(i)); }}));
  coverage_.estimated_features = features.estimated();
  return {};
}

Status Indexing::index_albums(const VectorPaths& paths) {
  auto indexer = this->indexer(Collection::kAlbums, previous_.albums.get());
  SPOTISEARCH_TRY(indexer);
  SPOTISEARCH_TRY(catalog_.for_each_album(0, [&](const Album& album) -> Status {
    const Recognised known = recognise(album, knowledge_);
    add_terms(album.genres);
    add_terms(album.descriptors);
    add_terms(known);
    if (++done_ % kBatch == 0) tell_progress();
    return indexer->add(words_of(album, known, scaler_));
  }));
  SPOTISEARCH_TRY(indexer->write(paths.albums, fingerprint_, generation_));
  report_.albums = indexer->rows();
  report_.changed += indexer->changed();
  return {};
}

/// From here until record_sources() the library says that it is indexed with nothing: whatever
/// interrupts the run, the next one does it over.
Status Indexing::begin_writing() {
  auto sources = catalog_.setting(kSourcesSetting);
  SPOTISEARCH_TRY(sources);
  interrupted_ = *sources == kInterrupted;
  return catalog_.set_setting(kSourcesSetting, kInterrupted);
}

Status Indexing::record_sources() {
  return catalog_.transaction([&]() -> Status {
    SPOTISEARCH_TRY(catalog_.set_setting(KnowledgeCoverage::kSetting, coverage_.to_setting()));
    return catalog_.set_setting(kSourcesSetting, sources_of(knowledge_, models_.song_features));
  });
}

Result<IndexReport> Indexing::run() {
  const auto start = std::chrono::steady_clock::now();
  auto lock = VectorWriteLock::acquire(folder_);
  if (!lock) return tl::unexpected(std::move(lock).error());
  // Under the lock, so that what another process has just added is not undone with older knowledge.
  auto knowledge = knowledge_in_force(models_, folder_);
  SPOTISEARCH_TRY(knowledge);
  knowledge_ = std::move(*knowledge);
  auto needed = out_of_date(catalog_, folder_, models_, knowledge_);
  if (!needed) return tl::unexpected(std::move(needed).error());
  // Vectors of another encoder, or unreadable ones, are no help: then all are made anew.
  if (auto set = open_vector_set(folder_); set && set->tracks->fingerprint() == fingerprint_) {
    previous_ = std::move(*set);
  }
  if (!*needed) {
    report_.tracks = previous_.tracks->rows();
    report_.albums = previous_.albums->rows();
    return report_;
  }
  auto generation = catalog_.generation();
  SPOTISEARCH_TRY(generation);
  generation_ = *generation;
  auto counts = catalog_.counts();
  SPOTISEARCH_TRY(counts);
  total_ = static_cast<std::size_t>(counts->tracks + counts->albums);
  auto sequence = current_vector_sequence(folder_);
  std::int64_t next = sequence.value_or(0) + 1;
  // Where the number in force was lost, an engine may still hold the files of a higher one: a
  // number that is used again would look to it like no change.
  while (fs::exists(vector_paths(folder_, next).tracks)) ++next;
  const VectorPaths paths = vector_paths(folder_, next);
  tell_progress();
  SPOTISEARCH_TRY(begin_writing());
  SPOTISEARCH_TRY(index_tracks(paths));
  SPOTISEARCH_TRY(index_albums(paths));
  auto terms = write_terms(paths.terms, terms_, encoder_, previous_.terms.get(), generation_);
  SPOTISEARCH_TRY(terms);
  SPOTISEARCH_TRY(publish_vector_set(folder_, next));
  SPOTISEARCH_TRY(record_sources());
  tell_progress();
  report_.texts_encoded = text_vectors_.texts_encoded() + *terms;
  report_.took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  return report_;
}

/// A head made for other vectors, or in other units, would predict nonsense.
Status check_song_features(const IndexModels& models) {
  const MoodHead* head = models.song_features;
  if (head == nullptr) return {};
  if (head->input_dimension() != models.encoder.dimension()) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the head in song_features takes vectors of {} numbers, but the text "
                            "encoder makes {}; train it with this encoder, or remove the folder",
                            head->input_dimension(), models.encoder.dimension()));
  }
  if (head->scaler().fingerprint() != models.scaler.fingerprint()) {
    return fail(ErrorCode::kInvalidArgument,
                "the head in song_features was trained with other statistics than the mood head; "
                "train it with the mood head's feature_scaler.json, or remove the folder");
  }
  return {};
}

}  // namespace

Result<IndexReport> index_library(Catalog& catalog, const fs::path& folder,
                                  const IndexModels& models, const IndexOptions& options) {
  SPOTISEARCH_TRY(check_song_features(models));
  return Indexing(catalog, folder, models, options).run();
}

Result<bool> needs_indexing(const Catalog& catalog, const fs::path& folder,
                            const IndexModels& models) {
  auto knowledge = knowledge_in_force(models, folder);
  if (!knowledge) return tl::unexpected(std::move(knowledge).error());
  return out_of_date(catalog, folder, models, *knowledge);
}

}  // namespace spotisearch

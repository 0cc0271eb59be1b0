#include "ingest/indexer.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "index/vector_set.h"
#include "ingest/collection_indexer.h"
#include "ingest/feature_rows.h"
#include "ingest/term_vectors.h"
#include "ingest/text_vectors.h"
#include "knowledge/knowledge_coverage.h"
#include "knowledge/own_knowledge.h"
#include "knowledge/recognise.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kProgressStep = 4096;  // items between two words of progress

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
    if (++done_ % kProgressStep == 0) tell_progress();
    return indexer->add(words_of(track, known, scaler_));
  }));
  SPOTISEARCH_TRY(indexer->write(paths.tracks, fingerprint_, generation_));
  auto identity = catalog_.match_hashes(indexer->ids());
  SPOTISEARCH_TRY(identity);
  report_.tracks = indexer->rows();
  report_.changed += indexer->changed();
  SPOTISEARCH_TRY(write_vector_file(
      paths.features, {.dimension = kFeatureColumns,
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
    if (++done_ % kProgressStep == 0) tell_progress();
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
  auto lock = lock_vectors(folder_);
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

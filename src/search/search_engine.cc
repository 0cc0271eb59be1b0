#include "search/search_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "knowledge/compose_text.h"
#include "knowledge/own_knowledge.h"
#include "search/catalog_pool.h"
#include "search/library_snapshot.h"
#include "search/presentation.h"
#include "search/query_style.h"
#include "search/ranking.h"
#include "search/reasons.h"
#include "search/search_weights.h"

namespace spotisearch {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::microseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
}

Status check_k(int k) {
  if (k >= 1) return {};
  return fail(ErrorCode::kInvalidArgument, "ask for at least one result (k is below 1)");
}

template <class Number>
Status check_range(const std::optional<Number>& from, const std::optional<Number>& to,
                   std::string_view name) {
  if (from && to && *from > *to) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the {} range ends before it begins ({} to {})", name, *from, *to));
  }
  return {};
}

Status check(const SearchQuery& query) {
  if (query.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(ErrorCode::kInvalidArgument, "the query is empty: describe what you want to hear");
  }
  SPOTISEARCH_TRY(check_k(query.k));
  SPOTISEARCH_TRY(check_range(query.filters.year_from, query.filters.year_to, "year"));
  return check_range(query.filters.tempo_from, query.filters.tempo_to, "tempo");
}

/// Candidates wanted from each signal: enough that the blend's best are among them, and that
/// several pressings of one song leave k different ones.
std::size_t pool_size(int k) {
  return std::max<std::size_t>(200, 10 * static_cast<std::size_t>(k));
}

template <class Item>
void note_filters(const std::optional<RowFilter>& filter, std::string_view things,
                  SearchAnswer<Item>& answer) {
  if (!filter) return;
  answer.notes.push_back(
      fmt::format("{} of {} {} pass the filters", filter->count(), filter->size(), things));
}

Result<std::optional<RowFilter>> row_filter(const Catalog& catalog, Collection collection,
                                            const Filters& filters,
                                            std::span<const std::int64_t> ids) {
  auto rows = catalog.filter(collection, filters);
  if (!rows) return tl::unexpected(std::move(rows).error());
  if (!*rows) return std::optional<RowFilter>();
  return std::optional<RowFilter>(RowFilter(ids, **rows));
}

/// Where the item with that public id stands in its vector file.
Result<std::size_t> position_of(const Catalog& catalog, Collection collection,
                                const VectorFile& vectors, std::string_view id) {
  auto row = catalog.row_of(collection, id);
  if (!row) return tl::unexpected(std::move(row).error());
  if (const auto position = vectors.position_of(*row)) return *position;
  return fail(ErrorCode::kUnavailable,
              fmt::format("{} was imported just now and is not indexed yet", id));
}

}  // namespace

struct SearchEngine::Impl {
  Impl(const std::filesystem::path& library, Models given)
      : folder(library),
        models(std::move(given)),
        catalogs(folder),
        snapshots(folder,
                  {.vectors = vector_fingerprint(models.encoder->fingerprint()),
                   .features = models.mood->scaler().fingerprint()},
                  models.knowledge == nullptr ? Knowledge() : *models.knowledge) {}

  /// What one search works with: a consistent state of the vectors, and a catalogue of its own.
  struct Session {
    Clock::time_point start;
    std::shared_ptr<const LibrarySnapshot> snapshot;
    CatalogPool::Lease catalog;

    const VectorSet& vectors() const { return snapshot->vectors; }
  };
  Result<Session> begin() const;

  Result<std::vector<float>> encode(const std::string& text) const;
  Result<std::vector<KeywordMatch>> keywords(const Catalog& catalog, Collection collection,
                                             const SearchQuery& query) const;

  std::filesystem::path folder;
  Models models;
  mutable CatalogPool catalogs;
  mutable SnapshotSource snapshots;
};

Result<SearchEngine::Impl::Session> SearchEngine::Impl::begin() const {
  const auto start = Clock::now();
  auto catalog = catalogs.borrow();
  if (!catalog) return tl::unexpected(std::move(catalog).error());
  return Session{start, snapshots.current(), std::move(*catalog)};
}

Result<std::vector<float>> SearchEngine::Impl::encode(const std::string& text) const {
  std::vector<float> vector(models.encoder->dimension());
  auto status = models.encoder->encode(std::span(&text, 1), vector);
  if (!status) return tl::unexpected(std::move(status).error());
  return vector;
}

Result<std::vector<KeywordMatch>> SearchEngine::Impl::keywords(const Catalog& catalog,
                                                               Collection collection,
                                                               const SearchQuery& query) const {
  if (query.mode != SearchMode::kKeywords && query.mode != SearchMode::kBlend) {
    return std::vector<KeywordMatch>();
  }
  const KeywordWeights weights = query.mode == SearchMode::kKeywords
                                     ? KeywordWeights{}
                                     : blend_keyword_weights(collection, list_likeness(query.text));
  return catalog.search_keywords(collection, query.text, weights, kKeywordPool);
}

SearchEngine::SearchEngine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SearchEngine::~SearchEngine() = default;

Result<std::unique_ptr<SearchEngine>> SearchEngine::open(const std::filesystem::path& folder,
                                                         Models models) {
  if (models.mood->input_dimension() != models.encoder->dimension()) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the mood head takes vectors of {} numbers, but the text encoder makes "
                            "{}; use the mood head that was trained with this encoder",
                            models.mood->input_dimension(), models.encoder->dimension()));
  }
  auto impl = std::make_unique<Impl>(folder, std::move(models));
  SPOTISEARCH_TRY(impl->catalogs.borrow());
  SPOTISEARCH_TRY(impl->snapshots.refresh());
  return std::unique_ptr<SearchEngine>(new SearchEngine(std::move(impl)));
}

Status SearchEngine::refresh() const { return impl_->snapshots.refresh(); }

Result<SearchAnswer<Track>> SearchEngine::songs(const SearchQuery& query) const {
  SPOTISEARCH_TRY(check(query));
  auto session = impl_->begin();
  SPOTISEARCH_TRY(session);
  const VectorSet& vectors = session->vectors();
  const auto ids = vectors.tracks->ids();
  auto vector = impl_->encode(query.text);
  SPOTISEARCH_TRY(vector);
  auto filter = row_filter(*session->catalog, Collection::kTracks, query.filters, ids);
  SPOTISEARCH_TRY(filter);
  auto keywords = impl_->keywords(*session->catalog, Collection::kTracks, query);
  SPOTISEARCH_TRY(keywords);

  SearchAnswer<Track> answer;
  answer.mood = impl_->models.mood->predict(*vector);
  const FeatureMatch match(*answer.mood);
  const auto candidates = rank({.mode = query.mode,
                                .text = &session->snapshot->track_index,
                                .ids = ids,
                                .query_vector = *vector,
                                .features = vectors.features.get(),
                                .match = &match,
                                .feature_weight = kFeatureWeight,
                                .keywords = *keywords,
                                .allowed = *filter ? &**filter : nullptr,
                                .pool = pool_size(query.k)});
  const auto chosen = first_distinct(candidates, vectors.features->hashes(), query.k);
  auto hits = present<Track>(*session->catalog, chosen, ids, query.text,
                             {.query_vector = *vector,
                              .mood = &*answer.mood,
                              .scaler = &impl_->models.mood->scaler(),
                              .features = vectors.features.get(),
                              .terms = vectors.terms.get(),
                              .knowledge = &session->snapshot->knowledge,
                              .usual = mean_of(candidates)});
  SPOTISEARCH_TRY(hits);
  answer.hits = std::move(*hits);
  note_filters(*filter, "songs", answer);
  answer.took = since(session->start);
  return answer;
}

Result<SearchAnswer<Album>> SearchEngine::albums(const SearchQuery& query) const {
  SPOTISEARCH_TRY(check(query));
  if (query.mode == SearchMode::kFeatures) {
    return fail(ErrorCode::kInvalidArgument,
                "albums have no mode \"features\"; use blend, text or keywords");
  }
  auto session = impl_->begin();
  SPOTISEARCH_TRY(session);
  const VectorSet& vectors = session->vectors();
  const auto ids = vectors.albums->ids();
  auto vector = impl_->encode(query.text);
  SPOTISEARCH_TRY(vector);
  auto filter = row_filter(*session->catalog, Collection::kAlbums, query.filters, ids);
  SPOTISEARCH_TRY(filter);
  auto keywords = impl_->keywords(*session->catalog, Collection::kAlbums, query);
  SPOTISEARCH_TRY(keywords);

  SearchAnswer<Album> answer;
  RankingInput input{.mode = query.mode, .text = &session->snapshot->album_index, .ids = ids};
  input.query_vector = *vector;
  input.keywords = *keywords;
  input.allowed = *filter ? &**filter : nullptr;
  input.pool = pool_size(query.k);
  const auto candidates = rank(input);
  ExplanationInput explanation{.query_vector = *vector};
  explanation.terms = vectors.terms.get();
  explanation.knowledge = &session->snapshot->knowledge;
  explanation.usual = mean_of(candidates);
  auto hits =
      present<Album>(*session->catalog, first_k(candidates, query.k), ids, query.text, explanation);
  SPOTISEARCH_TRY(hits);
  answer.hits = std::move(*hits);
  note_filters(*filter, "albums", answer);
  answer.took = since(session->start);
  return answer;
}

Result<SearchAnswer<Track>> SearchEngine::similar_songs(std::string_view id, int k) const {
  SPOTISEARCH_TRY(check_k(k));
  auto session = impl_->begin();
  SPOTISEARCH_TRY(session);
  const VectorSet& vectors = session->vectors();
  auto position = position_of(*session->catalog, Collection::kTracks, *vectors.tracks, id);
  SPOTISEARCH_TRY(position);

  const MoodPrediction mood = mood_of(vectors.features->matrix().row(*position));
  const FeatureMatch match(mood);
  RankingInput input{.text = &session->snapshot->track_index, .ids = vectors.tracks->ids()};
  input.query_vector = vectors.tracks->matrix().row(*position);
  input.features = vectors.features.get();
  input.match = &match;
  input.feature_weight = kFeatureWeight;
  input.pool = pool_size(k);
  auto candidates = rank(input);
  const auto identity = vectors.features->hashes();
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return identity[candidate.position] == identity[*position];
  });
  SearchAnswer<Track> answer;
  auto hits =
      present<Track>(*session->catalog, first_distinct(candidates, identity, k), input.ids, "",
                     {.query_vector = input.query_vector,
                      .mood = &mood,
                      .scaler = &impl_->models.mood->scaler(),
                      .features = vectors.features.get(),
                      .terms = vectors.terms.get(),
                      .knowledge = &session->snapshot->knowledge,
                      .usual = mean_of(candidates)});
  SPOTISEARCH_TRY(hits);
  answer.hits = std::move(*hits);
  answer.took = since(session->start);
  return answer;
}

Result<SearchAnswer<Album>> SearchEngine::similar_albums(std::string_view id, int k) const {
  SPOTISEARCH_TRY(check_k(k));
  auto session = impl_->begin();
  SPOTISEARCH_TRY(session);
  const VectorSet& vectors = session->vectors();
  auto position = position_of(*session->catalog, Collection::kAlbums, *vectors.albums, id);
  SPOTISEARCH_TRY(position);

  RankingInput input{.text = &session->snapshot->album_index, .ids = vectors.albums->ids()};
  input.mode = SearchMode::kText;
  input.query_vector = vectors.albums->matrix().row(*position);
  input.pool = pool_size(k);
  auto candidates = rank(input);
  std::erase_if(candidates,
                [&](const Candidate& candidate) { return candidate.position == *position; });
  SearchAnswer<Album> answer;
  ExplanationInput explanation{.query_vector = input.query_vector};
  explanation.terms = vectors.terms.get();
  explanation.knowledge = &session->snapshot->knowledge;
  explanation.usual = mean_of(candidates);
  auto hits = present<Album>(*session->catalog, first_k(candidates, k), input.ids, "", explanation);
  SPOTISEARCH_TRY(hits);
  answer.hits = std::move(*hits);
  answer.took = since(session->start);
  return answer;
}

Result<LibraryInfo> SearchEngine::info() const {
  auto session = impl_->begin();
  SPOTISEARCH_TRY(session);
  auto counts = session->catalog->counts();
  SPOTISEARCH_TRY(counts);
  LibraryInfo info;
  info.folder = impl_->folder;
  info.counts = *counts;
  auto coverage = session->catalog->setting(KnowledgeCoverage::kSetting);
  SPOTISEARCH_TRY(coverage);
  info.knowledge = KnowledgeCoverage::from_setting(*coverage);
  info.known_artists = session->snapshot->knowledge.artists();
  info.known_genres = session->snapshot->knowledge.genres();
  info.track_vectors = session->vectors().tracks->rows();
  info.album_vectors = session->vectors().albums->rows();
  info.encoder_fingerprint = impl_->models.encoder->fingerprint();
  info.encoder_dimension = impl_->models.encoder->dimension();
  std::error_code ignored;  // a size that cannot be read is shown as zero
  // Files come and go under an import: ++ would throw where increment() ends the walk.
  for (std::filesystem::recursive_directory_iterator at(info.folder, ignored), end; at != end;
       at.increment(ignored)) {
    std::error_code gone;
    const auto bytes = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    if (gone) continue;
    (at->path().extension() == ".vec" ? info.vector_bytes : info.database_bytes) += bytes;
  }
  return info;
}

}  // namespace spotisearch

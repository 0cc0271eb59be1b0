#include "catalog/catalog.h"

#include <utility>

#include "catalog/album_builder.h"
#include "catalog/album_store.h"
#include "catalog/database.h"
#include "catalog/filter.h"
#include "catalog/keyword_index.h"
#include "catalog/library_file.h"
#include "catalog/library_log.h"
#include "catalog/track_store.h"

namespace spotisearch {

struct Catalog::Impl {
  explicit Impl(std::unique_ptr<Database> opened, bool may_write)
      : database(std::move(opened)),
        writable(may_write),
        tracks(*database),
        albums(*database),
        keywords(*database),
        log(*database) {}

  Status begin();
  Status commit();
  void roll_back();
  Status run(const std::function<Status()>& work);

  /// Runs a write in the open transaction, or in one of its own. A failed write dooms the
  /// transaction, even when the caller ignores it: what it left behind is not to be kept.
  template <class Work>
  auto write(Work work) -> decltype(work());

  std::unique_ptr<Database> database;
  bool writable;
  bool in_transaction = false;
  bool changed = false;         ///< tracks or albums changed in this transaction
  std::optional<Error> doomed;  ///< why this transaction must not be committed
  TrackStore tracks;
  AlbumStore albums;
  KeywordIndex keywords;
  LibraryLog log;
};

Status Catalog::Impl::begin() {
  if (!writable) {
    return fail(ErrorCode::kInvalidArgument, "the library was opened for reading only");
  }
  // IMMEDIATE: a second writer waits here, before it has read anything that may become stale.
  SPOTISEARCH_TRY(database->execute("BEGIN IMMEDIATE"));
  in_transaction = true;
  changed = false;
  doomed.reset();
  return {};
}

Status Catalog::Impl::commit() {
  if (changed) SPOTISEARCH_TRY(log.raise_generation());
  SPOTISEARCH_TRY(database->execute("COMMIT"));
  in_transaction = false;
  return {};
}

void Catalog::Impl::roll_back() {
  // SQLite rolls back by itself after some errors, such as a full disk.
  if (database->in_transaction()) (void)database->execute("ROLLBACK");
  in_transaction = false;
  for (NameIndex* names :
       {&tracks.genres(), &tracks.artists(), &albums.genres(), &albums.artists()}) {
    names->forget();
  }
}

Status Catalog::Impl::run(const std::function<Status()>& work) {
  if (in_transaction) {
    Status done = work();
    if (!done && !doomed) doomed = done.error();
    return done;
  }
  SPOTISEARCH_TRY(begin());
  struct Guard {  // also when `work` throws
    Impl& impl;
    ~Guard() {
      if (impl.in_transaction) impl.roll_back();
    }
  } guard{*this};
  SPOTISEARCH_TRY(work());
  if (doomed) return tl::unexpected<Error>(*doomed);
  return commit();
}

template <class Work>
auto Catalog::Impl::write(Work work) -> decltype(work()) {
  using Outcome = decltype(work());
  if (in_transaction) {
    if (doomed) return tl::unexpected<Error>(*doomed);
    Outcome outcome = work();
    if (!outcome) doomed = outcome.error();
    return outcome;
  }
  Outcome outcome = fail(ErrorCode::kInternal, "the write did not run");
  const Status done = run([&]() -> Status {
    outcome = work();
    return outcome ? Status{} : Status(tl::unexpected<Error>(outcome.error()));
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return outcome;
}

Catalog::Catalog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

Result<Catalog> Catalog::open(const std::filesystem::path& folder) {
  Result<std::unique_ptr<Database>> database = open_library(folder);
  SPOTISEARCH_TRY(database);
  return Catalog(std::make_unique<Impl>(std::move(*database), true));
}

Result<Catalog> Catalog::open_read_only(const std::filesystem::path& folder) {
  Result<std::unique_ptr<Database>> database = open_library_read_only(folder);
  SPOTISEARCH_TRY(database);
  return Catalog(std::make_unique<Impl>(std::move(*database), false));
}

Status Catalog::transaction(const std::function<Status()>& work) { return impl_->run(work); }

Result<UpsertOutcome> Catalog::upsert_track(Track& track) {
  if (track.title.empty() && track.spotify_id.empty()) {
    return fail(ErrorCode::kInvalidArgument, "a track needs a title or a Spotify id");
  }
  return impl_->write([&] {
    Result<UpsertOutcome> outcome = impl_->tracks.upsert(track);
    impl_->changed |= outcome && *outcome != UpsertOutcome::kUnchanged;
    return outcome;
  });
}

Result<UpsertOutcome> Catalog::upsert_album(Album& album) {
  if (album.title.empty()) return fail(ErrorCode::kInvalidArgument, "an album needs a title");
  return impl_->write([&] {
    Result<UpsertOutcome> outcome = impl_->albums.upsert(album);
    impl_->changed |= outcome && *outcome != UpsertOutcome::kUnchanged;
    return outcome;
  });
}

Status Catalog::build_albums_from_tracks() {
  return impl_->write([&]() -> Status {
    const Result<bool> built = build_albums(*impl_->database, impl_->albums);
    SPOTISEARCH_TRY(built);
    impl_->changed |= *built;
    return {};
  });
}

Result<std::vector<Track>> Catalog::tracks(std::span<const std::int64_t> rows) const {
  return impl_->tracks.read(rows);
}

Result<std::vector<Album>> Catalog::albums(std::span<const std::int64_t> rows) const {
  return impl_->albums.read(rows);
}

Result<std::vector<std::uint64_t>> Catalog::match_hashes(std::span<const std::int64_t> rows) const {
  return impl_->tracks.match_hashes(rows);
}

Result<std::int64_t> Catalog::row_of(Collection collection, std::string_view id) const {
  return collection == Collection::kTracks ? impl_->tracks.row_of(id) : impl_->albums.row_of(id);
}

Status Catalog::for_each_track(std::int64_t after,
                               const std::function<Status(const Track&)>& visit) const {
  return impl_->tracks.for_each(after, visit);
}

Status Catalog::for_each_album(std::int64_t after,
                               const std::function<Status(const Album&)>& visit) const {
  return impl_->albums.for_each(after, visit);
}

Status Catalog::set_keyword_text(Collection collection, std::int64_t row, const KeywordText& text) {
  return impl_->write([&] { return impl_->keywords.set_text(collection, row, text); });
}

Result<std::vector<KeywordMatch>> Catalog::search_keywords(Collection collection,
                                                           std::string_view query,
                                                           const KeywordWeights& weights,
                                                           std::size_t limit) const {
  return impl_->keywords.search(collection, query, weights, limit);
}

Result<std::optional<std::vector<std::int64_t>>> Catalog::filter(Collection collection,
                                                                 const Filters& filters) const {
  if (filters.empty()) return std::nullopt;
  const bool of_tracks = collection == Collection::kTracks;
  if (filters.is_explicit && !of_tracks) {
    return fail(ErrorCode::kInvalidArgument,
                "albums cannot be filtered by explicit lyrics; only songs can");
  }
  NameIndex& genres = of_tracks ? impl_->tracks.genres() : impl_->albums.genres();
  NameIndex& artists = of_tracks ? impl_->tracks.artists() : impl_->albums.artists();
  Result<std::vector<std::int64_t>> rows =
      filtered_rows(*impl_->database, collection, filters, genres, artists);
  SPOTISEARCH_TRY(rows);
  return std::optional<std::vector<std::int64_t>>(std::move(*rows));
}

Result<CatalogCounts> Catalog::counts() const { return impl_->log.counts(); }

Result<std::int64_t> Catalog::generation() const { return impl_->log.generation(); }

Result<std::string> Catalog::setting(std::string_view name) const {
  return impl_->log.setting(name);
}

Status Catalog::set_setting(std::string_view name, std::string_view value) {
  return impl_->write([&] { return impl_->log.set_setting(name, value); });
}

Result<bool> Catalog::was_imported(std::string_view content_hash) const {
  return impl_->log.was_imported(content_hash);
}

Status Catalog::record_import(std::string_view content_hash, std::string_view file_name,
                              std::string_view format) {
  return impl_->write([&] { return impl_->log.record_import(content_hash, file_name, format); });
}

}  // namespace spotisearch

// How fast artists and genres are looked up, and a song's texts composed, on one core; the rival is
// what one would write first: a table of names in SQLite. Songs are made of the names that are
// known, one in three of strangers, one in five with a guest, half with genres of their own.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "knowledge/compose_text.h"
#include "knowledge/name_key.h"

namespace spotisearch {
namespace {

const Knowledge& knowledge() {
  static const Knowledge all = [] {
    auto file = KnowledgeFile::open(SPOTISEARCH_KNOWLEDGE_FILE);
    if (!file) {
      std::fprintf(stderr, "%s\n", file.error().message.c_str());
      std::abort();
    }
    std::vector<KnowledgeFile> files;
    files.push_back(std::move(*file));
    return Knowledge(std::move(files));
  }();
  return all;
}

/// Names as the knowledge has them.
std::vector<std::string> known_names(bool artists) {
  auto file = KnowledgeFile::open(SPOTISEARCH_KNOWLEDGE_FILE).value();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < (artists ? file.artists() : file.genres()); ++i) {
    names.emplace_back(artists ? file.artist(i).name : file.genre(i).name);
  }
  return names;
}

std::vector<Track> songs() {
  const auto artists = known_names(true);
  const auto genres = known_names(false);
  std::mt19937 random(1);
  const auto pick = [&](const auto& from) { return from[random() % from.size()]; };
  std::vector<Track> tracks(10'000);
  for (Track& track : tracks) {
    track.title = "Song " + std::to_string(random() % 100'000);
    track.artists = {random() % 3 == 0 ? "Stranger " + std::to_string(random()) : pick(artists)};
    if (random() % 5 == 0) track.artists[0] += " feat. " + pick(artists);
    for (std::size_t i = random() % 2 * 4; i > 0; --i) track.genres.push_back(pick(genres));
  }
  return tracks;
}

void recognise_and_compose(benchmark::State& state) {
  const auto tracks = songs();
  for (auto _ : state) {
    for (const Track& track : tracks) {
      benchmark::DoNotOptimize(compose(track, {}, recognise(track, knowledge())));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tracks.size()));
}
BENCHMARK(recognise_and_compose)->Unit(benchmark::kMillisecond);

void look_up_mapped(benchmark::State& state) {
  const auto names = known_names(true);
  for (auto _ : state) {
    for (const std::string& name : names) {
      benchmark::DoNotOptimize(knowledge().artist(name)->description.size());
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(names.size()));
}
BENCHMARK(look_up_mapped)->Unit(benchmark::kMillisecond);

void look_up_sqlite(benchmark::State& state) {
  const auto names = known_names(true);
  sqlite3* database = nullptr;
  sqlite3_open(":memory:", &database);
  sqlite3_exec(database, "CREATE TABLE a(k TEXT PRIMARY KEY, d TEXT) WITHOUT ROWID; BEGIN", nullptr,
               nullptr, nullptr);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, "INSERT OR IGNORE INTO a VALUES(?,?)", -1, &statement, nullptr);
  for (const std::string& name : names) {
    const std::string key = artist_key(name);
    const std::string description(knowledge().artist(name)->description);
    sqlite3_bind_text(statement, 1, key.data(), static_cast<int>(key.size()), SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 2, description.data(), static_cast<int>(description.size()),
                      SQLITE_TRANSIENT);
    sqlite3_step(statement);
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(database, "SELECT d FROM a WHERE k = ?", -1, &statement, nullptr);
  for (auto _ : state) {
    for (const std::string& name : names) {
      const std::string key = artist_key(name);
      sqlite3_bind_text(statement, 1, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
      sqlite3_step(statement);
      benchmark::DoNotOptimize(sqlite3_column_bytes(statement, 0));
      sqlite3_reset(statement);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(names.size()));
  sqlite3_finalize(statement);
  sqlite3_close(database);
}
BENCHMARK(look_up_sqlite)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spotisearch

BENCHMARK_MAIN();

// How long an exact search takes, from int8 codes and from floats, at the sizes that matter: the
// evaluation's library, a large personal one, and, with SPOTISEARCH_BENCH_MILLION=1 in the
// environment (2 GB of disk under TMPDIR), a million tracks.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "index/exact_index.h"
#include "vectors/dot.h"
#include "vectors/vector_file_writer.h"

namespace spotisearch {
namespace {

constexpr std::size_t kDimension = 384;

// Half shared direction, half noise: cosines between rows spread around 0.5, like those of texts
// about one subject.
class RandomRows {
 public:
  explicit RandomRows(unsigned seed) : random_(seed), row_(kDimension) {}

  std::span<const float> next() {
    for (float& value : row_) value = 1.0f + normal_(random_);
    normalise(row_);
    return row_;
  }

 private:
  std::mt19937 random_;
  std::normal_distribution<float> normal_;
  std::vector<float> row_;
};

using Library = std::shared_ptr<const VectorFile>;

Library make_library(std::size_t rows, bool with_codes) {
  std::vector<std::int64_t> ids(rows);
  for (std::size_t i = 0; i < rows; ++i) ids[i] = static_cast<std::int64_t>(i);
  const std::vector<std::uint64_t> hashes(rows);
  RandomRows random(1);
  VectorFileContent content;
  content.dimension = kDimension;
  content.ids = ids;
  content.hashes = hashes;
  content.with_codes = with_codes;
  content.row = [&](std::size_t) { return random.next(); };
  const auto path = std::filesystem::temp_directory_path() / "spotisearch_search_bench.vec";
  if (const Status written = write_vector_file(path, content); !written) return nullptr;
  auto file = VectorFile::open(path);
  std::filesystem::remove(path);  // the mapping keeps the bytes
  return file ? std::make_shared<VectorFile>(*std::move(file)) : nullptr;
}

// Made once, though the benchmark runs a case several times; the largest is not kept beside others.
Library library(std::size_t rows, bool with_codes) {
  static std::pair<std::size_t, bool> key;
  static Library kept;
  if (kept == nullptr || key != std::pair(rows, with_codes)) {
    kept = nullptr;
    kept = make_library(rows, with_codes);
    key = {rows, with_codes};
  }
  return kept;
}

void exact_search(benchmark::State& state, bool with_codes) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  const auto k = static_cast<std::size_t>(state.range(1));
  const Library file = library(rows, with_codes);
  if (file == nullptr) {
    state.SkipWithError("cannot write the vectors; is there room in TMPDIR?");
    return;
  }
  const ExactIndex index(file, {static_cast<std::size_t>(state.range(2))});
  RandomRows random(2);
  std::vector<std::vector<float>> queries;
  for (int i = 0; i < 16; ++i) {
    const auto query = random.next();
    queries.emplace_back(query.begin(), query.end());
  }
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(index.top_k(queries[next++ % queries.size()], k, nullptr));
  }
  // What has to be read, at least; shown per second of wall time.
  const std::size_t bytes = rows * kDimension * (with_codes ? sizeof(std::int8_t) : sizeof(float));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void register_all() {
  std::vector<std::int64_t> sizes = {16'471, 100'000};
  if (std::getenv("SPOTISEARCH_BENCH_MILLION") != nullptr) sizes.push_back(1'000'000);
  for (const std::int64_t rows : sizes) {
    for (const bool with_codes : {true, false}) {
      auto* bench = benchmark::RegisterBenchmark(
          with_codes ? "exact_search_int8" : "exact_search_float",
          [with_codes](benchmark::State& state) { exact_search(state, with_codes); });
      bench->ArgNames({"rows", "k", "threads"})->Unit(benchmark::kMicrosecond)->UseRealTime();
      for (const std::int64_t k : {10, 200}) {
        for (const std::int64_t threads : {1, 2}) bench->Args({rows, k, threads});
      }
    }
  }
}

}  // namespace
}  // namespace spotisearch

int main(int argc, char** argv) {
  spotisearch::register_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

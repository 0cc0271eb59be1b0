#include "index/exact_index.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <system_error>
#include <thread>
#include <utility>

#include "index/block_scan.h"
#include "vectors/dot.h"

namespace spotisearch {
namespace {

// Runs work(0) ... work(parts - 1) at the same time. A system that gives no more threads slows the
// search down, but does not fail it.
void run_parts(std::size_t parts, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  std::size_t next = 1;
  try {
    threads.reserve(parts);
    for (; next < parts; ++next) threads.emplace_back(work, next);
  } catch (const std::system_error&) {
  }
  work(0);
  for (; next < parts; ++next) work(next);
  for (std::thread& thread : threads) thread.join();
}

BlockRange part_of(std::size_t rows, std::size_t part, std::size_t parts) {
  const std::size_t blocks = (rows + 63) / 64;
  return {blocks * part / parts, blocks * (part + 1) / parts};
}

bool codable(std::span<const float> query) {
  return std::all_of(query.begin(), query.end(), [](float value) { return std::isfinite(value); });
}

std::vector<VectorMatch> matches(std::vector<ScoredRow> rows) {
  std::vector<VectorMatch> found;
  found.reserve(rows.size());
  for (const ScoredRow& row : rows) found.push_back({row.row, row.score});
  return found;
}

// True scores, best bounds first, until no bound can reach the k-th best score any more.
std::vector<ScoredRow> rescore(const VectorFile& file, std::span<const float> query, std::size_t k,
                               std::vector<ScoredRow> candidates) {
  std::sort(candidates.begin(), candidates.end(), ranks_before);
  TopK best(k);
  for (const ScoredRow& candidate : candidates) {
    if (candidate.score < best.threshold()) break;
    best.push(dot(file.matrix().row(candidate.row), query), candidate.row);
  }
  return best.take();
}

}  // namespace

ExactIndex::ExactIndex(std::shared_ptr<const VectorFile> file, ExactIndexOptions options)
    : file_(std::move(file)), options_(options) {
  assert(file_ != nullptr);
  if (options_.threads == 0) options_.threads = std::thread::hardware_concurrency();
}

std::size_t ExactIndex::parts() const {
  const std::size_t worth = size() / std::max<std::size_t>(options_.rows_per_thread, 1);
  return std::clamp<std::size_t>(worth, 1, std::max<std::size_t>(options_.threads, 1));
}

std::vector<VectorMatch> ExactIndex::top_k(std::span<const float> query, std::size_t k,
                                           const RowFilter* allowed) const {
  assert(query.size() == file_->dimension());
  assert(allowed == nullptr || allowed->size() == size());
  if (k == 0 || size() == 0) return {};
  k = std::min(k, size());
  std::vector<std::vector<ScoredRow>> found(parts());
  const auto range = [&](std::size_t part) { return part_of(size(), part, found.size()); };

  const bool coded = file_->has_codes() && codable(query);
  if (coded) {
    const QueryCoding coding = encode_query(query, file_->code_error_ratio());
    run_parts(found.size(), [&](std::size_t part) {
      found[part] = scan_codes(*file_, coding, k, allowed, range(part));
    });
  } else {
    run_parts(found.size(), [&](std::size_t part) {
      found[part] = scan_floats(*file_, query, k, allowed, range(part)).take();
    });
  }

  std::vector<ScoredRow> all = std::move(found.front());
  for (std::size_t i = 1; i < found.size(); ++i) {
    all.insert(all.end(), found[i].begin(), found[i].end());
  }
  if (coded) return matches(rescore(*file_, query, k, std::move(all)));
  std::sort(all.begin(), all.end(), ranks_before);
  all.resize(std::min(k, all.size()));
  return matches(std::move(all));
}

void ExactIndex::scores(std::span<const float> query, std::span<const std::size_t> positions,
                        std::span<float> out) const {
  assert(query.size() == file_->dimension() && out.size() == positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    out[i] = dot(file_->matrix().row(positions[i]), query);
  }
}

}  // namespace spotisearch

#include "eval/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_set>
#include <vector>

namespace spotisearch {
namespace {

constexpr std::size_t kDepth = 10;

using Grades = std::unordered_map<std::string, int>;

// Discounted cumulative gain (Järvelin and Kekäläinen 2002, with the gains of Burges et al. 2005).
double discounted_gain(const std::vector<int>& grades) {
  double sum = 0.0;
  for (std::size_t i = 0; i < std::min(grades.size(), kDepth); ++i) {
    sum += (std::exp2(grades[i]) - 1.0) / std::log2(static_cast<double>(i + 2));
  }
  return sum;
}

std::vector<int> ideal_grades(const Grades& grades) {
  std::vector<int> ideal;
  for (const auto& [id, grade] : grades) ideal.push_back(grade);
  std::sort(ideal.begin(), ideal.end(), std::greater<>());
  return ideal;
}

// The grades of the first ten different items.
std::vector<int> found_grades(const Grades& grades, std::vector<RunResult> results) {
  std::sort(results.begin(), results.end(), counts_before);
  std::vector<int> found;
  std::unordered_set<std::string_view> seen;
  for (const RunResult& result : results) {
    if (found.size() == kDepth) break;
    if (!seen.insert(result.id).second) continue;
    const auto grade = grades.find(result.id);
    found.push_back(grade == grades.end() ? 0 : grade->second);
  }
  return found;
}

void add_query(const Grades& grades, const std::vector<int>& found, Metrics& sums) {
  const double ideal = discounted_gain(ideal_grades(grades));
  if (ideal > 0.0) sums.ndcg_at_10 += discounted_gain(found) / ideal;
  const auto relevant = [](int grade) { return grade > 0; };
  sums.precision_at_10 +=
      static_cast<double>(std::count_if(found.begin(), found.end(), relevant)) / kDepth;
  const auto first = std::find_if(found.begin(), found.end(), relevant);
  if (first == found.end()) return;
  const auto rank = first - found.begin() + 1;
  sums.mrr_at_10 += 1.0 / static_cast<double>(rank);
  sums.hit_at_1 += rank <= 1 ? 1.0 : 0.0;
  sums.hit_at_5 += rank <= 5 ? 1.0 : 0.0;
  sums.hit_at_10 += 1.0;
}

}  // namespace

Metrics evaluate(const Qrels& qrels, const TrecRun& run) {
  Metrics metrics;
  metrics.queries = qrels.size();
  if (qrels.empty()) return metrics;
  for (const auto& [query, grades] : qrels) {
    const auto results = run.find(query);
    if (results == run.end()) continue;
    add_query(grades, found_grades(grades, results->second), metrics);
  }
  for (double* sum : {&metrics.ndcg_at_10, &metrics.precision_at_10, &metrics.mrr_at_10,
                      &metrics.hit_at_1, &metrics.hit_at_5, &metrics.hit_at_10}) {
    *sum /= static_cast<double>(qrels.size());
  }
  return metrics;
}

std::string to_string(const Metrics& metrics) {
  return fmt::format(
      "nDCG@10  {:.4f}\nP@10     {:.4f}\nMRR@10   {:.4f}\nhit@1    {:.4f}\nhit@5    {:.4f}\n"
      "hit@10   {:.4f}\nqueries  {}\n",
      metrics.ndcg_at_10, metrics.precision_at_10, metrics.mrr_at_10, metrics.hit_at_1,
      metrics.hit_at_5, metrics.hit_at_10, metrics.queries);
}

}  // namespace spotisearch

// Times the encoder on the texts of a file, for compare.py: one JSON line on standard output.
//
//   embed_texts MODEL TEXTS int8|float32 [all|each] [REPEATS] [VECTORS]
//
// MODEL is the model's folder, TEXTS has one text per line. `all` encodes them in one call and
// gives the seconds of each repeat; `each` encodes them one by one and gives the seconds of each
// text. VECTORS is written with the vectors, float32, one row per text. All cores are used; the
// model's load and a first pass that only warms up are not in the seconds; REPEATS 0 makes only
// that one.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "encoder/bert_encoder.h"

namespace spotisearch {
namespace {

struct Order {
  std::string model;
  std::string texts;
  Precision precision = Precision::kInt8;
  bool one_by_one = false;
  int repeats = 1;
  std::string vectors;
};

Result<Order> read_order(std::span<char*> arguments) {
  const auto usage =
      fail(ErrorCode::kInvalidArgument,
           "usage: embed_texts MODEL TEXTS int8|float32 [all|each] [REPEATS] [VECTORS]");
  if (arguments.size() < 3 || arguments.size() > 6) return usage;
  std::vector<std::string> words(arguments.begin(), arguments.end());
  words.resize(6);
  Order order;
  order.model = words[0];
  order.texts = words[1];
  order.vectors = words[5];
  if (words[2] != "int8" && words[2] != "float32") return usage;
  if (words[2] == "float32") order.precision = Precision::kFloat32;
  if (!words[3].empty() && words[3] != "all" && words[3] != "each") return usage;
  order.one_by_one = words[3] == "each";
  if (words[4].empty()) return order;
  const char* end = words[4].data() + words[4].size();
  const auto [stop, error] = std::from_chars(words[4].data(), end, order.repeats);
  if (error != std::errc() || stop != end || order.repeats < 0) return usage;
  return order;
}

Result<std::vector<std::string>> read_lines(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) return fail(ErrorCode::kNotFound, path + ": no such file, or no texts in it");
  return lines;
}

/// Encodes texts into `out`, row-major [texts][dimension], and adds the seconds it took.
Status timed_encode(const BertEncoder& encoder, std::span<const std::string> texts,
                    std::span<float> out, std::vector<double>& seconds) {
  const auto start = std::chrono::steady_clock::now();
  Status done = encoder.encode(texts, out);
  seconds.push_back(
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return done;
}

Status encode_once(const BertEncoder& encoder, std::span<const std::string> texts, bool one_by_one,
                   std::span<float> out, std::vector<double>& seconds) {
  if (!one_by_one) return timed_encode(encoder, texts, out, seconds);
  const std::size_t dimension = encoder.dimension();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Status done =
        timed_encode(encoder, texts.subspan(i, 1), out.subspan(i * dimension, dimension), seconds);
    if (!done) return done;
  }
  return {};
}

Status write_vectors(const std::string& path, std::span<const float> vectors) {
  std::ofstream file(path, std::ios::binary);
  const auto bytes = std::as_bytes(vectors);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file) return {};
  return fail(ErrorCode::kIo, path + ": cannot be written");
}

Status run(std::span<char*> arguments) {
  const auto order = read_order(arguments);
  if (!order) return tl::unexpected(order.error());
  const auto texts = read_lines(order->texts);
  if (!texts) return tl::unexpected(texts.error());
  const auto encoder = BertEncoder::open(order->model, {order->precision, 0});
  if (!encoder) return tl::unexpected(encoder.error());

  std::vector<float> vectors(texts->size() * (*encoder)->dimension());
  std::vector<double> seconds;
  for (int i = -1; i < order->repeats; ++i) {
    if (i == 0) seconds.clear();  // the first pass only warms up
    SPOTISEARCH_TRY(encode_once(**encoder, *texts, order->one_by_one, vectors, seconds));
  }
  fmt::print("{{\"texts\":{},\"checksum\":{:.6f},\"seconds\":[{:.9f}]}}\n", texts->size(),
             std::accumulate(vectors.begin(), vectors.end(), 0.0), fmt::join(seconds, ","));
  return order->vectors.empty() ? Status{} : write_vectors(order->vectors, vectors);
}

}  // namespace
}  // namespace spotisearch

int main(int argc, char** argv) {
  const auto arguments = std::span(argv, static_cast<std::size_t>(argc)).subspan(1);
  if (const auto done = spotisearch::run(arguments); !done) {
    fmt::print(stderr, "embed_texts: {}\n", done.error().message);
    return 1;
  }
  return 0;
}

// How fast the sentence encoder is, and what share of the machine's arithmetic it reaches.
//
//   encode_bench [--model=DIR] [Google Benchmark's options]
//
// Where oneDNN is installed, its product of large matrices on all cores, in the same run, stands
// for the machine's peak; GOP/s of the encoder over GOP/s of the peak is the share that it reaches.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#ifdef SPOTISEARCH_HAVE_DNNL
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#endif

#include "encoder/bert_encoder.h"

namespace spotisearch {
namespace {

std::filesystem::path model_folder = SPOTISEARCH_MODEL_DIR;

Precision precision_of(const benchmark::State& state) {
  return state.range(0) == 8 ? Precision::kInt8 : Precision::kFloat32;
}

/// One encoder per precision, opened when first asked for; exits with the reason if it can't be.
const BertEncoder& encoder(Precision precision) {
  static std::map<Precision, std::unique_ptr<BertEncoder>> encoders;
  auto& slot = encoders[precision];
  if (!slot) {
    auto opened = BertEncoder::open(model_folder, {precision, 0});
    if (!opened) {
      fmt::print(stderr, "{}\n", opened.error().message);
      std::exit(1);
    }
    slot = std::move(*opened);
  }
  return *slot;
}

/// Texts of so many words, all different, of words that are one token each.
std::vector<std::string> make_texts(std::size_t count, std::size_t words) {
  static constexpr std::string_view kWords[] = {"warm", "slow", "quiet", "piano", "night",
                                                "soft", "rain", "drums", "city",  "light",
                                                "road", "home", "pale",  "sun",   "winter"};
  std::vector<std::string> texts(count);
  std::size_t next = 1;
  for (std::string& text : texts) {
    for (std::size_t i = 0; i < words; ++i) {
      next = (next * 1103515245 + 12345) % 2147483648u;
      text += std::string(kWords[next / 65536 % std::size(kWords)]) + ' ';
    }
  }
  return texts;
}

/// Operations of one forward pass: the linear layers of six layers of 384, and attention.
double operations(std::size_t tokens) {
  const double t = static_cast<double>(tokens);
  return t * 6.0 * 2.0 * (4.0 * 384 * 384 + 2.0 * 384 * 1536) + t * t * 6.0 * 4.0 * 384;
}

void encode_texts(benchmark::State& state, std::size_t count, std::size_t words) {
  const BertEncoder& model = encoder(precision_of(state));
  const auto texts = make_texts(count, words);
  std::vector<float> out(count * model.dimension());
  const std::size_t tokens = model.tokens(texts[0]).size();
  for (auto _ : state) {
    if (!model.encode(texts, out)) state.SkipWithError("encode failed");
  }
  using benchmark::Counter;
  const double runs = static_cast<double>(state.iterations() * count);
  state.counters["texts/s"] = Counter(runs, Counter::kIsRate);
  state.counters["tokens/s"] = Counter(runs * static_cast<double>(tokens), Counter::kIsRate);
  state.counters["GOP/s"] = Counter(runs * operations(tokens) / 1e9, Counter::kIsRate);
}

void BM_Query(benchmark::State& state) { encode_texts(state, 1, 10); }
void BM_ShortTexts(benchmark::State& state) { encode_texts(state, 256, 12); }
void BM_LongTexts(benchmark::State& state) { encode_texts(state, 32, 200); }

void BM_Load(benchmark::State& state) {
  for (auto _ : state) {
    auto opened = BertEncoder::open(model_folder, {precision_of(state), 0});
    if (!opened) state.SkipWithError(opened.error().message.c_str());
  }
}

#ifdef SPOTISEARCH_HAVE_DNNL
// One product of large matrices, all cores: what a tuned library makes of this machine now.
void BM_Peak(benchmark::State& state) {
  using dnnl::memory;
  const bool int8 = precision_of(state) == Precision::kInt8;
  const memory::dim m = 1536;
  const memory::dim n = 1536;
  const memory::dim k = 1536;
  const auto plain = memory::format_tag::ab;
  const memory::desc a({m, k}, int8 ? memory::data_type::u8 : memory::data_type::f32, plain);
  const memory::desc b({k, n}, int8 ? memory::data_type::s8 : memory::data_type::f32,
                       memory::format_tag::any);
  const memory::desc c({m, n}, int8 ? memory::data_type::s32 : memory::data_type::f32, plain);
  const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  dnnl::stream stream(engine);
  const dnnl::matmul::primitive_desc chosen(dnnl::matmul::desc(a, b, c), engine);
  const dnnl::matmul product(chosen);
  const std::unordered_map<int, memory> arguments = {
      {DNNL_ARG_SRC, memory(a, engine)},
      {DNNL_ARG_WEIGHTS, memory(chosen.weights_desc(), engine)},
      {DNNL_ARG_DST, memory(c, engine)}};
  for (auto& [name, buffer] : arguments) {
    std::fill_n(static_cast<char*>(buffer.get_data_handle()), buffer.get_desc().get_size(), '\1');
  }
  for (auto _ : state) {
    product.execute(stream, arguments);
    stream.wait();
  }
  state.counters["GOP/s"] = benchmark::Counter(
      2e-9 * static_cast<double>(m * n * k * state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_Peak)->Arg(8)->Arg(32)->ArgName("bits")->UseRealTime();
#endif

BENCHMARK(BM_Query)->Arg(8)->Arg(32)->ArgName("bits")->UseRealTime();
BENCHMARK(BM_ShortTexts)->Arg(8)->Arg(32)->ArgName("bits")->UseRealTime();
BENCHMARK(BM_LongTexts)->Arg(8)->Arg(32)->ArgName("bits")->UseRealTime();
BENCHMARK(BM_Load)->Arg(8)->Arg(32)->ArgName("bits")->UseRealTime();

}  // namespace
}  // namespace spotisearch

int main(int argc, char** argv) {
  constexpr std::string_view kModel = "--model=";
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with(kModel)) continue;
    spotisearch::model_folder = argument.substr(kModel.size());
    std::copy(argv + i + 1, argv + argc, argv + i);
    --argc;
    break;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("kernels", spotisearch::BertEncoder::instruction_set());
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

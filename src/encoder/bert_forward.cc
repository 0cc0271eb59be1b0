// The forward pass. Linear layers see the tokens of all sequences packed together, without padding,
// a block of rows at a time so that a block's activations stay in the core's cache; attention works
// per sequence and head. A session with helpers splits every step, one without runs it straight.
#include <algorithm>
#include <cmath>

#include "encoder/bert_model.h"

namespace spotisearch {
namespace {

constexpr std::size_t kBlockRows = 96;
// Below this many rows a step that is cheap per row isn't worth handing out.
constexpr std::size_t kRowsWorthSplitting = 8;

}  // namespace

struct BertModel::Pass {
  std::span<const std::span<const std::int32_t>> sequences;
  std::size_t tokens = 0;
  std::size_t longest = 0;
  ForwardScratch& scratch;
  WorkTeam::Session& session;

  /// Runs task(begin, end) over [0, count) in `parts` about equal parts.
  template <class Task>
  void split(std::size_t count, std::size_t parts, const Task& task) {
    session.run(parts, [&](std::size_t i) { task(count * i / parts, count * (i + 1) / parts); });
  }

  template <class Task>
  void split_rows(std::size_t rows, const Task& task) {
    split(rows, rows < kRowsWorthSplitting ? 1 : session.threads(), task);
  }
};

void BertModel::embed(Pass& pass) const {
  const std::size_t hidden = config_.hidden_size;
  float* state = pass.scratch.states.data();
  const LayerNormWeights weights{embedding_norm_.gamma.data(), embedding_norm_.beta.data(),
                                 config_.layer_norm_epsilon};
  for (const auto sequence : pass.sequences) {
    float* first = state;
    for (const std::int32_t id : sequence) {
      word_embeddings_->copy_floats(static_cast<std::size_t>(id) * hidden, {state, hidden});
      state += hidden;
    }
    add_layer_norm(first, positions_.data(), sequence.size(), hidden, weights);
  }
}

void BertModel::multiply(Pass& pass, const Linear& linear, const float* in, std::size_t rows,
                         Activation activation, float* out) const {
  ForwardScratch& s = pass.scratch;
  const std::size_t depth = linear.depth();
  if (linear.precision() == Precision::kInt8) {
    pass.split_rows(rows, [&](std::size_t begin, std::size_t end) {
      quantise_rows(in + begin * depth, end - begin, depth, s.quantised.data() + begin * depth,
                    s.scale.data() + begin, s.minimum.data() + begin);
    });
  }
  const Int8Rows quantised{s.quantised.data(), s.scale.data(), s.minimum.data()};
  const std::size_t threads = pass.session.threads();
  const std::size_t parts = threads == 1 ? 1 : std::min(linear.panels(), 2 * threads);
  pass.split(linear.panels(), parts, [&](std::size_t begin, std::size_t end) {
    linear.multiply(in, quantised, {rows, begin, end, activation, out, linear.columns()});
  });
}

void BertModel::attend_all(Pass& pass) const {
  const std::size_t hidden = config_.hidden_size;
  const std::size_t head_size = hidden / config_.heads;
  const std::size_t parts = pass.session.threads();
  const std::size_t part_scratch = attention_scratch(pass.longest, head_size);
  pass.session.run(parts, [&](std::size_t part) {
    float* scratch = pass.scratch.attention.data() + part * part_scratch;
    const std::size_t first = config_.heads * part / parts;
    const std::size_t last = config_.heads * (part + 1) / parts;
    std::size_t row = 0;
    for (const auto sequence : pass.sequences) {
      for (std::size_t head = first; head < last; ++head) {
        attend({pass.scratch.qkv.data() + row * 3 * hidden + head * head_size, hidden, 2 * hidden,
                3 * hidden, sequence.size(), head_size,
                pass.scratch.context.data() + row * hidden + head * head_size, hidden},
               scratch);
      }
      row += sequence.size();
    }
  });
}

void BertModel::add_and_normalise(Pass& pass, const Norm& norm, float* x, std::size_t rows) const {
  const std::size_t hidden = config_.hidden_size;
  pass.split_rows(rows, [&](std::size_t begin, std::size_t end) {
    add_layer_norm(x + begin * hidden, pass.scratch.projected.data() + begin * hidden, end - begin,
                   hidden, {norm.gamma.data(), norm.beta.data(), config_.layer_norm_epsilon});
  });
}

void BertModel::run_layer(Pass& pass, const Layer& layer) const {
  ForwardScratch& s = pass.scratch;
  const std::size_t hidden = config_.hidden_size;
  for (std::size_t row = 0; row < pass.tokens; row += kBlockRows) {
    const std::size_t rows = std::min(kBlockRows, pass.tokens - row);
    multiply(pass, layer.qkv, s.states.data() + row * hidden, rows, Activation::kNone,
             s.qkv.data() + row * 3 * hidden);
  }
  attend_all(pass);
  for (std::size_t row = 0; row < pass.tokens; row += kBlockRows) {
    const std::size_t rows = std::min(kBlockRows, pass.tokens - row);
    float* x = s.states.data() + row * hidden;
    multiply(pass, layer.attention_output, s.context.data() + row * hidden, rows, Activation::kNone,
             s.projected.data());
    add_and_normalise(pass, layer.attention_norm, x, rows);
    multiply(pass, layer.intermediate, x, rows, Activation::kGelu, s.inner.data());
    multiply(pass, layer.output, s.inner.data(), rows, Activation::kNone, s.projected.data());
    add_and_normalise(pass, layer.output_norm, x, rows);
  }
}

void BertModel::pool(const float* states, std::size_t tokens, float* out) const {
  const std::size_t hidden = config_.hidden_size;
  std::copy_n(states, hidden, out);
  for (std::size_t t = 1; t < tokens && config_.pooling != Pooling::kCls; ++t) {
    const float* state = states + t * hidden;
    if (config_.pooling == Pooling::kMean) {
      for (std::size_t i = 0; i < hidden; ++i) out[i] += state[i];
    } else {
      for (std::size_t i = 0; i < hidden; ++i) out[i] = std::max(out[i], state[i]);
    }
  }
  double squares = 0.0;
  for (std::size_t i = 0; i < hidden; ++i) squares += static_cast<double>(out[i]) * out[i];
  const float inverse = squares > 0.0 ? static_cast<float>(1.0 / std::sqrt(squares)) : 0.0f;
  for (std::size_t i = 0; i < hidden; ++i) out[i] *= inverse;
}

void BertModel::forward(std::span<const std::span<const std::int32_t>> sequences,
                        std::span<const std::size_t> rows, ForwardScratch& scratch,
                        WorkTeam::Session& session, float* out) const {
  Pass pass{sequences, 0, 0, scratch, session};
  for (const auto sequence : sequences) {
    pass.tokens += sequence.size();
    pass.longest = std::max(pass.longest, sequence.size());
  }
  const std::size_t hidden = config_.hidden_size;
  const std::size_t block = std::min(kBlockRows, pass.tokens);
  scratch.states.reserve(pass.tokens * hidden);
  scratch.qkv.reserve(pass.tokens * 3 * hidden);
  scratch.context.reserve(pass.tokens * hidden);
  scratch.projected.reserve(block * hidden);
  scratch.inner.reserve(block * config_.intermediate_size);
  scratch.quantised.reserve(block * std::max(hidden, config_.intermediate_size));
  scratch.scale.reserve(block);
  scratch.minimum.reserve(block);
  scratch.attention.reserve(session.threads() *
                            attention_scratch(pass.longest, hidden / config_.heads));
  embed(pass);
  for (const Layer& layer : layers_) run_layer(pass, layer);
  const float* states = scratch.states.data();
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    pool(states, sequences[i].size(), out + rows[i] * hidden);
    states += sequences[i].size() * hidden;
  }
}

}  // namespace spotisearch

#include "encoder/bert_encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <mutex>
#include <numeric>
#include <utility>

#include "base/hash.h"
#include "encoder/bert_model.h"
#include "encoder/kernels.h"
#include "encoder/work_team.h"
#include "text/word_piece.h"

namespace spotisearch {
namespace {

// Changes when the same weights begin to give different vectors.
constexpr int kArithmeticVersion = 1;
// Texts handled at once, which bounds the memory of a call of any size.
constexpr std::size_t kTextsAtOnce = 4096;
constexpr std::size_t kTextsPerTask = 16;
// Tokens in one forward pass: enough to reuse each weight, few enough to stay in the cache.
constexpr std::size_t kFewestTokens = 48;
constexpr std::size_t kMostTokens = 192;

/// Sequences that go through the model together, by index.
using Group = std::vector<std::size_t>;

/// Longest first, so that the last groups to start are short ones.
std::vector<Group> make_groups(std::span<const std::vector<std::int32_t>> sequences,
                               std::size_t threads) {
  std::vector<std::size_t> order(sequences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return sequences[a].size() > sequences[b].size();
  });
  std::size_t total = 0;
  for (const auto& sequence : sequences) total += sequence.size();
  const std::size_t target = std::clamp(total / (threads * 4), kFewestTokens, kMostTokens);

  std::vector<Group> groups;
  std::size_t tokens = 0;
  for (const std::size_t i : order) {
    if (groups.empty() || tokens + sequences[i].size() > target) {
      groups.emplace_back();
      tokens = 0;
    }
    groups.back().push_back(i);
    tokens += sequences[i].size();
  }
  return groups;
}

/// Refuses sequences that the model has no rows for.
Status check_tokens(std::span<const std::vector<std::int32_t>> sequences,
                    const ModelConfig& config) {
  for (const auto& sequence : sequences) {
    if (sequence.empty() || sequence.size() > config.max_positions) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("a sequence of {} tokens; the model takes 1 to {}", sequence.size(),
                              config.max_positions));
    }
    for (const std::int32_t id : sequence) {
      if (id < 0 || static_cast<std::size_t>(id) >= config.vocabulary_size) {
        return fail(
            ErrorCode::kInvalidArgument,
            fmt::format("token id {} is outside the vocabulary of {}", id, config.vocabulary_size));
      }
    }
  }
  return {};
}

/// Scratch buffers waiting for their next use.
class ScratchPool {
 public:
  std::unique_ptr<ForwardScratch> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<ForwardScratch>();
    auto scratch = std::move(free_.back());
    free_.pop_back();
    return scratch;
  }

  void give_back(std::unique_ptr<ForwardScratch> scratch) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(scratch));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<ForwardScratch>> free_;
};

}  // namespace

struct BertEncoder::Parts {
  Parts(EncoderOptions given, WordPieceTokenizer reader)
      : options(given), tokenizer(std::move(reader)), team(given.threads) {}

  void run_group(std::span<const std::vector<std::int32_t>> sequences, const Group& group,
                 WorkTeam::Session& session, float* out) {
    std::vector<std::span<const std::int32_t>> members;
    for (const std::size_t i : group) members.emplace_back(sequences[i]);
    auto scratch = pool.take();
    model->forward(members, group, *scratch, session, out);
    pool.give_back(std::move(scratch));
  }

  void run(std::span<const std::vector<std::int32_t>> sequences, WorkTeam::Session& session,
           float* out) {
    const auto groups = make_groups(sequences, session.threads());
    if (groups.size() == 1) return run_group(sequences, groups[0], session, out);
    session.run(groups.size(), [&](std::size_t i) {
      WorkTeam::Session alone;
      run_group(sequences, groups[i], alone, out);
    });
  }

  EncoderOptions options;
  WordPieceTokenizer tokenizer;
  WorkTeam team;
  std::unique_ptr<BertModel> model;
  ScratchPool pool;
};

BertEncoder::BertEncoder(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
BertEncoder::~BertEncoder() = default;

Result<std::unique_ptr<BertEncoder>> BertEncoder::open(const std::filesystem::path& model_folder,
                                                       EncoderOptions options) {
  auto tokenizer = WordPieceTokenizer::open(model_folder);
  if (!tokenizer) return tl::unexpected<Error>(std::move(tokenizer).error());
  auto parts = std::make_unique<Parts>(options, std::move(*tokenizer));
  WorkTeam::Session session(parts->team);
  auto model = BertModel::open(model_folder, options.precision, session);
  if (!model) return tl::unexpected<Error>(std::move(model).error());
  if (parts->tokenizer.size() > (*model)->config().vocabulary_size) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{}: the vocabulary has {} tokens, config.json allows for {}",
                            model_folder.string(), parts->tokenizer.size(),
                            (*model)->config().vocabulary_size));
  }
  parts->model = std::move(*model);
  return std::unique_ptr<BertEncoder>(new BertEncoder(std::move(parts)));
}

std::size_t BertEncoder::dimension() const { return parts_->model->config().hidden_size; }

std::string BertEncoder::fingerprint() const {
  return fmt::format("bert-{}-{}-{}-{}-v{}", dimension(), to_hex(parts_->model->fingerprint()),
                     to_hex(parts_->tokenizer.fingerprint()),
                     parts_->options.precision == Precision::kInt8 ? "int8" : "float32",
                     kArithmeticVersion);
}

std::vector<std::int32_t> BertEncoder::tokens(const std::string& text) const {
  return parts_->tokenizer.encode(text, parts_->model->config().max_tokens);
}

Status BertEncoder::encode(std::span<const std::string> texts, std::span<float> out) const {
  assert(out.size() == texts.size() * dimension());
  WorkTeam::Session session(parts_->team);
  std::vector<std::vector<std::int32_t>> sequences;
  for (std::size_t first = 0; first < texts.size(); first += kTextsAtOnce) {
    const auto some = texts.subspan(first, std::min(kTextsAtOnce, texts.size() - first));
    sequences.resize(some.size());
    const std::size_t tasks = (some.size() + kTextsPerTask - 1) / kTextsPerTask;
    session.run(tasks, [&](std::size_t task) {
      const std::size_t end = std::min(some.size(), (task + 1) * kTextsPerTask);
      for (std::size_t i = task * kTextsPerTask; i < end; ++i) sequences[i] = tokens(some[i]);
    });
    SPOTISEARCH_TRY(check_tokens(sequences, parts_->model->config()));
    parts_->run(sequences, session, out.data() + first * dimension());
  }
  return {};
}

Status BertEncoder::encode_tokens(std::span<const std::vector<std::int32_t>> sequences,
                                  std::span<float> out) const {
  assert(out.size() == sequences.size() * dimension());
  SPOTISEARCH_TRY(check_tokens(sequences, parts_->model->config()));
  if (sequences.empty()) return {};
  WorkTeam::Session session(parts_->team);
  for (std::size_t first = 0; first < sequences.size(); first += kTextsAtOnce) {
    const auto some = sequences.subspan(first, std::min(kTextsAtOnce, sequences.size() - first));
    parts_->run(some, session, out.data() + first * dimension());
  }
  return {};
}

std::string BertEncoder::instruction_set() { return kernel_target(); }

}  // namespace spotisearch

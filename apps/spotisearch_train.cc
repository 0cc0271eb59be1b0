// The trainer. Needs libtorch; nothing that serves links it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "catalog/catalog.h"
#include "encoder/bert_encoder.h"
#include "train/mood_pair.h"
#include "train/mood_trainer.h"

namespace {

using namespace spotisearch;

struct Arguments {
  std::filesystem::path library;
  std::filesystem::path encoder;
  std::vector<std::filesystem::path> queries;
  std::filesystem::path out;
  MoodTrainingOptions options;
};

Result<MoodTrainingReport> train_mood(const Arguments& arguments) {
  auto catalog = Catalog::open_read_only(arguments.library);
  if (!catalog) return tl::unexpected(std::move(catalog).error());
  auto encoder = BertEncoder::open(arguments.encoder);
  if (!encoder) return tl::unexpected(std::move(encoder).error());
  auto scaler = fit_scaler(*catalog);
  if (!scaler) return tl::unexpected(std::move(scaler).error());
  auto pairs = pairs_from_songs(*catalog, *scaler, arguments.options.seed);
  if (!pairs) return tl::unexpected(std::move(pairs).error());
  for (const auto& csv : arguments.queries) {
    auto asked = pairs_from_queries(csv, *scaler);
    if (!asked) return tl::unexpected(std::move(asked).error());
    pairs->insert(pairs->end(), asked->begin(), asked->end());
  }
  fmt::print(stderr, "{} texts with features\n", pairs->size());
  return train_mood_head(*pairs, **encoder, *scaler, arguments.out, arguments.options);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Trains the models of SpotiSearch.", "spotisearch-train");
  app.require_subcommand(1);
  Arguments arguments;
  CLI::App* mood = app.add_subcommand("mood", "Train the mood head: text to audio features");
  mood->add_option("--library", arguments.library, "A library whose songs have audio features")
      ->required();
  mood->add_option("--encoder", arguments.encoder, "Folder of the sentence encoder")->required();
  mood->add_option("--queries", arguments.queries,
                   "CSV files of queries with features (data/queries/README.md)");
  mood->add_option("--out", arguments.out, "Folder for the mood head")->required();
  mood->add_option("--epochs", arguments.options.epochs, "Passes over the data")
      ->capture_default_str();
  mood->add_option("--hidden", arguments.options.hidden, "Hidden units")->capture_default_str();
  mood->add_option("--query-share", arguments.options.query_share,
                   "Share of the loss that the queries make up")
      ->capture_default_str();
  mood->add_option("--weight-decay", arguments.options.weight_decay)->capture_default_str();
  mood->add_option("--dropout", arguments.options.dropout)->capture_default_str();
  mood->add_option("--seed", arguments.options.seed, "Same seed, same weights")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  arguments.options.progress = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  const auto report = train_mood(arguments);
  if (!report) {
    fmt::print(stderr, "spotisearch-train: {}\n", report.error().message);
    return 1;
  }
  fmt::print(
      "kept epoch {}: {} pairs, {} of them queries; held out: queries mse {:.4f}, {:.1f}% "
      "within one spread; songs mse {:.4f}\n",
      report->best_epoch, report->pairs, report->queries, report->query_mse,
      100 * report->query_within, report->song_mse);
  return 0;
}

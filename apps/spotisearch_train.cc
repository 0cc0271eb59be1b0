// The trainer. Needs libtorch; nothing that serves links it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <unordered_set>

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
  std::filesystem::path knowledge;
  std::filesystem::path scaler;
  std::vector<std::filesystem::path> excluded;
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

/// The songs of another library, to be left out: what is measured there must not be trained on.
Result<std::unordered_set<std::uint64_t>> songs_of(const std::filesystem::path& library) {
  std::unordered_set<std::uint64_t> songs;
  auto catalog = Catalog::open_read_only(library);
  if (!catalog) return tl::unexpected(std::move(catalog).error());
  std::vector<std::int64_t> rows;
  SPOTISEARCH_TRY(catalog->for_each_track(0, [&](const Track& track) -> Status {
    rows.push_back(track.row);
    return {};
  }));
  auto hashes = catalog->match_hashes(rows);
  if (!hashes) return tl::unexpected(std::move(hashes).error());
  songs.insert(hashes->begin(), hashes->end());
  return songs;
}

Result<MoodTrainingReport> train_song_features(const Arguments& arguments) {
  auto catalog = Catalog::open_read_only(arguments.library);
  if (!catalog) return tl::unexpected(std::move(catalog).error());
  auto encoder = BertEncoder::open(arguments.encoder);
  if (!encoder) return tl::unexpected(std::move(encoder).error());
  auto scaler = FeatureScaler::open(arguments.scaler);
  if (!scaler) return tl::unexpected(std::move(scaler).error());
  auto file = KnowledgeFile::open(arguments.knowledge);
  if (!file) return tl::unexpected(std::move(file).error());
  std::vector<KnowledgeFile> files;
  files.push_back(std::move(*file));
  const Knowledge knowledge(std::move(files));
  std::unordered_set<std::uint64_t> excluded;
  for (const auto& library : arguments.excluded) {
    auto songs = songs_of(library);
    if (!songs) return tl::unexpected(std::move(songs).error());
    excluded.insert(songs->begin(), songs->end());
  }
  const auto skip = [&](const Track& track) {
    const auto hash = catalog->match_hashes(std::span(&track.row, 1));
    return !hash || excluded.contains(hash->front());
  };
  auto pairs = pairs_from_vectors(*catalog, *scaler, knowledge, skip);
  if (!pairs) return tl::unexpected(std::move(pairs).error());
  fmt::print(stderr, "{} texts with features\n", pairs->size());
  return train_mood_head(*pairs, **encoder, *scaler, arguments.out, arguments.options);
}

/// What both heads are trained with.
void add_training_options(CLI::App& app, Arguments& arguments) {
  app.add_option("--library", arguments.library, "A library whose songs have audio features")
      ->required();
  app.add_option("--encoder", arguments.encoder, "Folder of the sentence encoder")->required();
  app.add_option("--out", arguments.out, "Folder for the head")->required();
  app.add_option("--epochs", arguments.options.epochs, "Passes over the data")
      ->capture_default_str();
  app.add_option("--hidden", arguments.options.hidden, "Hidden units")->capture_default_str();
  app.add_option("--weight-decay", arguments.options.weight_decay)->capture_default_str();
  app.add_option("--dropout", arguments.options.dropout)->capture_default_str();
  app.add_option("--seed", arguments.options.seed, "Same seed, same weights")
      ->capture_default_str();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Trains the models of SpotiSearch.", "spotisearch-train");
  app.require_subcommand(1);
  Arguments arguments;
  CLI::App* mood = app.add_subcommand("mood", "Train the mood head: text to audio features");
  add_training_options(*mood, arguments);
  mood->add_option("--queries", arguments.queries,
                   "CSV files of queries with features (data/queries/README.md)");
  mood->add_option("--query-share", arguments.options.query_share,
                   "Share of the loss that the queries make up")
      ->capture_default_str();
  CLI::App* songs = app.add_subcommand(
      "song-features", "Train the head that predicts the features a song's source lacks");
  add_training_options(*songs, arguments);
  songs->add_option("--knowledge", arguments.knowledge, "The compiled knowledge")->required();
  songs->add_option("--scaler", arguments.scaler, "feature_scaler.json of the mood head")
      ->required();
  songs->add_option("--without", arguments.excluded,
                    "Libraries whose songs are left out: those that are measured with");
  CLI11_PARSE(app, argc, argv);

  arguments.options.progress = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  const auto report = mood->parsed() ? train_mood(arguments) : train_song_features(arguments);
  if (!report) {
    fmt::print(stderr, "spotisearch-train: {}\n", report.error().message);
    return 1;
  }
  fmt::print("kept epoch {}: {} pairs; held out: songs mse {:.4f}", report->best_epoch,
             report->pairs, report->song_mse);
  if (report->queries > 0) {
    fmt::print(", {} queries mse {:.4f}, {:.1f}% within one spread", report->queries,
               report->query_mse, 100 * report->query_within);
  }
  fmt::print("\n");
  return 0;
}

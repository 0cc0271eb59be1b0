#include "cli/command.h"

#include <ostream>

namespace spotisearch {

SearchMode mode_named(const std::string& name) {
  if (name == "features") return SearchMode::kFeatures;
  if (name == "text") return SearchMode::kText;
  if (name == "keywords") return SearchMode::kKeywords;
  return SearchMode::kBlend;
}

std::string name_of(SearchMode mode) {
  switch (mode) {
    case SearchMode::kFeatures:
      return "features";
    case SearchMode::kText:
      return "text";
    case SearchMode::kKeywords:
      return "keywords";
    case SearchMode::kBlend:
      break;
  }
  return "blend";
}

int report(CommandWorld& world, const Error& error) {
  world.err << "spotisearch: " << error.message << '\n';
  return error.code == ErrorCode::kInvalidArgument ? kExitWrongUsage : kExitFailed;
}

Result<OpenedEngine> open_engine(CommandWorld& world, const CommandArguments& arguments) {
  // The library first: a missing one is the likelier mistake, and found out sooner.
  if (!std::filesystem::exists(arguments.library / "library.db")) {
    return fail(ErrorCode::kNotFound, "there is no library in " + arguments.library.string() +
                                          " yet; make one with `spotisearch import YOUR.csv`" +
                                          " (add --library DIR if it should be elsewhere)");
  }
  auto models = world.load_models(arguments.models);
  if (!models) return tl::unexpected(std::move(models).error());
  auto engine = SearchEngine::open(arguments.library, *models);
  if (!engine) return tl::unexpected(std::move(engine).error());
  return OpenedEngine{std::move(*engine), std::move(*models)};
}

IndexModels index_models(const SearchEngine::Models& models) {
  return {.encoder = *models.encoder,
          .scaler = models.mood->scaler(),
          .knowledge = models.knowledge.get(),
          .song_features = models.song_features.get()};
}

int serve_command(CommandWorld& world, const CommandArguments& arguments) {
  auto models = world.load_models(arguments.models);
  if (!models) return report(world, models.error());
  ServeRequest request = arguments.serve;
  request.library = arguments.library;
  return world.serve(request, *models);
}

}  // namespace spotisearch

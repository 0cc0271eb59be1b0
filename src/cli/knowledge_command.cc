#include <fmt/format.h>

#include <ostream>

#include "cli/command.h"
#include "knowledge/own_knowledge.h"
#include "knowledge/recognise.h"

namespace spotisearch {
namespace {

std::string listed(const TextList& items) {
  std::string text;
  for (const std::string_view item : items) {
    if (!text.empty()) text += ", ";
    text += item;
  }
  return text;
}

void print_field(std::ostream& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out << fmt::format("  {:<12}{}\n", name, value);
}

void print(std::ostream& out, const ArtistFacts& artist) {
  out << artist.name << '\n';
  print_field(out, "also", listed(artist.aliases));
  print_field(out, "genres", listed(artist.genres));
  print_field(out, "active", artist.active);
  print_field(out, "country", listed(artist.countries));
  print_field(out, "language", listed(artist.languages));
  print_field(out, "voice", listed(artist.voices));
  print_field(out, "moods", listed(artist.moods));
  print_field(out, "sound", artist.description);
}

void print(std::ostream& out, const GenreFacts& genre) {
  out << genre.name << " (genre)\n";
  print_field(out, "also", listed(genre.aliases));
  print_field(out, "parents", listed(genre.parents));
  print_field(out, "family", genre.family);
  print_field(out, "regions", listed(genre.regions));
  print_field(out, "era", genre.era);
  print_field(out, "moods", listed(genre.moods));
  print_field(out, "scenes", listed(genre.scenes));
  print_field(out, "sound", genre.description);
}

/// Vectors and keywords of what a changed knowledge speaks of; nothing where there is no library.
int bring_up_to_date(CommandWorld& world, const CommandArguments& arguments,
                     const SearchEngine::Models& models) {
  std::error_code unreadable;
  if (!std::filesystem::exists(arguments.library / "library.db", unreadable)) return kExitDone;
  auto catalog = Catalog::open(arguments.library);
  if (!catalog) return report(world, catalog.error());
  auto indexed = index_library(*catalog, arguments.library, index_models(models), {});
  if (!indexed) return report(world, indexed.error());
  world.err << fmt::format("{} songs and albums are found by other words now.\n", indexed->changed);
  return kExitDone;
}

}  // namespace

int knowledge_show_command(CommandWorld& world, const CommandArguments& arguments) {
  auto models = world.load_models(arguments.models);
  if (!models) return report(world, models.error());
  auto knowledge = knowledge_of_library(
      models->knowledge == nullptr ? Knowledge() : *models->knowledge, arguments.library);
  if (!knowledge) return report(world, knowledge.error());
  const std::string& name = arguments.id;
  const auto artists = recognise_artists(std::span(&name, 1), *knowledge);
  for (const ArtistFacts& artist : artists) print(world.out, artist);
  const auto genre = artists.empty() ? knowledge->genre_or_kind(name) : knowledge->genre(name);
  if (genre) print(world.out, *genre);
  if (!artists.empty() || genre) return kExitDone;
  return report(world, {ErrorCode::kNotFound,
                        fmt::format("nothing is known about '{}'; `spotisearch knowledge add "
                                    "MY.csv` teaches it (columns: artist,genres,moods,description)",
                                    name)});
}

int knowledge_add_command(CommandWorld& world, const CommandArguments& arguments) {
  auto models = world.load_models(arguments.models);
  if (!models) return report(world, models.error());
  auto added = add_own_knowledge(arguments.library, arguments.paths);
  if (!added) return report(world, added.error());
  for (const std::string& fault : added->faults) world.err << fault << '\n';
  if (!added->faults.empty()) {
    return report(world, {ErrorCode::kInvalidArgument,
                          "nothing was added; mend the rows named above and try again"});
  }
  world.err << fmt::format("The library has {} artists and {} genres of its own now.\n",
                           added->artists, added->genres);
  return bring_up_to_date(world, arguments, *models);
}

int knowledge_forget_command(CommandWorld& world, const CommandArguments& arguments) {
  auto models = world.load_models(arguments.models);
  if (!models) return report(world, models.error());
  auto forgotten = forget_own_knowledge(arguments.library);
  if (!forgotten) return report(world, forgotten.error());
  world.err << fmt::format("{} rows of the library's own were forgotten.\n", *forgotten);
  return bring_up_to_date(world, arguments, *models);
}

}  // namespace spotisearch

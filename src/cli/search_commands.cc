#include <fmt/format.h>

#include <ostream>

#include "cli/command.h"
#include "search/search_answer_json.h"

namespace spotisearch {
namespace {

const std::string kWithdrawn = "(no title: withdrawn from Spotify)";

std::string in_year(int year) { return year == 0 ? "" : fmt::format(" ({})", year); }

std::string headline(const Track& track) {
  const std::string& title = track.title.empty() ? kWithdrawn : track.title;
  std::string line = title;
  if (!track.artists.empty()) line += fmt::format(" - {}", fmt::join(track.artists, ", "));
  if (!track.album.empty()) line += fmt::format("  [{}]", track.album);
  return line + in_year(track.year);
}

std::string headline(const Album& album) {
  return fmt::format("{} - {}{}", album.title, fmt::join(album.artists, ", "), in_year(album.year));
}

template <class Item>
void print_text(std::ostream& out, const SearchAnswer<Item>& answer) {
  for (std::size_t i = 0; i < answer.hits.size(); ++i) {
    const Hit<Item>& hit = answer.hits[i];
    out << fmt::format("{:2}. {}\n", i + 1, headline(hit.item));
    std::vector<std::string> reasons;
    for (const Reason& reason : hit.reasons) reasons.push_back(reason.text);
    if (!reasons.empty()) out << fmt::format("    {}\n", fmt::join(reasons, "; "));
  }
}

template <class Item>
void print_notes(CommandWorld& world, const SearchAnswer<Item>& answer) {
  for (const std::string& note : answer.notes) world.err << note << '\n';
  if (answer.hits.empty()) {
    world.err << "Nothing fits: try other words, or fewer filters.\n";
    return;
  }
  world.err << fmt::format("{} results in {:.1f} ms\n", answer.hits.size(),
                           static_cast<double>(answer.took.count()) / 1000.0);
}

}  // namespace

int songs_command(CommandWorld& world, const CommandArguments& arguments) {
  auto engine = open_engine(world, arguments);
  if (!engine) return report(world, engine.error());
  auto answer = (*engine)->songs(arguments.query);
  if (!answer) return report(world, answer.error());
  if (arguments.json) {
    world.out << to_json(*answer, arguments.query.text, engine->models.mood->scaler()) << '\n';
    return kExitDone;
  }
  print_text(world.out, *answer);
  print_notes(world, *answer);
  return kExitDone;
}

int albums_command(CommandWorld& world, const CommandArguments& arguments) {
  auto engine = open_engine(world, arguments);
  if (!engine) return report(world, engine.error());
  auto answer = (*engine)->albums(arguments.query);
  if (!answer) return report(world, answer.error());
  if (arguments.json) {
    world.out << to_json(*answer, arguments.query.text) << '\n';
    return kExitDone;
  }
  print_text(world.out, *answer);
  print_notes(world, *answer);
  return kExitDone;
}

int similar_command(CommandWorld& world, const CommandArguments& arguments) {
  auto engine = open_engine(world, arguments);
  if (!engine) return report(world, engine.error());
  auto songs = (*engine)->similar_songs(arguments.id, arguments.query.k);
  if (songs) {
    if (arguments.json) {
      world.out << to_json(*songs, arguments.id, engine->models.mood->scaler()) << '\n';
    } else {
      print_text(world.out, *songs);
      print_notes(world, *songs);
    }
    return kExitDone;
  }
  if (songs.error().code != ErrorCode::kNotFound) return report(world, songs.error());
  auto albums = (*engine)->similar_albums(arguments.id, arguments.query.k);
  if (!albums) {
    if (albums.error().code != ErrorCode::kNotFound) return report(world, albums.error());
    return report(world,
                  {ErrorCode::kNotFound, "the library has no song and no album with the id " +
                                             arguments.id + "; ids are in the --json output"});
  }
  if (arguments.json) {
    world.out << to_json(*albums, arguments.id) << '\n';
  } else {
    print_text(world.out, *albums);
    print_notes(world, *albums);
  }
  return kExitDone;
}

}  // namespace spotisearch

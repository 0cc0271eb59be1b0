#include <fmt/format.h>

#include <ostream>

#include "cli/command.h"
#include "search/search_answer_json.h"

namespace spotisearch {
namespace {

std::string megabytes(std::uintmax_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string coverage(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "-";
  return fmt::format("{:6} ({:.1f}%)", part,
                     100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace

int info_command(CommandWorld& world, const CommandArguments& arguments) {
  auto engine = open_engine(world, arguments);
  if (!engine) return report(world, engine.error());
  auto info = (*engine)->info();
  if (!info) return report(world, info.error());
  if (arguments.json) {
    world.out << to_json(*info) << '\n';
    return kExitDone;
  }
  const CatalogCounts& counts = info->counts;
  const auto line = [&](std::string_view name, const std::string& value) {
    world.out << fmt::format("{:<28}{}\n", name, value);
  };
  line("Library", info->folder.string());
  line("Songs", fmt::format("{:6}", counts.tracks));
  line("  with genres", coverage(counts.tracks_with_genres, counts.tracks));
  line("  with all audio features", coverage(counts.tracks_with_all_features, counts.tracks));
  line("  with some audio features", coverage(counts.tracks_with_any_feature, counts.tracks));
  line("  measured, not estimated", coverage(counts.tracks_with_measured_features, counts.tracks));
  line("  with a text vector",
       coverage(static_cast<std::int64_t>(info->track_vectors), counts.tracks));
  line("  by a known artist", coverage(info->knowledge.known_artist, counts.tracks));
  line("  of a known genre", coverage(info->knowledge.known_genre, counts.tracks));
  line("  with neither", coverage(info->knowledge.known_neither, counts.tracks));
  line("  with estimated features", coverage(info->knowledge.estimated_features, counts.tracks));
  line("Albums", fmt::format("{:6}", counts.albums));
  line("  with a description", coverage(counts.albums_with_description, counts.albums));
  line("  with mood words", coverage(counts.albums_with_descriptors, counts.albums));
  line("  with a text vector",
       coverage(static_cast<std::int64_t>(info->album_vectors), counts.albums));
  line("Known artists", fmt::format("{:6}", info->known_artists));
  line("Known genres", fmt::format("{:6}", info->known_genres));
  line("Database", megabytes(info->database_bytes));
  line("Vectors", megabytes(info->vector_bytes));
  line("Text encoder",
       fmt::format("{} ({} dimensions)", info->encoder_fingerprint, info->encoder_dimension));
  return kExitDone;
}

}  // namespace spotisearch

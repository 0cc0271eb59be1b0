// Knowledge from anywhere: compiled files and CSV rows must be refused or read, and any name looked
// up.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "knowledge/knowledge_csv.h"
#include "knowledge/knowledge_file.h"
#include "knowledge/recognise.h"

namespace {

using namespace spotisearch;

// A checksum stops a fuzzer at the door; this makes it right, so that what it guards is reached.
std::string with_right_checksum(std::string_view bytes) {
  std::string repaired(bytes);
  knowledge_layout::Header header;
  if (bytes.size() < sizeof header) return repaired;
  std::memcpy(&header, bytes.data(), sizeof header);
  const auto rest = std::as_bytes(std::span(bytes)).subspan(sizeof header);
  header.checksum = knowledge_layout::file_checksum(header, rest);
  std::memcpy(repaired.data(), &header, sizeof header);
  return repaired;
}

void look_up(const KnowledgeFile& file, std::string_view name) {
  for (std::size_t i = 0; i < file.artists(); ++i) {
    volatile std::size_t sink = file.artist(i).description.size();
    for (const std::string_view mood : file.artist(i).moods) sink = mood.size();
    (void)sink;
  }
  (void)file.find_artist(name);
  (void)file.find_genre(name);
}

void compile_and_look_up(std::string_view text) {
  const KnowledgeCsv csv = read_knowledge_csv(text, "fuzz");
  auto file = KnowledgeFile::parse(make_knowledge_file(csv.rows));
  if (!file) __builtin_trap();  // what was just made must open
  std::vector<KnowledgeFile> files;
  files.push_back(std::move(*file));
  const Knowledge knowledge(std::move(files));
  for (const ArtistRow& row : csv.rows.artists) {
    if (!knowledge.artist(row.name)) __builtin_trap();
  }
  Track track;
  track.title = text;
  track.artists = {track.title, "a"};
  track.genres = {track.title};
  (void)recognise(track, knowledge);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto file = KnowledgeFile::parse(bytes)) look_up(*file, bytes);
  if (const auto file = KnowledgeFile::parse(with_right_checksum(bytes))) look_up(*file, bytes);
  compile_and_look_up(bytes);
  return 0;
}

#include "knowledge/knowledge_file.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "knowledge/name_key.h"
#include "knowledge/prose.h"
#include "vectors/checksum.h"

namespace spotisearch {
namespace {

namespace layout = knowledge_layout;

std::uint64_t slot_hash(layout::Kind kind, std::string_view key) {
  return stable_hash(key, 0xcbf29ce484222325u + static_cast<std::uint64_t>(kind));
}

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

std::uint32_t narrow(std::size_t value) { return static_cast<std::uint32_t>(value); }

class Writer {
 public:
  void add(const GenreRow& row);
  void add(const ArtistRow& row);
  std::string finish();

 private:
  layout::Text text(const std::string& text);
  layout::List list(const std::vector<std::string>& items);
  void name(layout::Kind kind, std::string key, std::size_t record) {
    if (!key.empty()) names_[static_cast<std::size_t>(kind)][std::move(key)] = narrow(record);
  }
  void place(std::vector<layout::Slot>& slots, layout::Kind kind, const std::string& key,
             std::uint32_t record);

  std::vector<layout::Genre> genres_;
  std::vector<layout::Artist> artists_;
  std::vector<layout::Text> lists_;
  std::string texts_;
  std::unordered_map<std::string, layout::Text> known_texts_;
  std::unordered_map<std::string, std::uint32_t> names_[3];  ///< by layout::Kind
};

layout::Text Writer::text(const std::string& text) {
  const auto [known, fresh] =
      known_texts_.try_emplace(text, layout::Text{narrow(texts_.size()), narrow(text.size())});
  if (fresh) texts_ += text;
  return known->second;
}

layout::List Writer::list(const std::vector<std::string>& items) {
  const layout::List list{narrow(lists_.size()), narrow(items.size())};
  for (const std::string& item : items) lists_.push_back(text(item));
  return list;
}

void Writer::add(const GenreRow& row) {
  for (const std::string& alias : row.aliases) {
    name(layout::Kind::kGenre, genre_key(alias), genres_.size());
  }
  name(layout::Kind::kGenre, genre_key(row.name), genres_.size());
  genres_.push_back({.name = text(row.name),
                     .family = text(row.family),
                     .era = text(row.era),
                     .description = text(row.description),
                     .prose = text(prose_of(row)),
                     .aliases = list(row.aliases),
                     .parents = list(row.parents),
                     .regions = list(row.regions),
                     .moods = list(row.moods),
                     .scenes = list(row.scenes)});
}

void Writer::add(const ArtistRow& row) {
  for (const std::string& alias : row.aliases) {
    name(layout::Kind::kArtist, artist_key(alias), artists_.size());
  }
  name(layout::Kind::kArtist, artist_key(row.name), artists_.size());
  artists_.push_back({.name = text(row.name),
                      .active = text(row.active),
                      .description = text(row.description),
                      .prose = text(prose_of(row)),
                      .aliases = list(row.aliases),
                      .genres = list(row.genres),
                      .countries = list(row.countries),
                      .languages = list(row.languages),
                      .voices = list(row.voices),
                      .moods = list(row.moods)});
}

void Writer::place(std::vector<layout::Slot>& slots, layout::Kind kind, const std::string& key,
                   std::uint32_t record) {
  const std::uint64_t hash = slot_hash(kind, key);
  const std::size_t mask = slots.size() - 1;
  std::size_t at = hash & mask;
  while (slots[at].kind != layout::Kind::kEmpty) at = (at + 1) & mask;
  slots[at] = {tag_of(hash), kind, record, text(key)};
}

std::string Writer::finish() {
  std::vector<std::pair<std::string, layout::Kind>> keys;
  for (const auto kind : {layout::Kind::kGenre, layout::Kind::kArtist}) {
    for (const auto& [key, record] : names_[static_cast<std::size_t>(kind)]) {
      keys.emplace_back(key, kind);
    }
  }
  std::ranges::sort(keys);  // the same rows give the same bytes
  std::vector<layout::Slot> slots(std::bit_ceil(std::max<std::size_t>(2 * keys.size(), 2)));
  for (const auto& [key, kind] : keys) {
    place(slots, kind, key, names_[static_cast<std::size_t>(kind)].at(key));
  }

  layout::Header header;
  header.genres = narrow(genres_.size());
  header.artists = narrow(artists_.size());
  header.slots = narrow(slots.size());
  header.lists = narrow(lists_.size());
  header.text_bytes = narrow(texts_.size());
  std::string rest;
  const auto append = [&rest](const auto& items) {
    rest.append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(*items.data()));
  };
  append(genres_);
  append(artists_);
  append(slots);
  append(lists_);
  append(texts_);
  const auto rest_bytes = std::as_bytes(std::span(rest));
  header.fingerprint = checksum(rest_bytes);
  header.checksum = layout::file_checksum(header, rest_bytes);
  return std::string(reinterpret_cast<const char*>(&header), sizeof header) + rest;
}

/// Takes `count` items from the front of `bytes`; nothing when they are not there.
template <class T>
bool take(std::span<const std::byte>& bytes, std::uint32_t count, std::span<const T>& out) {
  const std::size_t size = std::size_t{count} * sizeof(T);
  if (size > bytes.size()) return false;
  out = {reinterpret_cast<const T*>(bytes.data()), count};
  bytes = bytes.subspan(size);
  return true;
}

}  // namespace

std::uint64_t layout::file_checksum(Header header, std::span<const std::byte> rest) {
  header.checksum = 0;
  const std::uint64_t sums[] = {checksum(std::as_bytes(std::span(&header, 1))), checksum(rest)};
  return checksum(std::as_bytes(std::span(sums)));
}

std::string make_knowledge_file(const KnowledgeRows& rows) {
  Writer writer;
  for (const GenreRow& row : rows.genres) writer.add(row);
  for (const ArtistRow& row : rows.artists) writer.add(row);
  return writer.finish();
}

Result<KnowledgeFile> KnowledgeFile::open(const std::filesystem::path& path) {
  auto mapped = MappedFile::open(path);
  if (!mapped) return tl::unexpected(std::move(mapped).error());
  KnowledgeFile file;
  file.mapped_ = std::move(*mapped);
  file.bytes_ = file.mapped_.bytes();
  auto adopted = adopt(std::move(file));
  if (!adopted) return fail(path.string() + ": ", std::move(adopted).error());
  return adopted;
}

Result<KnowledgeFile> KnowledgeFile::parse(std::string_view bytes) {
  KnowledgeFile file;
  file.own_ = std::make_unique<std::byte[]>(bytes.size());
  std::memcpy(file.own_.get(), bytes.data(), bytes.size());
  file.bytes_ = {file.own_.get(), bytes.size()};
  return adopt(std::move(file));
}

Result<KnowledgeFile> KnowledgeFile::adopt(KnowledgeFile file) {
  const auto corrupt = [] {
    return fail(ErrorCode::kCorrupt, "the knowledge file is damaged; build it again");
  };
  layout::Header header;
  if (file.bytes_.size() < sizeof header) return corrupt();
  std::memcpy(&header, file.bytes_.data(), sizeof header);
  if (header.magic != layout::kMagic) {
    return fail(ErrorCode::kInvalidArgument, "this is no knowledge file");
  }
  if (header.version != layout::kVersion) {
    return fail(ErrorCode::kInvalidArgument,
                "the knowledge file was made by another version of the program; build it again");
  }
  auto rest = file.bytes_.subspan(sizeof header);
  if (header.checksum != layout::file_checksum(header, rest)) return corrupt();
  std::span<const char> texts;
  if (!take(rest, header.genres, file.genres_) || !take(rest, header.artists, file.artists_) ||
      !take(rest, header.slots, file.slots_) || !take(rest, header.lists, file.lists_) ||
      !take(rest, header.text_bytes, texts) || !rest.empty()) {
    return corrupt();
  }
  file.texts_ = {texts.data(), texts.size()};
  file.fingerprint_ = header.fingerprint;
  if (!file.well_formed()) return corrupt();
  return file;
}

/// Whether everything that is named is there. A checksum can be right on a file that was made
/// wrong.
bool KnowledgeFile::well_formed() const {
  const auto in_texts = [&](layout::Text text) {
    return std::uint64_t{text.offset} + text.size <= texts_.size();
  };
  const auto in_lists = [&](layout::List list) {
    return std::uint64_t{list.begin} + list.count <= lists_.size();
  };
  const auto good_genre = [&](const layout::Genre& g) {
    return in_texts(g.name) && in_texts(g.family) && in_texts(g.era) && in_texts(g.description) &&
           in_texts(g.prose) && in_lists(g.aliases) && in_lists(g.parents) && in_lists(g.regions) &&
           in_lists(g.moods) && in_lists(g.scenes);
  };
  const auto good_artist = [&](const layout::Artist& a) {
    return in_texts(a.name) && in_texts(a.active) && in_texts(a.description) && in_texts(a.prose) &&
           in_lists(a.aliases) && in_lists(a.genres) && in_lists(a.countries) &&
           in_lists(a.languages) && in_lists(a.voices) && in_lists(a.moods);
  };
  const auto good_slot = [&](const layout::Slot& slot) {
    if (slot.kind == layout::Kind::kEmpty) return true;
    const bool genre = slot.kind == layout::Kind::kGenre;
    return (genre || slot.kind == layout::Kind::kArtist) && in_texts(slot.key) &&
           slot.record < (genre ? genres_.size() : artists_.size());
  };
  const auto is_empty = [](const layout::Slot& slot) { return slot.kind == layout::Kind::kEmpty; };
  return std::has_single_bit(slots_.size()) && std::ranges::any_of(slots_, is_empty) &&
         std::ranges::all_of(lists_, in_texts) && std::ranges::all_of(genres_, good_genre) &&
         std::ranges::all_of(artists_, good_artist) && std::ranges::all_of(slots_, good_slot);
}

std::optional<std::uint32_t> KnowledgeFile::find(layout::Kind kind, std::string_view key) const {
  const std::uint64_t hash = slot_hash(kind, key);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const layout::Slot& slot = slots_[at];
    if (slot.kind == layout::Kind::kEmpty) return std::nullopt;
    if (slot.tag == tag_of(hash) && slot.kind == kind && text(slot.key) == key) return slot.record;
  }
}

std::optional<GenreFacts> KnowledgeFile::find_genre(std::string_view key) const {
  const auto found = find(layout::Kind::kGenre, key);
  return found ? std::optional(genre(*found)) : std::nullopt;
}

std::optional<ArtistFacts> KnowledgeFile::find_artist(std::string_view key) const {
  const auto found = find(layout::Kind::kArtist, key);
  return found ? std::optional(artist(*found)) : std::nullopt;
}

GenreFacts KnowledgeFile::genre(std::size_t i) const {
  const layout::Genre& g = genres_[i];
  return {.name = text(g.name),
          .family = text(g.family),
          .era = text(g.era),
          .description = text(g.description),
          .prose = text(g.prose),
          .aliases = list(g.aliases),
          .parents = list(g.parents),
          .regions = list(g.regions),
          .moods = list(g.moods),
          .scenes = list(g.scenes)};
}

ArtistFacts KnowledgeFile::artist(std::size_t i) const {
  const layout::Artist& a = artists_[i];
  return {.name = text(a.name),
          .active = text(a.active),
          .description = text(a.description),
          .prose = text(a.prose),
          .aliases = list(a.aliases),
          .genres = list(a.genres),
          .countries = list(a.countries),
          .languages = list(a.languages),
          .voices = list(a.voices),
          .moods = list(a.moods)};
}

}  // namespace spotisearch

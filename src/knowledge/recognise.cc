#include "knowledge/recognise.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "knowledge/name_key.h"
#include "text/normalise.h"

namespace spotisearch {
namespace {

// A genre list longer than this says the same things again and again.
constexpr std::size_t kMostGenres = 6;
// The longest run of list entries that are one name: "Crosby", "Stills", "Nash & Young".
constexpr std::size_t kLongestRun = 4;

void add_once(std::vector<ArtistFacts>& artists, const ArtistFacts& artist) {
  const auto same = [&](const ArtistFacts& known) { return known.name == artist.name; };
  if (std::ranges::none_of(artists, same)) artists.push_back(artist);
}

void add_once(std::vector<GenreFacts>& genres, const GenreFacts& genre) {
  const auto same = [&](const GenreFacts& known) { return known.name == genre.name; };
  if (genres.size() < kMostGenres && std::ranges::none_of(genres, same)) genres.push_back(genre);
}

/// Words that end the name of an ensemble which is its leader's: "... Trio".
constexpr std::array<std::string_view, 16> kEnsembles = {
    "trio", "quartet",   "quintet",  "sextet", "septet",  "octet",      "nonet", "tentet",
    "band", "orchestra", "ensemble", "group",  "project", "experience", "combo", "dj set"};

/// The key of an ensemble's leader, or empty when the name is no such ensemble. Keys are made of
/// words parted by single spaces.
std::string_view leader(std::string_view key) {
  for (const std::string_view ensemble : kEnsembles) {
    if (!key.ends_with(ensemble)) continue;
    std::string_view rest = key.substr(0, key.size() - ensemble.size());
    if (!rest.ends_with(' ')) continue;
    rest.remove_suffix(1);
    if (rest.ends_with(" big") || rest.ends_with(" jazz")) rest = rest.substr(0, rest.rfind(' '));
    // One word ("horizon trio") is more often the ensemble's own name than its leader's.
    return rest.find(' ') == std::string_view::npos ? std::string_view() : rest;
  }
  return {};
}

std::optional<ArtistFacts> find_one(std::string_view name, const Knowledge& knowledge) {
  const std::string key = artist_key(name);
  if (auto found = knowledge.artist_by_key(key)) return found;
  // "Beatles, The" and video channels' "Beatles - Topic"
  for (const std::string_view suffix : {" the", " topic", " official"}) {
    if (!key.ends_with(suffix)) continue;
    const auto rest = std::string_view(key).substr(0, key.size() - suffix.size());
    if (auto found = knowledge.artist_by_key(rest)) return found;
  }
  if (const auto of = leader(key); !of.empty()) return knowledge.artist_by_key(of);
  return std::nullopt;
}

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         });
}

constexpr std::string_view kMarks = ",;/()[]";

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](auto known) { return equal_ignoring_case(word, known); });
}

/// Words that credit somebody else, wherever they stand.
bool credits(std::string_view word) {
  constexpr std::string_view kWords[] = {"feat.", "feat", "featuring", "ft.", "ft", "vs.", "vs"};
  return is_one_of(word, kWords);
}

bool parts_names(std::string_view word) {
  constexpr std::string_view kWords[] = {"with", "&",  "and", "x",        "+",
                                         "y",    "et", "und", "presents", "pres."};
  return credits(word) || is_one_of(word, kWords);
}

/// Several names in one. Views into it.
struct Parts {
  std::vector<std::string_view> names;
  bool credited = false;  ///< "A feat. B", "A, B": surely two; "A and B" can be one
};

/// The names that "A feat. B", "A, B (with C)", "A/B" hold.
Parts split_names(std::string_view name) {
  Parts parts;
  const char* begin = nullptr;  // of the part that grows
  const char* end = nullptr;
  const auto close = [&] {
    if (begin != nullptr) {
      parts.names.emplace_back(begin, static_cast<std::size_t>(end - begin));
    }
    begin = nullptr;
  };
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] == ' ' || kMarks.find(name[at]) != std::string_view::npos) {
      if (name[at] != ' ') close();
      parts.credited |= name[at] == ',' || name[at] == ';' || name[at] == '/';
      ++at;
      continue;
    }
    std::string_view word = name.substr(at);
    word = word.substr(0, word.find_first_of(" ,;/()[]"));
    at += word.size();
    if (parts_names(word)) {
      parts.credited |= credits(word);
      close();
      continue;
    }
    if (begin == nullptr) begin = word.data();
    end = word.data() + word.size();
  }
  close();
  return parts;
}

/// The artist of `name` from byte `begin` to `end`, also with the word before or behind it, which
/// can be a part of the name: "Lil Nas X feat. B", "A x X Japan".
std::optional<ArtistFacts> find_run(std::string_view name, std::size_t begin, std::size_t end,
                                    const Knowledge& knowledge) {
  const auto behind =
      std::min(name.find_first_of(" ,;/()[]", std::min(end + 1, name.size())), name.size());
  const auto before = begin < 2 ? 0 : name.find_last_of(" ,;/()[]", begin - 2) + 1;
  if (behind > end) {
    if (auto found = knowledge.artist(name.substr(begin, behind - begin))) return found;
  }
  if (before < begin) {
    if (auto found = knowledge.artist(name.substr(before, end - before))) return found;
  }
  return find_one(name.substr(begin, end - begin), knowledge);
}

/// One entry of an artist list that as a whole nobody knows: whom its parts name. Longer runs of
/// parts first, so that "Simon & Garfunkel feat. X" finds the duo.
void add_parts(std::string_view name, const Knowledge& knowledge, std::vector<ArtistFacts>& out) {
  const Parts parts = split_names(name);
  if (parts.names.size() < 2) return;
  std::vector<ArtistFacts> found;
  bool surely = parts.credited;
  for (std::size_t i = 0; i < parts.names.size();) {
    std::size_t taken = 1;
    const auto begin = static_cast<std::size_t>(parts.names[i].data() - name.data());
    for (std::size_t n = std::min(kLongestRun, parts.names.size() - i); n > 0; --n) {
      const std::string_view last = parts.names[i + n - 1];
      const auto end = static_cast<std::size_t>(last.data() - name.data()) + last.size();
      const auto artist = find_run(name, begin, end, knowledge);
      if (!artist) continue;
      found.push_back(*artist);
      surely |= name.substr(begin, end - begin).find(' ') != std::string_view::npos;
      taken = n;
      break;
    }
    i += taken;
  }
  // One word of an unknown name is a word: "Heart and Soul" is not Heart.
  if (found.size() < 2 && !surely) return;
  for (const ArtistFacts& artist : found) add_once(out, artist);
}

/// How many entries from `i` on are one known name that a comma parted; 0 for none.
std::size_t joined_name(std::span<const std::string> names, std::size_t i,
                        const Knowledge& knowledge, std::vector<ArtistFacts>& out) {
  for (std::size_t n = std::min(kLongestRun, names.size() - i); n > 1; --n) {
    std::string joined = names[i];
    for (std::size_t j = 1; j < n; ++j) joined += " " + names[i + j];
    if (const auto found = knowledge.artist(joined)) {
      add_once(out, *found);
      return n;
    }
  }
  return 0;
}

void add_genres(std::span<const std::string> names, const Knowledge& knowledge,
                std::vector<GenreFacts>& out) {
  for (const std::string& name : names) {
    if (const auto found = knowledge.genre_or_kind(name)) add_once(out, *found);
  }
}

/// "metal", "pop": says less than its artists' genres do.
bool is_broad(const GenreFacts& genre) { return genre.parents.empty(); }

void add_genres_of_artists(const Knowledge& knowledge, Recognised& recognised) {
  for (const ArtistFacts& artist : recognised.artists) {
    for (const std::string_view name : artist.genres) {
      if (const auto found = knowledge.genre_or_kind(name)) add_once(recognised.genres, *found);
    }
  }
}

}  // namespace

std::vector<ArtistFacts> recognise_artists(std::span<const std::string> names,
                                           const Knowledge& knowledge) {
  std::vector<ArtistFacts> artists;
  for (std::size_t i = 0; i < names.size();) {
    if (const std::size_t taken = joined_name(names, i, knowledge, artists); taken > 0) {
      i += taken;
      continue;
    }
    if (const auto found = find_one(names[i], knowledge)) {
      add_once(artists, *found);
    } else {
      add_parts(names[i], knowledge, artists);
    }
    ++i;
  }
  return artists;
}

std::vector<std::string> guests_in_title(std::string_view title) {
  constexpr std::array<std::string_view, 5> kMarks = {"feat. ", "feat ", "featuring ", "ft. ",
                                                      "with "};
  for (std::size_t at = 1; at < title.size(); ++at) {
    const bool bracket = title[at - 1] == '(' || title[at - 1] == '[';
    if (!bracket && title[at - 1] != ' ') continue;
    for (const std::string_view mark : kMarks) {
      // "with" is a word of many titles; only brackets make it a credit.
      if (mark == "with " && !bracket) continue;
      if (!equal_ignoring_case(title.substr(at, mark.size()), mark)) continue;
      std::string_view guests = title.substr(at + mark.size());
      guests = guests.substr(0, guests.find_first_of(")]"));
      return {std::string(guests)};
    }
  }
  return {};
}

Recognised recognise(const Track& track, const Knowledge& knowledge) {
  Recognised recognised;
  recognised.artists = recognise_artists(track.artists, knowledge);
  if (recognised.artists.empty()) {
    recognised.artists = recognise_artists(guests_in_title(track.title), knowledge);
  }
  add_genres(track.genres, knowledge, recognised.genres);
  recognised.own_genres = recognised.genres.size();
  add_genres_of_artists(knowledge, recognised);
  return recognised;
}

Recognised recognise(const Album& album, const Knowledge& knowledge) {
  Recognised recognised;
  recognised.artists = recognise_artists(album.artists, knowledge);
  add_genres(album.genres, knowledge, recognised.genres);
  recognised.own_genres = recognised.genres.size();
  if (std::ranges::all_of(recognised.genres, is_broad)) {
    add_genres_of_artists(knowledge, recognised);
  }
  return recognised;
}

}  // namespace spotisearch

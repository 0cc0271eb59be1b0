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
    "trio",  "quartet",    "quintet",  "sextet", "septet",  "octet",      "nonet", "tentet",
    "band",  "orchestra",  "ensemble", "group",  "project", "experience", "combo", "dj set"};

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

bool parts_names(std::string_view word) {
  constexpr std::array<std::string_view, 17> kWords = {
      "feat.", "feat", "featuring", "ft.", "ft", "with", "&",        "and",  "x",
      "vs.",   "vs",   "+",         "y",   "et", "und",  "presents", "pres."};
  return std::ranges::any_of(kWords, [&](auto known) { return equal_ignoring_case(word, known); });
}

/// The names that "A feat. B", "A, B (with C)", "A/B" hold; views into `name`.
std::vector<std::string_view> split_names(std::string_view name) {
  constexpr std::string_view kMarks = ",;/()[]";
  std::vector<std::string_view> parts;
  const char* begin = nullptr;  // of the part that grows
  const char* end = nullptr;
  const auto close = [&] {
    if (begin != nullptr) parts.emplace_back(begin, static_cast<std::size_t>(end - begin));
    begin = nullptr;
  };
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] == ' ' || kMarks.find(name[at]) != std::string_view::npos) {
      if (name[at] != ' ') close();
      ++at;
      continue;
    }
    std::string_view word = name.substr(at);
    word = word.substr(0, word.find_first_of(" ,;/()[]"));
    at += word.size();
    if (parts_names(word)) {
      close();
      continue;
    }
    if (begin == nullptr) begin = word.data();
    end = word.data() + word.size();
  }
  close();
  return parts;
}

/// One entry of an artist list that as a whole nobody knows: whom its parts name. Longer runs of
/// parts first, so that "Simon & Garfunkel feat. X" finds the duo.
void add_parts(std::string_view name, const Knowledge& knowledge, std::vector<ArtistFacts>& out) {
  const auto parts = split_names(name);
  if (parts.size() < 2) return;
  for (std::size_t i = 0; i < parts.size();) {
    std::size_t taken = 1;
    for (std::size_t n = std::min(kLongestRun, parts.size() - i); n > 0; --n) {
      const char* const end = parts[i + n - 1].data() + parts[i + n - 1].size();
      const std::string_view run(parts[i].data(), static_cast<std::size_t>(end - parts[i].data()));
      if (const auto found = find_one(run, knowledge)) {
        add_once(out, *found);
        taken = n;
        break;
      }
    }
    i += taken;
  }
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

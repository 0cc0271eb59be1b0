#include "text/stop_words.h"

#include <algorithm>
#include <array>

namespace spotisearch {
namespace {

// In byte order, for the binary search.
constexpr std::array kStopWords = std::to_array<std::string_view>({
    "a",        "about",     "album",    "albums",    "all",     "also",    "am",        "an",
    "and",      "any",       "anything", "are",       "around",  "artist",  "artists",   "as",
    "at",       "band",      "bands",    "be",        "because", "been",    "being",     "but",
    "by",       "can",       "could",    "d",         "did",     "do",      "does",      "doesn",
    "doing",    "don",       "done",     "etc",       "feel",    "feeling", "feelings",  "feels",
    "find",     "for",       "from",     "get",       "gets",    "getting", "give",      "had",
    "has",      "have",      "having",   "he",        "hear",    "her",     "hers",      "him",
    "his",      "how",       "i",        "if",        "in",      "into",    "is",        "isn",
    "it",       "its",       "just",     "kind",      "kinds",   "let",     "lets",      "like",
    "likes",    "listen",    "listened", "listening", "ll",      "m",       "make",      "makes",
    "making",   "me",        "might",    "mood",      "moods",   "more",    "most",      "much",
    "music",    "musical",   "my",       "need",      "needs",   "no",      "nor",       "not",
    "of",       "off",       "on",       "one",       "onto",    "or",      "other",     "our",
    "ours",     "out",       "over",     "own",       "per",     "play",    "played",    "playing",
    "playlist", "playlists", "please",   "put",       "re",      "really",  "recommend", "record",
    "records",  "s",         "she",      "should",    "show",    "so",      "some",      "somebody",
    "someone",  "something", "song",     "songs",     "sort",    "sound",   "sounding",  "sounds",
    "stuff",    "such",      "suggest",  "t",         "than",    "that",    "the",       "their",
    "theirs",   "them",      "then",     "there",     "these",   "they",    "thing",     "things",
    "this",     "those",     "through",  "to",        "too",     "track",   "tracks",    "tune",
    "tunes",    "type",      "up",       "upon",      "us",      "ve",      "very",      "vibe",
    "vibes",    "want",      "wants",    "was",       "we",      "were",    "what",      "when",
    "where",    "which",     "while",    "who",       "whom",    "whose",   "why",       "will",
    "with",     "without",   "won",      "would",     "you",     "your",    "yours",
});

static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

}  // namespace

bool is_stop_word(std::string_view lower_case_word) {
  return std::binary_search(kStopWords.begin(), kStopWords.end(), lower_case_word);
}

}  // namespace spotisearch

#include "text/bert_characters.h"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "text/utf8.h"

namespace spotisearch {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

bool contains(std::span<const Range> ranges, char32_t code_point) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code_point,
                       [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

// Marks, punctuation and format characters that came after the reference's category tables: it
// takes them for parts of words. Gaps are closed where the characters between are so too.
constexpr Range kPlainToReference[] = {
    {0x61D, 0x61D},     {0x7FD, 0x7FD},     {0x890, 0x8E2},     {0x9FD, 0x9FE},
    {0xA76, 0xA76},     {0xAFA, 0xAFF},     {0xB55, 0xB55},     {0xC04, 0xC3C},
    {0xC77, 0xC77},     {0xC84, 0xC84},     {0xD00, 0xD00},     {0xD3B, 0xD3C},
    {0xD81, 0xD81},     {0xEBA, 0xEBA},     {0xECE, 0xECE},     {0x180F, 0x1886},
    {0x1ABF, 0x1ACE},   {0x1B7D, 0x1B7E},   {0x1DF6, 0x1DFB},   {0x2E43, 0x2E5D},
    {0xA82C, 0xA82C},   {0xA8C5, 0xA8C5},   {0xA8FF, 0xA8FF},   {0xA9BD, 0xA9BD},
    {0x10D24, 0x10F89}, {0x11070, 0x11074}, {0x110C2, 0x110CD}, {0x111CF, 0x111CF},
    {0x1123E, 0x11241}, {0x1133B, 0x1133B}, {0x11438, 0x1145E}, {0x11660, 0x1166C},
    {0x116B9, 0x116B9}, {0x1182F, 0x11FFF}, {0x12FF1, 0x13455}, {0x16E97, 0x16F4F},
    {0x16FE2, 0x16FE4}, {0x1CF00, 0x1CF46}, {0x1E000, 0x1E4EF}, {0x1E944, 0x1E95F}};

// Combining classes other than 0 that came after the reference's decomposition tables.
constexpr Range kStarterToReference[] = {
    {0x7FD, 0x7FD},     {0x898, 0x8D3},     {0x9FE, 0x9FE},     {0xC3C, 0xC3C},
    {0xD3B, 0xD3C},     {0xEBA, 0xEBA},     {0x1715, 0x1715},   {0x1ABF, 0x1ACE},
    {0x1DF6, 0x1DFA},   {0xA82C, 0xA82C},   {0x10D24, 0x10F85}, {0x11070, 0x11070},
    {0x1133B, 0x1133B}, {0x1145E, 0x1145E}, {0x11839, 0x11A99}, {0x11D42, 0x11F42},
    {0x16FF0, 0x16FF1}, {0x1E08F, 0x1E4EF}};

// Decomposes since Unicode 13 only.
constexpr char32_t kDivesAkuruO = 0x11938;

// Capitals that came after utf8proc's tables: `offset` leads from each to its small letter.
struct CapitalRange {
  Range capitals;
  int offset;
};
constexpr CapitalRange kNewCapitals[] = {
    {{0x1C89, 0x1C89}, 1},      {{0xA7CB, 0xA7CB}, 0x264 - 0xA7CB},
    {{0xA7CC, 0xA7CC}, 1},      {{0xA7CE, 0xA7CE}, 1},
    {{0xA7D2, 0xA7D2}, 1},      {{0xA7D4, 0xA7D4}, 1},
    {{0xA7DA, 0xA7DA}, 1},      {{0xA7DC, 0xA7DC}, 0x19B - 0xA7DC},
    {{0x10D50, 0x10D65}, 0x20}, {{0x16EA0, 0x16EB8}, 0x1B}};

constexpr Range kIdeographs[] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},
                                 {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F},
                                 {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F}};

const utf8proc_property_t& properties(char32_t code_point) {
  return *utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
}

CharacterKind ascii_kind(char32_t c) {
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return CharacterKind::kSpace;
  if (c < 0x20 || c == 0x7F) return CharacterKind::kDropped;
  const bool alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return alphanumeric ? CharacterKind::kPlain : CharacterKind::kPunctuation;
}

CharacterKind kind_of_category(utf8proc_propval_t category) {
  switch (category) {
    case UTF8PROC_CATEGORY_MN:
      return CharacterKind::kMark;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
      return CharacterKind::kPunctuation;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return CharacterKind::kSpace;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CO:
      return CharacterKind::kDropped;
    default:
      return CharacterKind::kPlain;
  }
}

}  // namespace

CharacterKind character_kind(char32_t code_point) {
  if (code_point < 0x80) return ascii_kind(code_point);
  // Changed their category after the reference's tables: Canadian chi sign, Hanunoo pamudpod,
  // Sharada sandhi mark.
  if (code_point == 0x166D || code_point == 0x111C9) return CharacterKind::kPunctuation;
  if (code_point == 0x1734) return CharacterKind::kMark;
  if (code_point == kReplacementCharacter) return CharacterKind::kDropped;
  const CharacterKind kind = kind_of_category(properties(code_point).category);
  if (kind == CharacterKind::kPlain || !contains(kPlainToReference, code_point)) return kind;
  return CharacterKind::kPlain;
}

bool is_ideograph(char32_t code_point) {
  return code_point >= kIdeographs[0].first && contains(kIdeographs, code_point);
}

int combining_class(char32_t code_point) {
  const int value = properties(code_point).combining_class;
  return value != 0 && contains(kStarterToReference, code_point) ? 0 : value;
}

CodePoints canonical_decomposition(char32_t code_point) {
  CodePoints result;
  std::array<utf8proc_int32_t, 4> buffer{};
  int boundary = 0;
  const auto count =
      code_point == kDivesAkuruO
          ? utf8proc_ssize_t{0}
          : utf8proc_decompose_char(
                static_cast<utf8proc_int32_t>(code_point), buffer.data(), buffer.size(),
                static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STABLE), &boundary);
  if (count < 1 || count > static_cast<utf8proc_ssize_t>(buffer.size())) {
    result.values[0] = code_point;
    result.count = 1;
    return result;
  }
  result.count = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < result.count; ++i) {
    result.values[i] = static_cast<char32_t>(buffer[i]);
  }
  return result;
}

CodePoints lower_case(char32_t code_point) {
  if (code_point == 0x130) return {{U'i', 0x307}, 2};  // The one capital with a longer small form.
  auto lower = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code_point)));
  if (lower != code_point || code_point < kNewCapitals[0].capitals.first) return {{lower}, 1};
  for (const CapitalRange& range : kNewCapitals) {
    if (code_point < range.capitals.first || code_point > range.capitals.last) continue;
    lower = static_cast<char32_t>(static_cast<int>(code_point) + range.offset);
  }
  return {{lower}, 1};
}

}  // namespace spotisearch

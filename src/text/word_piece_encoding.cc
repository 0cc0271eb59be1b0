#include "text/word_piece_encoding.h"

#include <algorithm>
#include <utility>

#include "text/utf8.h"

namespace spotisearch {

WordPieceEncoding::WordPieceEncoding(const WordPieceModel& model, std::size_t limit)
    : model_(model), limit_(limit) {
  ids_.reserve(std::min<std::size_t>(limit, 64) + 2);
  word_.reserve(64);
}

std::vector<std::int32_t> WordPieceEncoding::run(std::string_view text) && {
  while (!text.empty() && !full()) {
    const auto first = static_cast<unsigned char>(text[0]);
    std::size_t length = 1;
    if (model_.may_start_special[first] && (length = read_special(text)) != 0) {
      text.remove_prefix(length);
      continue;
    }
    length = 1;
    if (first < 0x80) {
      read_ascii(first);
    } else {
      const DecodedCodePoint next = decode_utf8(text);
      length = next.length;
      read_other(next.code_point);
    }
    text.remove_prefix(length);
  }
  release_marks();
  end_word();
  if (full()) ids_.resize(limit_);
  return std::move(ids_);
}

std::size_t WordPieceEncoding::read_special(std::string_view text) {
  const auto* special = model_.special_at(text);
  if (special == nullptr) return 0;
  release_marks();
  end_word();
  ids_.push_back(special->id);
  return special->text.size();
}

void WordPieceEncoding::read_ascii(unsigned char c) {
  const CharacterKind kind = model_.ascii_kinds[c];
  if (kind == CharacterKind::kDropped) return;
  if (!marks_.empty()) release_marks();
  if (kind == CharacterKind::kPlain) {
    if (++word_characters_ <= model_.options.max_word_characters) {
      word_.push_back(model_.ascii_lower[c]);
    }
    return;
  }
  end_word();
  if (kind == CharacterKind::kSpace) return;
  word_.push_back(static_cast<char>(c));
  ++word_characters_;
  end_word();
}

void WordPieceEncoding::read_other(char32_t code_point) {
  const CharacterKind kind = character_kind(code_point);
  if (kind == CharacterKind::kDropped) return;
  const bool apart = model_.options.separate_ideographs && is_ideograph(code_point);
  if (kind == CharacterKind::kSpace || apart) {
    release_marks();
    end_word();
    if (kind == CharacterKind::kSpace) return;
  }
  if (model_.strip_accents) {
    for (const char32_t part : canonical_decomposition(code_point)) read_decomposed(part);
  } else {
    emit(code_point);
  }
  if (apart) {
    release_marks();
    end_word();
  }
}

// Canonical order sorts a run of combining characters by class. Dropping the non-spacing ones
// before the sort instead of after it changes nothing, as long as those of class 0 end the run.
void WordPieceEncoding::read_decomposed(char32_t code_point) {
  const bool starter = combining_class(code_point) == 0;
  if (starter) release_marks();
  if (character_kind(code_point) == CharacterKind::kMark) return;
  if (starter) {
    emit(code_point);
  } else {
    marks_.push_back(code_point);
  }
}

void WordPieceEncoding::release_marks() {
  if (marks_.empty()) return;
  std::stable_sort(marks_.begin(), marks_.end(),
                   [](char32_t a, char32_t b) { return combining_class(a) < combining_class(b); });
  for (const char32_t mark : marks_) emit(mark);
  marks_.clear();
}

void WordPieceEncoding::emit(char32_t code_point) {
  const CodePoints lower =
      model_.options.lower_case ? lower_case(code_point) : CodePoints{{code_point}, 1};
  for (const char32_t part : lower) {
    switch (character_kind(part)) {
      case CharacterKind::kSpace:
        end_word();
        break;
      case CharacterKind::kPunctuation:
        end_word();
        append(part);
        end_word();
        break;
      default:
        append(part);
    }
  }
}

void WordPieceEncoding::append(char32_t code_point) {
  if (++word_characters_ <= model_.options.max_word_characters) append_utf8(code_point, word_);
}

void WordPieceEncoding::end_word() {
  if (word_characters_ == 0) return;
  if (word_characters_ > model_.options.max_word_characters) {
    ids_.push_back(model_.unknown_id);
  } else {
    look_up_pieces();
  }
  word_.clear();
  word_characters_ = 0;
}

void WordPieceEncoding::look_up_pieces() {
  const std::size_t before = ids_.size();
  std::string_view rest = word_;
  std::string_view prefix;
  while (!rest.empty()) {
    const Vocabulary::Match match = model_.vocabulary.longest_prefix(prefix, rest);
    if (match.length == 0) {  // One piece is missing: the whole word is unknown.
      ids_.resize(before);
      ids_.push_back(model_.unknown_id);
      return;
    }
    ids_.push_back(match.id);
    rest.remove_prefix(match.length);
    prefix = model_.options.continuation_prefix;
  }
}

}  // namespace spotisearch

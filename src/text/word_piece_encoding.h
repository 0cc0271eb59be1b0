// One text on its way to token ids. Internal to src/text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_piece_model.h"

namespace spotisearch {

/// Cleans, splits and looks up in one pass, and stops once there are `limit` ids, so that the cost
/// of an enormous text is that of its beginning. For one text, on one thread; borrows the model.
class WordPieceEncoding {
 public:
  WordPieceEncoding(const WordPieceModel& model, std::size_t limit);

  /// The ids of `text`, at most `limit`, without start and end token. Call once.
  std::vector<std::int32_t> run(std::string_view text) &&;

 private:
  bool full() const { return ids_.size() >= limit_; }
  std::size_t read_special(std::string_view text);
  void read_ascii(unsigned char c);
  void read_other(char32_t code_point);
  void read_decomposed(char32_t code_point);
  void release_marks();
  void emit(char32_t code_point);
  void append(char32_t code_point);
  void end_word();
  void look_up_pieces();

  const WordPieceModel& model_;
  std::size_t limit_;
  std::vector<std::int32_t> ids_;
  std::string word_;                 // Its first max_word_characters code points.
  std::size_t word_characters_ = 0;  // May be more.
  std::vector<char32_t> marks_;      // Kept combining characters, awaiting their canonical order.
};

}  // namespace spotisearch

#include "csv/csv_input.h"

#include <algorithm>

namespace spotisearch {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";

std::optional<Utf16Decoder> utf16_of(std::string_view start) {
  if (start.starts_with(kUtf16LittleMark)) return Utf16Decoder(false);
  if (start.starts_with(kUtf16BigMark)) return Utf16Decoder(true);
  return std::nullopt;
}

}  // namespace

CsvInput::CsvInput(std::string_view bytes) : window_(bytes), ended_(true) {
  utf16_ = utf16_of(bytes);
  if (utf16_) {
    utf16_->append(bytes.substr(2), owned_);
    utf16_->finish(owned_);
    window_ = owned_;
  } else if (window_.starts_with(kUtf8Mark)) {
    window_.remove_prefix(kUtf8Mark.size());
  }
}

CsvInput::CsvInput(std::istream& stream) : stream_(&stream) {
  read_piece();
  utf16_ = utf16_of(piece_);
  if (utf16_) {
    piece_.erase(0, 2);
  } else if (piece_.starts_with(kUtf8Mark)) {
    piece_.erase(0, kUtf8Mark.size());
  }
  add_piece();
}

void CsvInput::consume(std::size_t count) {
  window_.remove_prefix(count);
  consumed_ += count;
}

bool CsvInput::grow() {
  while (!ended_) {
    owned_.erase(0, owned_.size() - window_.size());
    const std::size_t before = owned_.size();
    read_piece();
    add_piece();
    if (owned_.size() > before) return true;
  }
  return false;
}

void CsvInput::read_piece() {
  // As much again as is waiting, so that a long record is not parsed anew for every piece.
  piece_.resize(std::max(kPieceBytes, window_.size()));
  stream_->read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
  piece_.resize(static_cast<std::size_t>(stream_->gcount()));
  ended_ = !stream_->good();
}

void CsvInput::add_piece() {
  if (!utf16_) {
    owned_ += piece_;
  } else {
    utf16_->append(piece_, owned_);
    if (ended_) utf16_->finish(owned_);
  }
  window_ = owned_;
}

}  // namespace spotisearch

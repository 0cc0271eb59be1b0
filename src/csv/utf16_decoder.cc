#include "csv/utf16_decoder.h"

namespace spotisearch {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

void put_utf8(char32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

bool is_high(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

void Utf16Decoder::append(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const int byte = static_cast<unsigned char>(c);
    if (pending_byte_ < 0) {
      pending_byte_ = byte;
      continue;
    }
    const int value = big_endian_ ? pending_byte_ << 8 | byte : byte << 8 | pending_byte_;
    pending_byte_ = -1;
    unit(static_cast<char16_t>(value), out);
  }
}

void Utf16Decoder::finish(std::string& out) {
  if (pending_byte_ >= 0 || pending_high_ != 0) put_utf8(kReplacement, out);
  pending_byte_ = -1;
  pending_high_ = 0;
}

void Utf16Decoder::unit(char16_t unit, std::string& out) {
  if (pending_high_ != 0) {
    const char16_t high = pending_high_;
    pending_high_ = 0;
    if (is_low(unit)) {
      put_utf8(0x10000 + ((static_cast<char32_t>(high) - 0xD800) << 10) + (unit - 0xDC00), out);
      return;
    }
    put_utf8(kReplacement, out);
  }
  if (is_high(unit)) {
    pending_high_ = unit;
  } else {
    put_utf8(is_low(unit) ? kReplacement : unit, out);
  }
}

}  // namespace spotisearch

// A list of texts that stand in a knowledge file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

#include "knowledge/knowledge_layout.h"

namespace spotisearch {

/// Borrows the file. Cheap to copy.
class TextList {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = std::string_view;

    Iterator() = default;
    Iterator(const knowledge_layout::Text* at, const char* bytes) : at_(at), bytes_(bytes) {}
    std::string_view operator*() const { return {bytes_ + at_->offset, at_->size}; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const knowledge_layout::Text* at_ = nullptr;
    const char* bytes_ = nullptr;
  };

  TextList() = default;
  TextList(std::span<const knowledge_layout::Text> items, const char* bytes)
      : items_(items), bytes_(bytes) {}

  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  /// REQUIRES: i < size().
  std::string_view operator[](std::size_t i) const {
    return {bytes_ + items_[i].offset, items_[i].size};
  }
  Iterator begin() const { return {items_.data(), bytes_}; }
  Iterator end() const { return {items_.data() + items_.size(), bytes_}; }

 private:
  std::span<const knowledge_layout::Text> items_;
  const char* bytes_ = nullptr;
};

}  // namespace spotisearch

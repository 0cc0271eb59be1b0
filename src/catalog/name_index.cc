#include "catalog/name_index.h"

#include <fmt/format.h>

#include "catalog/match_key.h"

namespace spotisearch {
namespace {

bool contains_words(const std::string& name, const std::string& words) {
  return fmt::format(" {} ", name).find(fmt::format(" {} ", words)) != std::string::npos;
}

}  // namespace

NameIndex::NameIndex(Database& database, std::string_view names, std::string_view links)
    : database_(&database),
      find_(fmt::format("SELECT name_id FROM {} WHERE name = ?", names)),
      add_(fmt::format("INSERT INTO {}(name) VALUES (?)", names)),
      all_(fmt::format("SELECT name_id, name FROM {}", names)),
      link_(fmt::format("INSERT OR IGNORE INTO {}(name_id, row) VALUES (?, ?)", links)),
      unlink_(fmt::format("DELETE FROM {} WHERE name_id = ? AND row = ?", links)),
      bearers_(fmt::format("SELECT row FROM {} WHERE name_id = ?", links)) {}

Result<std::int64_t> NameIndex::find(const std::string& name) {
  const std::string matching = matching_name(name);
  Statement statement = database_->prepare(find_);
  const Result<bool> found = statement.bind_text(matching).step();
  SPOTISEARCH_TRY(found);
  return *found ? statement.read_integer() : 0;
}

Result<std::int64_t> NameIndex::number_of(const std::string& name) {
  if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
  Result<std::int64_t> number = find(name);
  SPOTISEARCH_TRY(number);
  if (*number == 0) {
    const std::string matching = matching_name(name);
    SPOTISEARCH_TRY(database_->prepare(add_).bind_text(matching).run());
    number = database_->last_row();
  }
  numbers_.emplace(name, *number);
  return number;
}

Status NameIndex::link(std::int64_t row, std::span<const std::string> names) {
  for (const std::string& name : names) {
    if (name.empty()) continue;
    const Result<std::int64_t> number = number_of(name);
    SPOTISEARCH_TRY(number);
    SPOTISEARCH_TRY(database_->prepare(link_).bind_integer(*number).bind_integer(row).run());
  }
  return {};
}

Status NameIndex::unlink(std::int64_t row, std::span<const std::string> names) {
  for (const std::string& name : names) {
    const Result<std::int64_t> number = find(name);
    SPOTISEARCH_TRY(number);
    SPOTISEARCH_TRY(database_->prepare(unlink_).bind_integer(*number).bind_integer(row).run());
  }
  return {};
}

Result<std::vector<std::int64_t>> NameIndex::containing(std::string_view words) {
  const std::string wanted = matching_name(words);
  std::vector<std::int64_t> numbers;
  if (wanted.empty()) return numbers;
  Statement statement = database_->prepare(all_);
  for (;;) {
    const Result<bool> more = statement.step();
    SPOTISEARCH_TRY(more);
    if (!*more) return numbers;
    const std::int64_t number = statement.read_integer();
    if (contains_words(statement.read_text(), wanted)) numbers.push_back(number);
  }
}

}  // namespace spotisearch

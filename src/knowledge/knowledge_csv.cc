#include "knowledge/knowledge_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

#include "csv/csv_reader.h"
#include "knowledge/name_key.h"
#include "text/utf8.h"

namespace spotisearch {
namespace {

constexpr std::size_t kLongestCell = 2000;  // bytes; a description has some 200
constexpr int kMostFaults = 200;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::vector<std::string> split_list(std::string_view cell) {
  std::vector<std::string> items;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(';'), cell.size());
    if (const auto item = trimmed(cell.substr(0, end)); !item.empty()) items.emplace_back(item);
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return items;
}

/// "1994-", "1962-1970"; with `decades` also "1970s-1980s", "2010s-" and "1960s".
bool is_span_of_years(std::string_view text, bool decades) {
  const auto year = [&](std::string_view& rest) {
    std::size_t digits = 0;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') ++digits;
    if (digits < 3 || digits > 4) return false;
    rest.remove_prefix(digits);
    if (decades && rest.starts_with('s')) rest.remove_prefix(1);
    return true;
  };
  if (!year(text)) return false;
  if (decades && text.empty()) return true;
  if (!text.starts_with('-')) return false;
  text.remove_prefix(1);
  return text.empty() || (year(text) && text.empty());
}

/// A column's name, and what to do with its cell; an answer that is not empty is a fault.
template <class Row>
using Columns =
    std::map<std::string, std::function<std::string(Row&, std::string_view)>, std::less<>>;

template <class Row>
auto text_into(std::string Row::*member) {
  return [member](Row& row, std::string_view cell) {
    row.*member = cell;
    return std::string();
  };
}

template <class Row>
auto list_into(std::vector<std::string> Row::*member) {
  return [member](Row& row, std::string_view cell) {
    row.*member = split_list(cell);
    return std::string();
  };
}

template <class Row>
auto years_into(std::string Row::*member, bool decades) {
  return [member, decades](Row& row, std::string_view cell) -> std::string {
    row.*member = cell;
    if (cell.empty() || is_span_of_years(cell, decades)) return {};
    return fmt::format("'{}' is no span of years; write {}", cell,
                       decades ? "\"1970s-1980s\" or \"2010s-\"" : "\"1962-1970\" or \"1994-\"");
  };
}

const Columns<GenreRow>& columns_of(const GenreRow*) {
  static const Columns<GenreRow> columns = {{"genre", text_into(&GenreRow::name)},
                                            {"aliases", list_into(&GenreRow::aliases)},
                                            {"parents", list_into(&GenreRow::parents)},
                                            {"family", text_into(&GenreRow::family)},
                                            {"regions", list_into(&GenreRow::regions)},
                                            {"era", years_into(&GenreRow::era, true)},
                                            {"description", text_into(&GenreRow::description)},
                                            {"moods", list_into(&GenreRow::moods)},
                                            {"scenes", list_into(&GenreRow::scenes)}};
  return columns;
}

const Columns<ArtistRow>& columns_of(const ArtistRow*) {
  static const Columns<ArtistRow> columns = {{"artist", text_into(&ArtistRow::name)},
                                             {"aliases", list_into(&ArtistRow::aliases)},
                                             {"genres", list_into(&ArtistRow::genres)},
                                             {"active", years_into(&ArtistRow::active, false)},
                                             {"country", list_into(&ArtistRow::countries)},
                                             {"language", list_into(&ArtistRow::languages)},
                                             {"voice", list_into(&ArtistRow::voices)},
                                             {"moods", list_into(&ArtistRow::moods)},
                                             {"description", text_into(&ArtistRow::description)}};
  return columns;
}

bool says_something(const GenreRow& row) {
  return !row.parents.empty() || !row.moods.empty() || !row.description.empty();
}
bool says_something(const ArtistRow& row) {
  return !row.genres.empty() || !row.moods.empty() || !row.description.empty();
}

std::string key_of(const GenreRow*, std::string_view name) { return genre_key(name); }
std::string key_of(const ArtistRow*, std::string_view name) { return artist_key(name); }

/// Reads the rows below a header that was read already.
template <class Row>
class RowReader {
 public:
  RowReader(CsvReader& csv, std::string_view file, std::vector<std::string>& faults)
      : csv_(csv), file_(file), faults_(faults) {}

  std::vector<Row> read(const std::vector<std::string>& header);

 private:
  void fault(std::string_view column, std::string_view what) {
    good_ = false;
    faults_.push_back(column.empty() ? fmt::format("{}, line {}: {}", file_, csv_.line(), what)
                                     : fmt::format("{}, line {}, column {}: {}", file_, csv_.line(),
                                                   column, what));
  }
  bool check_header(const std::vector<std::string>& header);
  Row row_of(const std::vector<std::string>& header, const CsvRecord& record);
  void check_names(const Row& row);

  CsvReader& csv_;
  std::string_view file_;
  std::vector<std::string>& faults_;
  bool good_ = true;
  std::unordered_map<std::string, std::size_t> line_of_name_;
};

template <class Row>
bool RowReader<Row>::check_header(const std::vector<std::string>& header) {
  const auto& columns = columns_of(static_cast<const Row*>(nullptr));
  std::vector<std::string> names;
  for (const auto& [name, read] : columns) names.push_back(name);
  for (const std::string& name : header) {
    if (!columns.contains(name)) {
      fault(name, fmt::format("there is no such column; known are {}", fmt::join(names, ", ")));
    } else if (std::count(header.begin(), header.end(), name) > 1) {
      fault(name, "the column stands in the header more than once");
    }
  }
  return good_;
}

template <class Row>
Row RowReader<Row>::row_of(const std::vector<std::string>& header, const CsvRecord& record) {
  Row row;
  if (record.fields.size() != header.size()) {
    fault("", fmt::format("{} cells under a header of {} columns; is a comma not quoted?",
                          record.fields.size(), header.size()));
    return row;
  }
  const auto& columns = columns_of(static_cast<const Row*>(nullptr));
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string_view cell = trimmed(record.fields[i]);
    if (!is_valid_utf8(cell)) {
      fault(header[i], "is not UTF-8; save the file as UTF-8");
    } else if (cell.size() > kLongestCell) {
      fault(header[i], fmt::format("has {} bytes, at most {} are read", cell.size(), kLongestCell));
    } else if (const auto problem = columns.find(header[i])->second(row, cell); !problem.empty()) {
      fault(header[i], problem);
    }
  }
  return row;
}

template <class Row>
void RowReader<Row>::check_names(const Row& row) {
  if (row.name.empty()) return fault("", "the row has no name");
  if (!says_something(row)) {
    return fault("",
                 fmt::format("'{}' says nothing: give genres, moods or a description", row.name));
  }
  std::vector<std::string> names = row.aliases;
  names.push_back(row.name);
  std::vector<std::string> keys;
  for (const std::string& name : names) {
    std::string key = key_of(&row, name);
    if (key.empty()) return fault("", fmt::format("'{}' has no letters", name));
    const auto [known, fresh] = line_of_name_.try_emplace(key, csv_.line());
    if (fresh) continue;
    if (known->second == csv_.line()) {
      fault("aliases", fmt::format("'{}' is the same as another name of the row", name));
    } else {
      fault("", fmt::format("the name '{}' stands in line {} already", name, known->second));
    }
  }
}

template <class Row>
std::vector<Row> RowReader<Row>::read(const std::vector<std::string>& header) {
  std::vector<Row> rows;
  if (!check_header(header)) return rows;
  for (;;) {
    good_ = true;
    auto record = csv_.next();
    if (!record) {
      fault("", record.error().message);
    } else if (!*record) {
      return rows;
    } else {
      Row row = row_of(header, **record);
      if (good_) check_names(row);
      if (good_) rows.push_back(std::move(row));
    }
    if (faults_.size() >= kMostFaults) {
      faults_.push_back(fmt::format("{}: too many faults, the rest was not read", file_));
      return rows;
    }
  }
}

}  // namespace

KnowledgeCsv read_knowledge_csv(std::string_view bytes, std::string_view file) {
  KnowledgeCsv result;
  CsvReader csv(bytes);
  auto header = csv.read_header();
  if (!header) {
    result.faults.push_back(fmt::format("{}: {}", file, header.error().message));
    return result;
  }
  const auto has = [&](std::string_view name) {
    return std::find(header->begin(), header->end(), name) != header->end();
  };
  if (has("genre")) {
    result.rows.genres = RowReader<GenreRow>(csv, file, result.faults).read(*header);
  } else if (has("artist")) {
    result.rows.artists = RowReader<ArtistRow>(csv, file, result.faults).read(*header);
  } else {
    result.faults.push_back(
        fmt::format("{}, line 1: the header has neither a column `artist` nor `genre`; write {} or "
                    "{}",
                    file, kArtistColumns, kGenreColumns));
  }
  return result;
}

}  // namespace spotisearch

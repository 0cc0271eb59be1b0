#include "ingest/import_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace spotisearch {
namespace {

constexpr std::size_t kNotesShown = 10;

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

void add_counts(const ImportReport& report, std::string& text) {
  const ImportCounts& total = report.total;
  const auto skipped = std::count_if(report.files.begin(), report.files.end(),
                                     [](const FileReport& file) { return file.already_imported; });
  auto out = std::back_inserter(text);
  fmt::format_to(out, "{}, {} read", plural(std::ssize(report.files), "file", "files"),
                 plural(total.read, "row", "rows"));
  if (skipped > 0) fmt::format_to(out, "; {} imported before and skipped", skipped);
  text += '\n';
  const std::pair<std::string_view, std::int64_t> lines[] = {{"new", total.added},
                                                             {"updated", total.updated},
                                                             {"already known", total.duplicate},
                                                             {"rejected", total.rejected},
                                                             {"warnings", total.warnings}};
  for (const auto& [label, count] : lines) {
    if (count > 0) fmt::format_to(out, "  {:<14}{:>10}\n", label, grouped(count));
  }
}

/// The share of the tracks read that have each feature; one line when all of them are alike.
void add_coverage(const ImportCounts& total, std::string& text) {
  if (total.tracks == 0) return;
  const auto [least, most] =
      std::minmax_element(total.per_feature.begin(), total.per_feature.end());
  const auto percent = [&](std::int64_t count) {
    return 100.0 * static_cast<double>(count) / static_cast<double>(total.tracks);
  };
  auto out = std::back_inserter(text);
  if (percent(*most) - percent(*least) < 0.1) {
    fmt::format_to(out, "  audio features: {:.1f}% of {}\n", percent(*most),
                   plural(total.tracks, "track", "tracks"));
    return;
  }
  fmt::format_to(out, "  audio features, of {}:\n", plural(total.tracks, "track", "tracks"));
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    fmt::format_to(out, "    {:<18}{:>5.1f}%\n", kFeatureNames[i], percent(total.per_feature[i]));
  }
}

void add_notes(const std::vector<RowNote>& notes, std::int64_t count, std::string_view title,
               std::string& text) {
  if (notes.empty()) return;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "{}:\n", title);
  const std::size_t shown = std::min(notes.size(), kNotesShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const RowNote& note = notes[i];
    const std::string column = note.column.empty() ? "" : fmt::format(" [{}]", note.column);
    fmt::format_to(out, "  {}:{}{} {}\n", note.file, note.line, column, note.reason);
  }
  const std::int64_t more = count - static_cast<std::int64_t>(shown);
  if (more > 0) fmt::format_to(out, "  ... and {} more\n", grouped(more));
}

}  // namespace

ImportCounts& ImportCounts::operator+=(const ImportCounts& other) {
  read += other.read;
  added += other.added;
  updated += other.updated;
  duplicate += other.duplicate;
  rejected += other.rejected;
  warnings += other.warnings;
  tracks += other.tracks;
  albums += other.albums;
  for (std::size_t i = 0; i < kFeatureCount; ++i) per_feature[i] += other.per_feature[i];
  return *this;
}

Status ImportReport::status() const {
  const auto failed = [](const FileReport& file) { return file.error.has_value(); };
  const auto first = std::find_if(files.begin(), files.end(), failed);
  if (first == files.end()) return {};
  const auto count = std::count_if(files.begin(), files.end(), failed);
  if (count == 1) return fail(first->file + ": ", *first->error);
  return fail(fmt::format("{} of {} files could not be imported; the first is {}: ", count,
                          files.size(), first->file),
              *first->error);
}

std::string format_report(const ImportReport& report) {
  std::string text;
  add_counts(report, text);
  add_coverage(report.total, text);
  std::vector<RowNote> failed;
  for (const FileReport& file : report.files) {
    if (file.error) failed.push_back({file.file, 0, "", file.error->message});
  }
  if (!failed.empty()) text += "not imported:\n";
  for (std::size_t i = 0; i < std::min(failed.size(), kNotesShown); ++i) {
    text += fmt::format("  {}: {}\n", failed[i].file, failed[i].reason);
  }
  if (failed.size() > kNotesShown) {
    text += fmt::format("  ... and {} more\n", failed.size() - kNotesShown);
  }
  add_notes(report.rejected, report.total.rejected, "rejected rows", text);
  add_notes(report.warnings, report.total.warnings, "values left out", text);
  return text;
}

}  // namespace spotisearch

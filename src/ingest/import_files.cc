#include "ingest/import_files.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "ingest/file_import.h"
#include "ingest/import_paths.h"

namespace spotisearch {
namespace {

std::uint64_t size_of(const ImportPath& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file.path, error);
  return error || !file.state ? 0 : size;
}

void append(std::vector<RowNote>& all, std::vector<RowNote>& notes) {
  const std::size_t room = ImportReport::kNotesKept - all.size();
  const auto count = static_cast<std::ptrdiff_t>(std::min(room, notes.size()));
  std::move(notes.begin(), notes.begin() + count, std::back_inserter(all));
}

void import_one(Catalog& catalog, const ImportPath& file, const ImportOptions& options,
                const FileImport::Advance& advance, ImportReport& report) {
  FileImport import(catalog, file.path, options, advance);
  if (file.state) {
    import.run();
  } else {
    import.report.error = file.state.error();
  }
  report.total += import.report.counts;
  append(report.rejected, import.rejected);
  append(report.warnings, import.warnings);
  report.files.push_back(std::move(import.report));
}

}  // namespace

Result<ImportReport> import_files(Catalog& catalog, std::span<const std::filesystem::path> paths,
                                  const ImportOptions& options) {
  if (paths.empty()) {
    return fail(ErrorCode::kInvalidArgument, "nothing to import: name a file or a folder");
  }
  const std::vector<ImportPath> files = expand_paths(paths);
  ImportProgress progress;
  for (const ImportPath& file : files) progress.bytes_total += size_of(file);

  ImportReport report;
  std::uint64_t bytes_before = 0;
  for (const ImportPath& file : files) {
    const std::string name = file.path.string();
    progress.file = name;
    const auto advance = [&](std::uint64_t bytes, std::int64_t rows) {
      progress.bytes_done = bytes_before + bytes;
      progress.rows = report.total.read + rows;
      if (options.progress) options.progress(progress);
    };
    import_one(catalog, file, options, advance, report);
    bytes_before += size_of(file);
    advance(0, 0);
  }
  SPOTISEARCH_TRY(catalog.build_albums_from_tracks());
  return report;
}

}  // namespace spotisearch

// The import of a single file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "catalog/catalog.h"
#include "csv/csv_reader.h"
#include "ingest/import_files.h"
#include "ingest/importer.h"

namespace spotisearch {

/// Reads one file into the catalogue in one transaction. Use once.
class FileImport {
 public:
  /// `advance` hears how many bytes of the file are read and how many rows, now and then. Borrows
  /// all arguments.
  using Advance = std::function<void(std::uint64_t bytes, std::int64_t rows)>;
  FileImport(Catalog& catalog, const std::filesystem::path& path, const ImportOptions& options,
             const Advance& advance);

  /// On failure the catalogue is as before, and report() and the notes say so.
  void run();

  FileReport report;
  std::vector<RowNote> rejected;  ///< At most ImportReport::kNotesKept.
  std::vector<RowNote> warnings;  ///< At most ImportReport::kNotesKept.

 private:
  Status import();
  Status choose_importer(std::string_view bytes);
  Status read_rows(std::string_view bytes);
  Status read_row(const CsvRecord& record);
  Status store(ImportedItem& item);
  void reject(std::size_t line, std::string column, std::string reason);
  std::string content_hash(std::string_view bytes) const;

  Catalog& catalog_;
  const std::filesystem::path& path_;
  const ImportOptions& options_;
  const Advance& advance_;
  std::unique_ptr<Importer> importer_;
};

}  // namespace spotisearch

// Reads arbitrary bytes from memory and from a stream, and writes arbitrary cells and reads them
// back.
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "csv/csv_reader.h"
#include "csv/csv_writer.h"

namespace {

using spotisearch::CsvOptions;
using spotisearch::CsvReader;

using Rows = std::vector<std::vector<std::string>>;

Rows drain(CsvReader& reader) {
  Rows rows;
  for (;;) {
    auto record = reader.next();
    if (!record) {
      rows.push_back({record.error().message});
    } else if (*record) {
      rows.emplace_back((*record)->fields.begin(), (*record)->fields.end());
    } else {
      return rows;
    }
  }
}

void memory_and_stream_agree(std::string_view bytes) {
  CsvOptions options;
  options.max_field_bytes = 64;
  options.max_record_bytes = 256;
  options.max_columns = 16;
  CsvReader memory(bytes, options);
  std::istringstream text{std::string(bytes)};
  CsvReader stream(text, options);
  if (drain(memory) != drain(stream)) std::abort();
}

/// Cells end at 0xFE, records at 0xFF; what lies between is any bytes.
void round_trip(std::string_view bytes, char separator) {
  Rows rows = {{""}};
  for (const char c : bytes) {
    if (c == '\xFF') {
      rows.push_back({""});
    } else if (c == '\xFE') {
      rows.back().emplace_back();
    } else {
      rows.back().back() += c;
    }
  }
  std::ostringstream out;
  spotisearch::CsvWriter writer(out, separator);
  for (const auto& row : rows) writer.write(row);
  const std::string written = out.str();
  CsvOptions options;
  options.separator = separator;
  CsvReader reader(written, options);
  if (rows.size() <= 1000 && drain(reader) != rows) {
    for (const auto& row : rows) {
      if (row.size() > options.max_columns) return;
    }
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  memory_and_stream_agree(bytes);
  if (!bytes.empty()) {
    constexpr std::string_view kSeparators = ",;\t|";
    round_trip(bytes.substr(1), kSeparators[data[0] % kSeparators.size()]);
  }
  return 0;
}

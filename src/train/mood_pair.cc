#include "train/mood_pair.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <random>

#include "base/mapped_file.h"
#include "csv/csv_reader.h"
#include "knowledge/compose_text.h"
#include "train/spoken_features.h"

namespace spotisearch {
namespace {

constexpr std::size_t kSingleGenres = 2;  // of a song's list, that are taken alone as well
constexpr int kSpokenVariants = 2;

/// Columns of one feature in the queries' CSV.
struct FeatureColumns {
  std::size_t mean = 0;
  std::size_t spread = 0;
};

struct QueryColumns {
  std::size_t query = 0;
  std::array<FeatureColumns, kFeatureCount> features{};
};

Result<std::size_t> column_of(const std::vector<std::string>& header, const std::string& name) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == name) return i;
  }
  return fail(ErrorCode::kInvalidArgument, fmt::format("there is no column \"{}\"", name));
}

Result<QueryColumns> query_columns(const std::vector<std::string>& header) {
  QueryColumns columns;
  auto query = column_of(header, "query");
  SPOTISEARCH_TRY(query);
  columns.query = *query;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    auto mean = column_of(header, std::string(kFeatureNames[i]));
    SPOTISEARCH_TRY(mean);
    auto spread = column_of(header, fmt::format("{}_spread", kFeatureNames[i]));
    SPOTISEARCH_TRY(spread);
    columns.features[i] = {*mean, *spread};
  }
  return columns;
}

Result<float> number_at(const CsvRecord& record, std::size_t column, std::string_view name) {
  float value = 0;
  if (column < record.fields.size()) {
    const std::string_view cell = record.fields[column];
    const auto parsed = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == cell.data() + cell.size();
    if (whole && std::isfinite(value)) return value;
  }
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("line {}, column {}: not a number", record.line, name));
}

Result<MoodPair> query_pair(const CsvRecord& record, const QueryColumns& columns,
                            const FeatureScaler& scaler) {
  MoodPair pair;
  pair.is_query = true;
  AudioFeatures mean;
  AudioFeatures above;  // one spread above the mean: standardised, it gives the spread
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    auto value = number_at(record, columns.features[i].mean, kFeatureNames[i]);
    SPOTISEARCH_TRY(value);
    auto spread =
        number_at(record, columns.features[i].spread, fmt::format("{}_spread", kFeatureNames[i]));
    SPOTISEARCH_TRY(spread);
    if (*spread < 0) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("line {}, column {}_spread: a spread cannot be below zero",
                              record.line, kFeatureNames[i]));
    }
    mean.values[i] = *value;
    above.values[i] = *value + *spread;
  }
  pair.text = std::string(record.fields[columns.query]);
  pair.mean = scaler.standardise(mean);
  const auto upper = scaler.standardise(above);
  for (std::size_t i = 0; i < kFeatureCount; ++i) pair.spread[i] = upper[i] - pair.mean[i];
  return pair;
}

/// Adds a song's texts, each with the song's features.
class SongPairs {
 public:
  SongPairs(const FeatureScaler& scaler, std::uint64_t seed) : scaler_(scaler), random_(seed) {}

  void add(const Track& track) {
    if (!track.features.any()) return;
    mean_ = scaler_.standardise(track.features);
    for (const WeightedText& text : compose(without_playlists(track), {}, {})) add_text(text.text);
    for (std::size_t i = 0; i < std::min(kSingleGenres, track.genres.size()); ++i) {
      add_text(track.genres[std::uniform_int_distribution<std::size_t>(
          0, track.genres.size() - 1)(random_)]);
    }
    for (int i = 0; i < kSpokenVariants; ++i) add_text(speak(track.features, random_));
  }

  std::vector<MoodPair> take() { return std::move(pairs_); }

 private:
  static Track without_playlists(Track track) {
    track.playlists.clear();
    return track;
  }
  void add_text(std::string text) {
    if (text.empty()) return;
    MoodPair& pair = pairs_.emplace_back();
    pair.text = std::move(text);
    pair.mean = mean_;
  }

  const FeatureScaler& scaler_;
  std::mt19937_64 random_;
  std::array<float, kFeatureCount> mean_{};
  std::vector<MoodPair> pairs_;
};

}  // namespace

Result<FeatureScaler> fit_scaler(const Catalog& catalog) {
  std::array<double, kFeatureCount> count{}, sum{}, square{};
  SPOTISEARCH_TRY(catalog.for_each_track(0, [&](const Track& track) -> Status {
    if (track.features_estimated) return {};
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      const double value = track.features.values[i];
      if (std::isnan(value)) continue;
      count[i] += 1;
      sum[i] += value;
      square[i] += value * value;
    }
    return {};
  }));
  std::array<double, kFeatureCount> mean{}, deviation{};
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    mean[i] = count[i] > 0 ? sum[i] / count[i] : 0;
    const double variance = count[i] > 0 ? square[i] / count[i] - mean[i] * mean[i] : 0;
    if (variance <= 1e-12) {
      return fail(
          ErrorCode::kInvalidArgument,
          fmt::format("the library has too few songs with a measured {}", kFeatureNames[i]));
    }
    deviation[i] = std::sqrt(variance);
  }
  return FeatureScaler(mean, deviation);
}

Result<std::vector<MoodPair>> pairs_from_songs(const Catalog& catalog, const FeatureScaler& scaler,
                                               std::uint64_t seed) {
  SongPairs pairs(scaler, seed);
  SPOTISEARCH_TRY(catalog.for_each_track(0, [&](const Track& track) -> Status {
    pairs.add(track);
    return {};
  }));
  return pairs.take();
}

Result<std::vector<MoodPair>> pairs_from_vectors(const Catalog& catalog,
                                                 const FeatureScaler& scaler,
                                                 const Knowledge& knowledge,
                                                 const std::function<bool(const Track&)>& skip) {
  std::vector<MoodPair> pairs;
  SPOTISEARCH_TRY(catalog.for_each_track(0, [&](const Track& found) -> Status {
    if (!found.features.any() || found.features_estimated || skip(found)) return {};
    Track track = found;
    track.playlists.clear();
    for (const bool with_genres : {true, false}) {
      if (!with_genres && track.genres.empty()) break;
      if (!with_genres) track.genres.clear();
      MoodPair& pair = pairs.emplace_back();
      // Names the song: all of its pairs are held out, or none.
      pair.text = track.id;
      pair.composed = compose(track, {}, recognise(track, knowledge));
      pair.mean = scaler.standardise(track.features);
    }
    return {};
  }));
  return pairs;
}

Result<std::vector<MoodPair>> pairs_from_queries(const std::filesystem::path& csv,
                                                 const FeatureScaler& scaler) {
  auto bytes = read_file(csv);
  if (!bytes) return tl::unexpected(std::move(bytes).error());
  CsvReader reader{std::string_view(*bytes)};
  const auto with_name = [&](Error error) { return fail(csv.string() + ": ", std::move(error)); };
  auto header = reader.read_header();
  if (!header) return with_name(std::move(header).error());
  auto columns = query_columns(*header);
  if (!columns) return with_name(std::move(columns).error());
  std::vector<MoodPair> pairs;
  for (;;) {
    auto record = reader.next();
    if (!record) return with_name(std::move(record).error());
    if (!*record) return pairs;
    auto pair = query_pair(**record, *columns, scaler);
    if (!pair) return with_name(std::move(pair).error());
    pairs.push_back(std::move(*pair));
  }
}

}  // namespace spotisearch

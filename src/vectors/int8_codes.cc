#include "vectors/int8_codes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace spotisearch {
namespace {

constexpr float kLargestCode = 127.0f;

float largest_magnitude(std::span<const float> values) {
  float largest = 0.0f;
  for (const float value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

// The next float above, so that an upper bound survives its own rounding.
float rounded_up(double value) {
  return std::nextafter(static_cast<float>(value), std::numeric_limits<float>::infinity());
}

}  // namespace

RowCoding encode_row(std::span<const float> row, std::span<std::int8_t> codes) {
  assert(codes.size() >= row.size());
  RowCoding coding;
  // The floor keeps the division sound for rows of zeros and of denormal numbers.
  coding.scale = std::max(largest_magnitude(row) / kLargestCode, std::numeric_limits<float>::min());
  double squares = 0.0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const float steps = std::round(row[i] / coding.scale);
    codes[i] = static_cast<std::int8_t>(std::clamp(steps, -kLargestCode, kLargestCode));
    const double error = double{row[i]} - double{coding.scale} * codes[i];
    squares += error * error;
  }
  std::fill(codes.begin() + static_cast<std::ptrdiff_t>(row.size()), codes.end(), std::int8_t{0});
  coding.error_ratio = rounded_up(std::sqrt(squares) / coding.scale);
  return coding;
}

QueryCoding encode_query(std::span<const float> query, float error_ratio) {
  QueryCoding coding;
  coding.codes.resize(padded_dimension(query.size()));
  // As fine as the 32-bit sum of all products allows.
  const double room = 2147483647.0 / (kLargestCode * static_cast<double>(coding.codes.size() + 1));
  const double largest_code = std::floor(std::min(32767.0, room));
  const double largest = largest_magnitude(query);
  const double unit = std::max(largest / largest_code, double{std::numeric_limits<float>::min()});
  coding.unit = static_cast<float>(unit);
  double squares = 0.0, lost = 0.0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const double steps =
        std::clamp(std::round(double{query[i]} / coding.unit), -largest_code, largest_code);
    coding.codes[i] = static_cast<std::int16_t>(steps);
    lost += std::abs(double{query[i]} - coding.unit * steps);
    squares += double{query[i]} * query[i];
  }
  // Row r = s(c + e), query q = u + f: r.q - s c.u = s(c.f + e.q), where |e| <= error_ratio and
  // |c_i| <= 127. Last, rounding: a float sum of n products errs by at most n 2^-24 |r||q|, and
  // |r| <= 128 s sqrt(n); doubled for the few operations beside it.
  const double length = std::sqrt(squares), n = static_cast<double>(query.size() + 8);
  const double rounding = 2.0 * n * 0x1p-24 * 128.0 * std::sqrt(n) * length;
  coding.margin = rounded_up(error_ratio * length + kLargestCode * lost + rounding);
  return coding;
}

}  // namespace spotisearch

#include "server/parameter_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace spotisearch {
namespace {

// The whole of `text` as a number, or nullopt.
template <class Number>
std::optional<Number> parse(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string joined(std::initializer_list<std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list.empty() ? "none" : list;
}

}  // namespace

ParameterReader::ParameterReader(std::span<const Parameter> parameters,
                                 std::initializer_list<std::string_view> known)
    : parameters_(parameters) {
  for (const Parameter& parameter : parameters) {
    if (std::find(known.begin(), known.end(), parameter.name) == known.end()) {
      blame(parameter.name,
            fmt::format("this address has no such parameter; it takes: {}", joined(known)));
    }
    const auto same = [&](const Parameter& other) { return other.name == parameter.name; };
    if (std::count_if(parameters.begin(), parameters.end(), same) > 1) {
      blame(parameter.name,
            fmt::format("{} is given more than once; give it once", parameter.name));
    }
  }
}

const std::string* ParameterReader::find(std::string_view name) {
  for (const Parameter& parameter : parameters_) {
    if (parameter.name != name) continue;
    if (!parameter.value.empty()) return &parameter.value;
    blame(name, fmt::format("{} has no value; give one or leave the parameter out", name));
    return nullptr;
  }
  return nullptr;
}

std::optional<std::string> ParameterReader::text(std::string_view name) {
  const std::string* value = find(name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<int> ParameterReader::integer(std::string_view name, int least, int most) {
  const std::string* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto parsed = parse<int>(*value);
  if (parsed && *parsed >= least && *parsed <= most) return parsed;
  blame(name, fmt::format("{} must be a whole number from {} to {}", name, least, most));
  return std::nullopt;
}

std::optional<double> ParameterReader::number(std::string_view name, double least, double most) {
  const std::string* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto parsed = parse<double>(*value);
  if (parsed && *parsed >= least && *parsed <= most) return parsed;  // NaN fails both
  blame(name, fmt::format("{} must be a number from {} to {}", name, least, most));
  return std::nullopt;
}

std::optional<bool> ParameterReader::boolean(std::string_view name) {
  const std::string* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (*value == "true") return true;
  if (*value == "false") return false;
  blame(name, fmt::format("{} must be true or false", name));
  return std::nullopt;
}

void ParameterReader::blame(std::string_view name, std::string message) {
  if (error_) return;
  error_.emplace();
  error_->error = {ErrorCode::kInvalidArgument, std::move(message)};
  error_->parameter = name;
}

}  // namespace spotisearch

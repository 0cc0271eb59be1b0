// Query parameters read one by one, every mistake named.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/http_error.h"

namespace spotisearch {

/// Reads the parameters of one request. The first mistake is kept and reading goes on with
/// nullopt, so that a caller reads everything and then looks at error() once.
class ParameterReader {
 public:
  /// A parameter that is not `known`, or given twice, is a mistake. Borrows `parameters`.
  ParameterReader(std::span<const Parameter> parameters,
                  std::initializer_list<std::string_view> known);

  /// nullopt where the parameter is absent or wrong. An empty value is wrong: leave it out.
  std::optional<std::string> text(std::string_view name);
  std::optional<int> integer(std::string_view name, int least, int most);
  std::optional<double> number(std::string_view name, double least, double most);
  std::optional<bool> boolean(std::string_view name);

  /// Notes a mistake of the caller's own finding.
  void blame(std::string_view name, std::string message);

  const std::optional<RequestError>& error() const { return error_; }

 private:
  const std::string* find(std::string_view name);

  std::span<const Parameter> parameters_;
  std::optional<RequestError> error_;
};

}  // namespace spotisearch

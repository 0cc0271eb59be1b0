// The one error type of the project, and the values that carry it.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace spotisearch {

/// What went wrong, in the few kinds that a caller can act upon differently.
enum class ErrorCode {
  kInvalidArgument,    ///< The caller's input is wrong; the same call fails again.
  kNotFound,           ///< The named thing is not there.
  kCorrupt,            ///< Stored data do not have the form they should have.
  kIo,                 ///< The operating system refused a read, a write or a mapping.
  kUnavailable,        ///< Busy or out of reach now; the same call may work later.
  kResourceExhausted,  ///< A limit (memory, size, count) was hit.
  kInternal,           ///< A bug of ours or an unexplained failure of a library.
};

/// Lower-case name of the code ("invalid argument"), for messages and logs.
std::string_view to_string(ErrorCode code);

/// A failure: its kind, and one sentence that says what, where, and what to do about it.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
};

/// A value or the error that prevented it. One alias, so that it can become std::expected.
template <class T>
using Result = tl::expected<T, Error>;

/// Success, or the error.
using Status = Result<void>;

/// `return fail(ErrorCode::kNotFound, "...")` from any function that returns a Result.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// Hands on an error with words put before its message ("models/x: " + message).
inline tl::unexpected<Error> fail(std::string_view prefix, Error error) {
  error.message.insert(0, prefix);
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace spotisearch

/// Returns from the enclosing function when `expression` (a Status or Result) failed.
#define SPOTISEARCH_TRY(expression)                                                  \
  do {                                                                               \
    if (auto&& spotisearch_status = (expression); !spotisearch_status.has_value()) { \
      return tl::unexpected<::spotisearch::Error>(                                   \
          std::move(spotisearch_status).error());                                    \
    }                                                                                \
  } while (false)

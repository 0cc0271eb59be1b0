// The command line of the program, as a plain function.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "search/search_engine.h"

namespace spotisearch {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitWrongUsage = 2;

/// What `serve` was asked to do.
struct ServeRequest {
  std::filesystem::path library;
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
};

/// The world that the command line runs in: real in the program, made up in tests.
struct CommandWorld {
  std::ostream& out;             ///< results, and nothing else
  std::ostream& err;             ///< reports, progress, errors
  bool err_is_terminal = false;  ///< draw a progress bar there
  /// Loads encoder and mood head from a folder of models; called at most once a command.
  std::function<Result<SearchEngine::Models>(const std::filesystem::path& models)> load_models;
  /// Serves until it is told to stop; answers an exit code.
  std::function<int(const ServeRequest&, const SearchEngine::Models&)> serve;
  std::filesystem::path default_models;   ///< where the models of this installation are
  std::filesystem::path default_library;  ///< default_library_folder() in the program
};

/// $SPOTISEARCH_LIBRARY, else $XDG_DATA_HOME/spotisearch/library, else
/// ~/.local/share/spotisearch/library. `get` reads the environment; null for what is not set.
std::filesystem::path default_library_folder(const std::function<const char*(const char*)>& get);

/// Runs one command; `arguments` are those after the program's name. Answers the exit code: 0 done,
/// 1 failed, 2 wrong usage.
int run_command_line(std::span<const std::string> arguments, CommandWorld& world);

}  // namespace spotisearch

// The program. The only place that names the concrete encoder and server.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "encoder/bert_encoder.h"

namespace {

using namespace spotisearch;
namespace fs = std::filesystem;

Result<SearchEngine::Models> load_models(const fs::path& folder) {
  auto encoder = BertEncoder::open(folder / "all-MiniLM-L6-v2");
  if (!encoder) return tl::unexpected(std::move(encoder).error());
  auto mood = MoodHead::open(folder / "mood");
  if (!mood) return tl::unexpected(std::move(mood).error());
  return SearchEngine::Models{std::move(*encoder),
                              std::make_shared<const MoodHead>(std::move(*mood))};
}

/// $SPOTISEARCH_MODELS, else share/spotisearch/models of the installation, else where it was built.
fs::path default_models() {
  if (const char* folder = std::getenv("SPOTISEARCH_MODELS"); folder != nullptr && *folder != 0) {
    return folder;
  }
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  const fs::path installed = program.parent_path().parent_path() / "share/spotisearch/models";
  if (!unknown && fs::exists(installed)) return installed;
  return SPOTISEARCH_SOURCE_MODELS;
}

int serve(const ServeRequest&, const SearchEngine::Models&) {
  std::cerr << "spotisearch: serving is not wired yet\n";
  return kExitFailed;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::signal(SIGPIPE, SIG_IGN);  // `| head` ends the output, not the program
  CommandWorld world{.out = std::cout,
                     .err = std::cerr,
                     .err_is_terminal = isatty(STDERR_FILENO) != 0,
                     .load_models = load_models,
                     .serve = serve,
                     .default_models = default_models(),
                     .default_library = default_library_folder(
                         [](const char* name) -> const char* { return std::getenv(name); })};
  return run_command_line(std::vector<std::string>(argv + 1, argv + argc), world);
}

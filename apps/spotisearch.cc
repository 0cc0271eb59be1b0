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
#include "server/engine_service.h"
#include "server/routes.h"
#include "server/server.h"

namespace {

using namespace spotisearch;
namespace fs = std::filesystem;

/// SPOTISEARCH_PRECISION=float32 computes as the reference does, at a third of the speed; libraries
/// made with one precision are not searched with the other.
EncoderOptions encoder_options() {
  const char* precision = std::getenv("SPOTISEARCH_PRECISION");
  EncoderOptions options;
  if (precision != nullptr && std::string(precision) == "float32") {
    options.precision = Precision::kFloat32;
  }
  return options;
}

/// Folder `name` of the installation that the program stands in (bin/ beside share/); may be
/// absent.
fs::path installed(const char* name) {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  return program.parent_path().parent_path() / "share/spotisearch" / name;
}

/// $SPOTISEARCH_KNOWLEDGE ("none" to know nothing), else what was built with the program.
Result<std::shared_ptr<const Knowledge>> load_knowledge() {
  fs::path path = installed("knowledge.bin");
  if (const char* given = std::getenv("SPOTISEARCH_KNOWLEDGE"); given != nullptr && *given != 0) {
    if (std::string_view(given) == "none") return std::make_shared<const Knowledge>();
    path = given;
  }
  auto file = KnowledgeFile::open(path);
  if (!file) {
    return fail(
        "what is known about music cannot be read (`make build` makes it anew; "
        "SPOTISEARCH_KNOWLEDGE=none does without): ",
        std::move(file).error());
  }
  std::vector<KnowledgeFile> files;
  files.push_back(std::move(*file));
  return std::make_shared<const Knowledge>(std::move(files));
}

Result<std::shared_ptr<const MoodHead>> load_head(const fs::path& folder) {
  auto head = MoodHead::open(folder);
  if (!head) return tl::unexpected(std::move(head).error());
  return std::make_shared<const MoodHead>(std::move(*head));
}

Result<SearchEngine::Models> load_models(const fs::path& folder) {
  auto encoder = BertEncoder::open(folder / "all-MiniLM-L6-v2", encoder_options());
  if (!encoder) return tl::unexpected(std::move(encoder).error());
  auto mood = load_head(folder / "mood");
  SPOTISEARCH_TRY(mood);
  // A model folder of one's own may come without it: then what a song's source lacks stays missing.
  std::shared_ptr<const MoodHead> song_features;
  std::error_code unreadable;
  if (fs::exists(folder / "song_features", unreadable)) {
    auto head = load_head(folder / "song_features");
    SPOTISEARCH_TRY(head);
    song_features = std::move(*head);
  }
  auto knowledge = load_knowledge();
  SPOTISEARCH_TRY(knowledge);
  return SearchEngine::Models{.encoder = std::move(*encoder),
                              .mood = std::move(*mood),
                              .knowledge = std::move(*knowledge),
                              .song_features = std::move(song_features)};
}

/// $SPOTISEARCH_MODELS, else share/spotisearch/models of the installation, else where it was built.
fs::path default_models() {
  if (const char* folder = std::getenv("SPOTISEARCH_MODELS"); folder != nullptr && *folder != 0) {
    return folder;
  }
  const fs::path models = installed("models");
  std::error_code unreadable;
  return fs::exists(models, unreadable) ? models : fs::path(SPOTISEARCH_SOURCE_MODELS);
}

/// Waits for Ctrl-C or a polite kill. REQUIRES: the signals are blocked in every thread.
void wait_for_stop_signal(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
}

int serve(const ServeRequest& request, const SearchEngine::Models& models) {
  const auto fail = [](const Error& error) {
    std::cerr << "spotisearch: " << error.message << '\n';
    return kExitFailed;
  };
  auto engine = SearchEngine::open(request.library, models);
  if (!engine) return fail(engine.error());
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before the server's threads inherit the mask

  const auto service = std::make_shared<const EngineService>(std::move(*engine), models.mood);
  ServerOptions options;
  options.host = request.host;
  options.port = request.port;
  auto server = Server::start(options, make_handler(service));
  if (!server) return fail(server.error());
  std::cerr << "SpotiSearch is ready at " << (*server)->address() << " (Ctrl-C stops it)"
            << std::endl;
  wait_for_stop_signal(signals);
  (*server)->stop();
  (*server)->wait();
  return kExitDone;
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

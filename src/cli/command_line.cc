#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <ostream>

#include "cli/command.h"

namespace spotisearch {
namespace {

constexpr int kMostResults = 1000;

using Command = int (*)(CommandWorld&, const CommandArguments&);

void add_library(CLI::App& app, CommandArguments& arguments) {
  app.add_option("--library", arguments.library, "Folder of the library")->capture_default_str();
  app.add_option("--models", arguments.models, "Folder of the models")->capture_default_str();
}

void add_results(CLI::App& app, CommandArguments& arguments, int k) {
  arguments.query.k = k;
  app.add_option("-k,--results", arguments.query.k,
                 "Number of results (default " + std::to_string(k) + ")")
      ->check(CLI::Range(1, kMostResults))
      ->default_str("");
  app.add_flag("--json", arguments.json, "Print one JSON object");
}

void add_mode(CLI::App& app, CommandArguments& arguments, std::vector<std::string> modes) {
  app.add_option_function<std::string>(
         "--mode",
         [&arguments](const std::string& name) { arguments.query.mode = mode_named(name); },
         "What decides the order (default blend)")
      ->check(CLI::IsMember(std::move(modes)));
}

void add_filters(CLI::App& app, Filters& filters, bool songs) {
  const std::string group = "Filters";
  app.add_option("--year-from", filters.year_from, "Released in this year or later")->group(group);
  app.add_option("--year-to", filters.year_to, "Released in this year or earlier")->group(group);
  app.add_option("--genre", filters.genre, "Has a genre of this name, or with these words in it")
      ->group(group);
  app.add_option("--artist", filters.artist, "Is by this artist")->group(group);
  app.add_option("--tempo-from", filters.tempo_from, "Beats per minute, at least")->group(group);
  app.add_option("--tempo-to", filters.tempo_to, "Beats per minute, at most")->group(group);
  if (!songs) return;
  app.add_option("--explicit", filters.is_explicit, "true: only explicit songs; false: none")
      ->group(group);
}

/// The second step (describing candidates and ranking them again) is not part of this version;
/// scripts may already say that they do not want it.
void add_rerank(CLI::App& app) {
  app.add_option_function<std::string>(
         "--rerank", [](const std::string&) {},
         "auto or off; this version has no second ranking step, so both mean off")
      ->check(CLI::IsMember({"auto", "off"}));
}

/// Every subcommand with its options, bound to one set of arguments.
class CommandParser {
 public:
  explicit CommandParser(CommandArguments& arguments) : arguments_(arguments) {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "spotisearch 0.1.0");
    app_.footer("Example: spotisearch songs \"rainy sunday, slow and acoustic\" -k 5");
    add_import();
    add_songs();
    add_albums();
    add_similar();
    add_serve();
    add_eval();
    add_info();
    add_knowledge();
  }

  CLI::App& app() { return app_; }
  Command chosen() const { return chosen_; }

 private:
  CLI::App& add(const std::string& name, const std::string& description, Command command) {
    return add(app_, name, description, command);
  }
  CLI::App& add(CLI::App& parent, const std::string& name, const std::string& description,
                Command command) {
    CLI::App* sub = parent.add_subcommand(name, description);
    sub->callback([this, command] { chosen_ = command; });
    add_library(*sub, arguments_);
    return *sub;
  }

  void add_import() {
    auto& sub = add("import", "Add exports of your music to the library", import_command);
    sub.add_option("PATH", arguments_.paths, "CSV files, or folders of them")->required();
    sub.add_option("--format", arguments_.format, "How to read them (default auto)");
  }
  void add_songs() {
    auto& sub = add("songs", "Find songs for a feeling", songs_command);
    sub.add_option("QUERY", arguments_.query.text, "What you want to hear, in your words")
        ->required();
    add_results(sub, arguments_, 10);
    add_mode(sub, arguments_, {"blend", "features", "text", "keywords"});
    add_rerank(sub);
    add_filters(sub, arguments_.query.filters, true);
  }
  void add_albums() {
    auto& sub = add("albums", "Find albums for a feeling", albums_command);
    sub.add_option("QUERY", arguments_.query.text, "What you want to hear, in your words")
        ->required();
    add_results(sub, arguments_, 5);
    add_mode(sub, arguments_, {"blend", "text", "keywords"});
    add_filters(sub, arguments_.query.filters, false);
  }
  void add_similar() {
    auto& sub = add("similar", "Find songs (or albums) like one of the library", similar_command);
    sub.add_option("ID", arguments_.id, "Id of a song or album, or a Spotify link")->required();
    add_results(sub, arguments_, 10);
  }
  void add_serve() {
    auto& sub = add("serve", "Serve the library as a web page and an API", serve_command);
    sub.add_option("--host", arguments_.serve.host, "Address to listen on")->capture_default_str();
    sub.add_option("--port", arguments_.serve.port, "Port; 0 for any free one")
        ->capture_default_str();
  }
  void add_eval() {
    auto& sub = add("eval", "Measure search quality", eval_command);
    sub.add_option("KIND", arguments_.eval_kind, "songs or albums")
        ->required()
        ->check(CLI::IsMember({"songs", "albums"}));
    sub.add_option("--queries", arguments_.queries, "JSON lines with _id and text")->required();
    sub.add_option("--qrels", arguments_.qrels, "Judgements: query id, result id, grade");
    sub.add_option("--run", arguments_.run, "Write the TREC run here");
    add_results(sub, arguments_, 100);
    add_mode(sub, arguments_, {"blend", "features", "text", "keywords"});
    add_rerank(sub);
  }
  void add_info() {
    auto& sub = add("info", "Show what is in the library and the model", info_command);
    sub.add_flag("--json", arguments_.json, "Print one JSON object");
  }
  void add_knowledge() {
    CLI::App* knowledge =
        app_.add_subcommand("knowledge", "What the program knows about artists and genres");
    knowledge->require_subcommand(1);
    auto& show = add(*knowledge, "show", "Show what is known about an artist or a genre",
                     knowledge_show_command);
    show.add_option("NAME", arguments_.id, "Artist or genre, in any spelling")->required();
    auto& more =
        add(*knowledge, "add", "Add rows of your own to the library; they overrule what ships",
            knowledge_add_command);
    more.add_option("FILE", arguments_.paths,
                    "CSV with a column `artist` or `genre` (data/knowledge/README.md)")
        ->required();
    add(*knowledge, "forget", "Forget all rows of your own", knowledge_forget_command);
  }

  CommandArguments& arguments_;
  CLI::App app_{"SpotiSearch finds the songs and albums of your library that fit a feeling.",
                "spotisearch"};
  Command chosen_ = nullptr;
};

/// Defaults that differ between subcommands are set when the subcommand is known.
int default_results(const std::vector<std::string>& arguments) {
  const std::string& command = arguments.empty() ? std::string() : arguments.front();
  if (command == "albums") return 5;
  return command == "eval" ? 100 : 10;
}

/// Results that did not reach their file are a failure. A reader that has seen enough (`| head`) is
/// none.
int with_output_written(CommandWorld& world, int code) {
  world.out.flush();
  if (world.out || code != kExitDone || errno == EPIPE) return code;
  world.err << "spotisearch: the results could not be written; is the disk full?\n";
  return kExitFailed;
}

}  // namespace

std::filesystem::path default_library_folder(const std::function<const char*(const char*)>& get) {
  const auto set = [&](const char* name) -> std::string {
    const char* value = get(name);
    return value == nullptr ? "" : value;
  };
  if (const auto folder = set("SPOTISEARCH_LIBRARY"); !folder.empty()) return folder;
  std::filesystem::path data = set("XDG_DATA_HOME");
  if (data.empty()) data = std::filesystem::path(set("HOME")) / ".local" / "share";
  return data / "spotisearch" / "library";
}

int run_command_line(std::span<const std::string> given, CommandWorld& world) {
  CommandArguments arguments;
  arguments.library = world.default_library;
  arguments.models = world.default_models;
  CommandParser parser(arguments);
  std::vector<std::string> ordered(given.begin(), given.end());
  arguments.query.k = default_results(ordered);
  std::reverse(ordered.begin(), ordered.end());  // as CLI11 wants them
  try {
    parser.app().parse(ordered);
  } catch (const CLI::ParseError& error) {
    const int code = parser.app().exit(error, world.out, world.err);
    return code == 0 ? kExitDone : kExitWrongUsage;
  }
  errno = 0;
  return with_output_written(world, parser.chosen()(world, arguments));
}

}  // namespace spotisearch

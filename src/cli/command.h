// What the subcommands share.
#pragma once

#include <memory>
#include <string>

#include "cli/command_line.h"
#include "ingest/indexer.h"
#include "music/search_query.h"

namespace spotisearch {

/// Arguments as they were typed; each subcommand uses its own.
struct CommandArguments {
  std::filesystem::path library;
  std::filesystem::path models;
  // import, knowledge add
  std::vector<std::filesystem::path> paths;
  std::string format = "auto";
  // songs, albums, similar, knowledge show
  SearchQuery query;
  std::string id;
  bool json = false;
  // serve
  ServeRequest serve;
  // eval
  std::string eval_kind;
  std::filesystem::path queries;
  std::filesystem::path qrels;
  std::filesystem::path run;
};

/// "blend", "features", "text" or "keywords"; empty for none of them is impossible: CLI11 checks.
SearchMode mode_named(const std::string& name);
std::string name_of(SearchMode mode);

/// Says on world.err what went wrong, and answers the exit code for it.
int report(CommandWorld& world, const Error& error);

/// An engine, and the models that it searches with.
struct OpenedEngine {
  std::unique_ptr<SearchEngine> engine;
  SearchEngine::Models models;

  const SearchEngine* operator->() const { return engine.get(); }
};

/// The engine over the library asked for; a missing library is explained with what to do.
Result<OpenedEngine> open_engine(CommandWorld& world, const CommandArguments& arguments);

/// What indexing works with, of all the models. Borrows them.
IndexModels index_models(const SearchEngine::Models& models);

int import_command(CommandWorld& world, const CommandArguments& arguments);
int songs_command(CommandWorld& world, const CommandArguments& arguments);
int albums_command(CommandWorld& world, const CommandArguments& arguments);
int similar_command(CommandWorld& world, const CommandArguments& arguments);
int serve_command(CommandWorld& world, const CommandArguments& arguments);
int eval_command(CommandWorld& world, const CommandArguments& arguments);
int info_command(CommandWorld& world, const CommandArguments& arguments);
int knowledge_show_command(CommandWorld& world, const CommandArguments& arguments);
int knowledge_add_command(CommandWorld& world, const CommandArguments& arguments);
int knowledge_forget_command(CommandWorld& world, const CommandArguments& arguments);

}  // namespace spotisearch

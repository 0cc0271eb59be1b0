#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ostream>

#include "cli/command.h"
#include "ingest/import_files.h"
#include "ingest/indexer.h"

namespace spotisearch {
namespace {

/// One line on a terminal that is drawn over and over; silent elsewhere.
class ProgressBar {
 public:
  ProgressBar(std::ostream& out, bool visible) : out_(out), visible_(visible) {}
  ~ProgressBar() { clear(); }

  void show(std::string_view what, double share, std::string_view detail) {
    const auto now = std::chrono::steady_clock::now();
    if (!visible_ || (drawn_ && now - last_ < kInterval && share < 1.0)) return;
    last_ = now;
    drawn_ = true;
    const auto filled =
        static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(kWidth));
    out_ << "\r\033[K" << what << " [" << std::string(filled, '#')
         << std::string(kWidth - filled, '.') << "] "
         << fmt::format("{:3.0f}% {}", 100 * share, detail) << std::flush;
  }

  void clear() {
    if (drawn_) out_ << "\r\033[K" << std::flush;
    drawn_ = false;
  }

 private:
  static constexpr std::size_t kWidth = 30;
  static constexpr std::chrono::milliseconds kInterval{80};
  std::ostream& out_;
  bool visible_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_;
};

double share_of(std::uint64_t done, std::uint64_t total) {
  return total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total);
}

}  // namespace

int import_command(CommandWorld& world, const CommandArguments& arguments) {
  auto models = world.load_models(arguments.models);
  if (!models) return report(world, models.error());
  auto catalog = Catalog::open(arguments.library);
  if (!catalog) return report(world, catalog.error());

  ProgressBar bar(world.err, world.err_is_terminal);
  ImportOptions options;
  options.format = arguments.format;
  options.progress = [&](const ImportProgress& progress) {
    bar.show("Reading ", share_of(progress.bytes_done, progress.bytes_total),
             fmt::format("{} rows", progress.rows));
  };
  auto imported = import_files(*catalog, arguments.paths, options);
  bar.clear();
  if (!imported) return report(world, imported.error());
  world.err << format_report(*imported);

  // Also when a file failed: what the others brought shall be found.
  IndexOptions index_options;
  index_options.progress = [&](std::size_t done, std::size_t total) {
    bar.show("Indexing", share_of(done, total), fmt::format("{} of {}", done, total));
  };
  auto indexed = index_library(*catalog, arguments.library, index_models(*models), index_options);
  bar.clear();
  if (!indexed) return report(world, indexed.error());
  world.err << fmt::format("The library in {} holds {} songs and {} albums",
                           arguments.library.string(), indexed->tracks, indexed->albums);
  if (indexed->changed > 0) {
    world.err << fmt::format(" ({} indexed anew in {:.1f} s)", indexed->changed,
                             static_cast<double>(indexed->took.count()) / 1000.0);
  }
  world.err << ".\n";
  const Status status = imported->status();
  return status ? kExitDone : report(world, status.error());
}

}  // namespace spotisearch

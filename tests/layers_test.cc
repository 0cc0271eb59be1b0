// The folders of src/ are layers: a file includes its own folder and lower layers, nothing else.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace {

const std::filesystem::path kRoot = SPOTISEARCH_SOURCE_DIR;

// Folders of the same number are siblings and do not know each other; apps/ stands above all.
const std::map<std::string, int> kLayers = {
    {"base", 0},    {"music", 1},     {"text", 1},    {"csv", 1},   {"vectors", 1},  {"net", 1},
    {"encoder", 2}, {"mood", 2},      {"catalog", 2}, {"index", 2}, {"annotate", 2}, {"search", 3},
    {"ingest", 3},  {"knowledge", 2}, {"eval", 3},    {"train", 3}, {"server", 4},   {"cli", 4}};
constexpr int kAppsLayer = 5;

struct Line {
  std::filesystem::path file;  // relative to the repository
  int number = 0;
  std::string text;

  std::string place() const { return file.string() + ":" + std::to_string(number) + ": " + text; }
  bool in_src() const { return *file.begin() == "src"; }
  std::string folder() const { return std::next(file.begin())->string(); }
};

std::vector<Line> source_lines() {
  std::vector<Line> lines;
  for (const char* top : {"src", "apps"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc") continue;
      std::ifstream in(entry.path());
      Line line{entry.path().lexically_relative(kRoot), 0, ""};
      while (++line.number, std::getline(in, line.text)) lines.push_back(line);
    }
  }
  return lines;
}

// Lines that include something, with what they include: `quote` is '"' or '<'.
void for_each_include(char quote, const auto& visit) {
  const std::regex include(R"(^\s*#\s*include\s*(["<])([^">]+)[">].*)");
  for (const Line& line : source_lines()) {
    std::smatch match;
    if (!std::regex_match(line.text, match, include)) continue;
    if (match[1].str()[0] == quote) visit(line, match[2].str());
  }
}

TEST(LayersTest, EveryFolderOfSrcHasALayer) {
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / "src")) {
    if (!entry.is_directory()) continue;
    EXPECT_EQ(kLayers.count(entry.path().filename()), 1u) << entry.path() << ": unknown folder";
  }
}

TEST(LayersTest, AFolderIncludesOnlyLowerLayers) {
  int checked = 0;
  for_each_include('"', [&](const Line& line, const std::string& header) {
    const std::string folder = header.substr(0, header.find('/'));
    ++checked;
    if (line.in_src() && folder == line.folder()) return;
    if (!line.in_src() && std::filesystem::exists(kRoot / "apps" / header)) return;
    const auto target = kLayers.find(folder);
    if (target == kLayers.end() || folder == header) {
      ADD_FAILURE() << line.place() << ": not \"FOLDER/FILE.h\" with a folder of src/";
      return;
    }
    EXPECT_LT(target->second, line.in_src() ? kLayers.at(line.folder()) : kAppsLayer)
        << line.place() << ": not a lower layer";
  });
  EXPECT_GT(checked, 0) << "no includes found under " << kRoot;
}

TEST(LayersTest, HeadersNameNoThirdParty) {
  for_each_include('<', [](const Line& line, const std::string& header) {
    if (!line.in_src() || line.file.extension() != ".h" || header == "tl/expected.hpp") return;
    // Highway's per-target kernels, read several times by the one .cc file that includes them, and
    // what tests share.
    const std::string name = line.file.filename();
    if (name.ends_with("-inl.h") || name.ends_with("_fixture.h")) return;
    EXPECT_EQ(header.find_first_of("./"), std::string::npos)
        << line.place() << ": only the standard library and <tl/expected.hpp> in headers";
  });
}

TEST(LayersTest, KernelFilesAreIncludedBySourcesAlone) {
  for_each_include('"', [](const Line& line, const std::string& header) {
    if (!header.ends_with("-inl.h")) return;
    EXPECT_TRUE(line.file.extension() == ".cc" || line.file.string().ends_with("-inl.h"))
        << line.place() << ": -inl.h files are no interface";
  });
}

TEST(LayersTest, OnlyTheTrainersProgramKnowsTheTrainer) {
  for_each_include('"', [](const Line& line, const std::string& header) {
    if (!header.starts_with("train/")) return;
    EXPECT_TRUE(line.folder() == "train" || line.file == "apps/spotisearch_train.cc")
        << line.place() << ": nothing that serves links the trainer";
  });
}

TEST(LayersTest, NoStdFormat) {
  const std::regex forbidden(R"(std::v?format\b|std::format_to|#\s*include\s*<format>)");
  for (const Line& line : source_lines()) {
    EXPECT_FALSE(std::regex_search(line.text, forbidden))
        << line.place() << ": g++ 12 has no std::format; use fmt";
  }
}

}  // namespace

// The program as people run it: its streams, its exit codes, and what a crash leaves behind.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kProgram = SPOTISEARCH_PROGRAM;
const fs::path kRoot = SPOTISEARCH_SOURCE_DIR;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Outcome {
  int code = -1;  ///< exit code, or 128 + the signal that ended it
  std::string out, err;
};

/// A process that was started; waited for at the latest by its destructor.
class Process {
 public:
  Process(std::vector<std::string> arguments, const fs::path& folder, const std::string& name)
      : out_(folder / (name + ".out")), err_(folder / (name + ".err")) {
    arguments.insert(arguments.begin(), kProgram);
    pid_ = fork();
    if (pid_ != 0) return;
    redirect(STDOUT_FILENO, out_);
    redirect(STDERR_FILENO, err_);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  ~Process() {
    if (pid_ > 0) wait();
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void kill() const { ::kill(pid_, SIGKILL); }

  Outcome wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, slurp(out_), slurp(err_)};
  }

 private:
  static void redirect(int stream, const fs::path& path) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(file, stream);
    close(file);
  }

  fs::path out_, err_;
  pid_t pid_ = -1;
};

class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* model : {"all-MiniLM-L6-v2/model.safetensors", "mood/mood_head.safetensors"}) {
      if (!fs::exists(kRoot / "models" / model))
        GTEST_SKIP() << "models/" << model << " is missing";
    }
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return path(name);
  }
  /// `count` songs with different titles.
  std::string write_songs(const std::string& name, int count, const std::string& artist) const {
    std::string text = "title,artist,album,genres\n";
    for (int i = 0; i < count; ++i) {
      const std::string n = std::to_string(i);
      text.append("Song ").append(n).append(" of the ").append(artist).append(",").append(artist);
      text.append(",Album ").append(n).append(",ambient\n");
    }
    return write(name, text);
  }

  Process start(std::vector<std::string> arguments, const std::string& name = "process") const {
    if (!arguments.empty() && arguments[0][0] != '-') {
      arguments.insert(arguments.end(), {"--library", path("library")});
    }
    return Process(std::move(arguments), folder_, name);
  }
  Outcome run(std::vector<std::string> arguments) const {
    return start(std::move(arguments)).wait();
  }

  /// The same by a shell, with the program as "$P" and the library as "$L".
  Outcome shell(const std::string& script) const {
    const std::string line = "P='" + kProgram + "'; L='" + path("library") + "'; " + script;
    const std::string redirected =
        "{ " + line + "; } >'" + path("shell.out") + "' 2>'" + path("shell.err") + "'";
    const int status = std::system(("bash -c '" + quoted(redirected) + "'").c_str());
    return {WEXITSTATUS(status), slurp(path("shell.out")), slurp(path("shell.err"))};
  }
  static std::string quoted(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out;
  }

  void import_demo() const {
    const Outcome done = run({"import", (kRoot / "data/demo").string()});
    ASSERT_EQ(done.code, 0) << done.err;
  }
  /// The library is whole: it answers, and every song in it can be found.
  void expect_whole(int songs) const {
    const Outcome info = run({"info", "--json"});
    ASSERT_EQ(info.code, 0) << info.err;
    EXPECT_THAT(info.out, StartsWith("{"));
    const std::string count = std::string("\"songs\":").append(std::to_string(songs)).append(",");
    EXPECT_THAT(info.out, HasSubstr(count));
    EXPECT_THAT(info.out, HasSubstr(std::string("\"vectors\":{").append(count)));
    EXPECT_EQ(run({"songs", "slow and quiet"}).code, 0);
  }
  /// No crash, a message that names the file, and nothing on standard output.
  void expect_refused(const std::string& file) const {
    const Outcome refused = run({"import", file});
    EXPECT_TRUE(refused.code == 1 || refused.code == 2) << file << ": " << refused.code;
    EXPECT_THAT(refused.err, HasSubstr(fs::path(file).filename().string()));
    EXPECT_THAT(refused.out, IsEmpty());
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     (std::string("ProgramTest.") +
                      ::testing::UnitTest::GetInstance()->current_test_info()->name() + "." +
                      std::to_string(::getpid()));
};

TEST_F(ProgramTest, TheDemoLibraryIsImportedAndSearched) {
  import_demo();
  const Outcome songs = run({"songs", "rainy sunday, slow and acoustic", "-k", "3"});
  EXPECT_EQ(songs.code, 0) << songs.err;
  EXPECT_THAT(songs.out, AllOf(StartsWith(" 1. "), HasSubstr("\n 3. "), Not(HasSubstr(" 4. "))));
  const Outcome albums = run({"albums", "late night jazz, muted trumpet", "--json"});
  EXPECT_EQ(albums.code, 0) << albums.err;
  EXPECT_THAT(albums.out, AllOf(StartsWith("{\"query\":"), HasSubstr("miles-davis-kind-of-blue")));
  const Outcome similar = run({"similar", "miles-davis-kind-of-blue", "-k", "2"});
  EXPECT_EQ(similar.code, 0) << similar.err;
  EXPECT_THAT(similar.out, Not(HasSubstr("Kind of Blue")));
  const Outcome info = run({"info"});
  EXPECT_EQ(info.code, 0) << info.err;
  EXPECT_THAT(info.out, HasSubstr("Songs"));
}

TEST_F(ProgramTest, EvalScoresTheDemoLibrary) {
  import_demo();
  const auto queries = write("q.jsonl", "{\"_id\":\"q1\",\"text\":\"late night jazz trumpet\"}\n");
  const auto qrels =
      write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tmiles-davis-kind-of-blue\t1\n");
  const Outcome eval = run({"eval", "albums", "--queries", queries, "--qrels", qrels, "--run",
                            path("run.trec"), "-k", "20"});
  ASSERT_EQ(eval.code, 0) << eval.err;
  EXPECT_THAT(eval.out, HasSubstr("nDCG@10"));
  const std::string run_file = slurp(path("run.trec"));
  EXPECT_EQ(std::count(run_file.begin(), run_file.end(), '\n'), 20);
  EXPECT_THAT(run_file, StartsWith("q1\tQ0\t"));
}

TEST_F(ProgramTest, ASecondImportChangesNothing) {
  import_demo();
  const Outcome before = run({"info", "--json"});
  const std::string current = slurp(folder_ / "library/vectors/CURRENT");
  import_demo();
  EXPECT_EQ(slurp(folder_ / "library/vectors/CURRENT"), current);
  const std::string counts = before.out.substr(0, before.out.find("\"bytes\""));
  EXPECT_THAT(run({"info", "--json"}).out, StartsWith(counts));
}

TEST_F(ProgramTest, FilesThatAreNoExportsAreRefusedByName) {
  expect_refused(write("empty.csv", ""));
  expect_refused(write("binary.csv", std::string("\x7f"
                                                 "ELF\x00\x01\x02\xff\xfe\x00\x00",
                                                 12) +
                                         slurp(kProgram).substr(0, 50'000)));
  expect_refused(write("no_header.csv", "Rain,Ada Vane\nSnow,Ada Vane\n"));
  expect_refused(write("huge_line.csv", std::string(20'000'000, 'x')));
  expect_refused(path("nowhere.csv"));
  fs::create_directories(folder_ / "no_csvs_here");
  write("no_csvs_here/readme.txt", "nothing");
  expect_refused(path("no_csvs_here"));
}

TEST_F(ProgramTest, AHugeCellCostsItsRowAlone) {
  const auto file =
      write("songs.csv", "title,artist\nRain,Ada Vane\n\"" + std::string(20'000'000, 'x') +
                             "\",Ada\nSnow,Ada Vane\n");
  const Outcome imported = run({"import", file});
  EXPECT_EQ(imported.code, 0) << imported.err;
  expect_whole(2);
}

TEST_F(ProgramTest, AFileThatCannotBeReadIsNamed) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may read everything";
  const auto file = write("secret.csv", "title,artist\nRain,Ada\n");
  fs::permissions(file, fs::perms::none);
  expect_refused(file);
}

TEST_F(ProgramTest, ALibraryThatCannotBeWrittenIsNamed) {
  const auto file = write("songs.csv", "title,artist\nRain,Ada\n");
  const Outcome refused =
      Process({"import", file, "--library", "/proc/nothing"}, folder_, "refused").wait();
  EXPECT_EQ(refused.code, 1) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("/proc/nothing"));
}

TEST_F(ProgramTest, AFileThatIsNoLibraryIsRefusedAndLeftAlone) {
  fs::create_directories(folder_ / "library");
  write("library/library.db", std::string(8192, 'x'));
  const Outcome refused = run({"import", write("songs.csv", "title,artist\nRain,Ada\n")});
  EXPECT_NE(refused.code, 0);
  EXPECT_THAT(refused.err, HasSubstr("library.db"));
  EXPECT_EQ(slurp(folder_ / "library/library.db"), std::string(8192, 'x'));
  EXPECT_NE(run({"songs", "rain"}).code, 0);
}

TEST_F(ProgramTest, AnImportKilledAtAnyMomentCanBeRepeated) {
  const auto first = write_songs("first.csv", 50, "Ada");
  const auto second = write_songs("second.csv", 3000, "Ben");
  ASSERT_EQ(run({"import", first}).code, 0);
  for (const int milliseconds : {5, 30, 80, 150, 300, 600, 1000}) {
    Process importing = start({"import", first, second}, "importing");
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    importing.kill();
    importing.wait();
    const Outcome answer = run({"songs", "slow and quiet", "-k", "5"});
    EXPECT_EQ(answer.code, 0) << "killed after " << milliseconds << " ms: " << answer.err;
    EXPECT_THAT(answer.out, HasSubstr("\n 5. "));
  }
  const Outcome again = run({"import", first, second});
  EXPECT_EQ(again.code, 0) << again.err;
  expect_whole(3050);
  for (const auto& entry : fs::directory_iterator(folder_ / "library/vectors")) {
    EXPECT_THAT(
        entry.path().filename().string(),
        AnyOf(MatchesRegex("(tracks|features|albums|terms)-[0-9]+[.]vec"), "CURRENT", "LOCK"))
        << "left behind by the killed ones";
  }
}

TEST_F(ProgramTest, TwoImportsAtOnceLeaveAWholeLibrary) {
  const auto ada = write_songs("ada.csv", 400, "Ada");
  const auto ben = write_songs("ben.csv", 400, "Ben");
  Process first = start({"import", ada}, "first");
  Process second = start({"import", ben}, "second");
  const std::pair<std::string, Outcome> outcomes[] = {{ada, first.wait()}, {ben, second.wait()}};
  for (const auto& [file, outcome] : outcomes) {
    if (outcome.code == 0) continue;
    EXPECT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_THAT(outcome.err, AnyOf(HasSubstr("busy"), HasSubstr("another"), HasSubstr("again")));
    EXPECT_EQ(run({"import", file}).code, 0);
  }
  expect_whole(800);
}

TEST_F(ProgramTest, SearchesAnswerDuringAnImport) {
  ASSERT_EQ(run({"import", write_songs("first.csv", 50, "Ada")}).code, 0);
  Process importing = start({"import", write_songs("second.csv", 2000, "Ben")}, "importing");
  for (int i = 0; i < 6; ++i) {
    const Outcome answer = run({"songs", "slow and quiet", "-k", "5"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_THAT(answer.out, HasSubstr("\n 5. "));
  }
  const Outcome imported = importing.wait();
  EXPECT_EQ(imported.code, 0) << imported.err;
  expect_whole(2050);
}

TEST_F(ProgramTest, AReaderThatLeavesDoesNotCrashIt) {
  import_demo();
  const Outcome cut = shell(
      "\"$P\" songs rain -k 100 --library \"$L\" 2>/dev/null | head -1; echo \"${PIPESTATUS[0]}\"");
  EXPECT_THAT(cut.out, MatchesRegex(" 1[.] [^\n]*\n[01]\n")) << cut.err;
  const Outcome closed = shell("\"$P\" songs rain --library \"$L\" >&- 2>&-");
  EXPECT_LE(closed.code, 1);
}

TEST_F(ProgramTest, ResultsThatCannotBeWrittenAreAFailure) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  import_demo();
  EXPECT_EQ(shell("\"$P\" songs rain --library \"$L\" >/dev/full").code, 1);
}

TEST_F(ProgramTest, WorksWithoutAHome) {
  const auto file = write("songs.csv", "title,artist\nRain,Ada\n");
  const std::string bare = "cd '" + folder_.string() + "'; env -i \"$P\" ";
  EXPECT_EQ(shell(bare + "import '" + file + "' --library \"$L\"").code, 0);
  const Outcome answer = shell(bare + "songs rain --library \"$L\"");
  EXPECT_EQ(answer.code, 0) << answer.err;
  EXPECT_THAT(answer.out, HasSubstr("Rain - Ada"));
  const Outcome nowhere = shell(bare + "songs rain");
  EXPECT_EQ(nowhere.code, 1) << nowhere.err;
  EXPECT_THAT(nowhere.err, HasSubstr("spotisearch import"));
}

TEST_F(ProgramTest, ExitCodesAreTheDocumentedOnes) {
  EXPECT_EQ(run({"--help"}).code, 0);
  EXPECT_EQ(run({"songs"}).code, 2);
  EXPECT_EQ(run({"songs", "rain"}).code, 1) << "no library yet";
}

}  // namespace

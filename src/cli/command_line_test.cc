#include "cli/command_line.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "encoder/fake_text_encoder.h"
#include "knowledge/knowledge_fixture.h"
#include "mood/mood_fixture.h"

namespace spotisearch {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kSongs =
    "Track URI,Track Name,Album Name,Artist Name(s),Release Date,Genres,Energy,Tempo\n"
    "spotify:track:0000000000000000000001,Rain Window,Low Tide,Ada Vane,1998,ambient,0.05,70\n"
    "spotify:track:0000000000000000000002,Night Bus,City Lamps,The Harbour,2004,dream pop,0.4,92\n"
    "spotify:track:0000000000000000000003,Parade,Brass,Big Ost,2010,\"ska,brass band\",0.9,150\n"
    ",Quiet Corner,,Nobody,,,,\n";
constexpr const char* kAlbums =
    "album_id,title,artists,year,genres,descriptors,description\n"
    "night-ferry,Night Ferry,Ada Vane,2001,ambient,lonely;nocturnal,Organ and foghorn at night.\n";

/// A command line whose models are fakes and whose streams are strings.
class CommandLineTest : public MoodFolderTest {
 protected:
  void SetUp() override {
    MoodFolderTest::SetUp();
    write_mood_model(folder_ / "mood", FakeTextEncoder::kDimension, {});
    write("songs.csv", kSongs);
    write("albums.csv", kAlbums);
  }

  std::string write(const std::string& name, std::string_view text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return path(name);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Runs; out_ and err_ are what was printed.
  int run(std::vector<std::string> arguments) {
    std::ostringstream out, err;
    CommandWorld world{
        .out = out,
        .err = err,
        .err_is_terminal = false,
        .load_models = [&](const std::filesystem::path& models) -> Result<SearchEngine::Models> {
          models_asked_ = models;
          ++loads_;
          if (models_missing_) return fail(ErrorCode::kNotFound, "no models there");
          return SearchEngine::Models{
              .encoder = encoder_,
              .mood = std::make_shared<const MoodHead>(MoodHead::open(folder_ / "mood").value()),
              .knowledge = knowledge_};
        },
        .serve =
            [&](const ServeRequest& request, const SearchEngine::Models&) {
              served_ = request;
              return 7;
            },
        .default_models = "default-models",
        .default_library = folder_ / "library"};
    const int code = run_command_line(arguments, world);
    out_ = out.str();
    err_ = err.str();
    return code;
  }
  void import_all() {
    ASSERT_EQ(run({"import", path("songs.csv"), path("albums.csv")}), kExitDone) << err_;
  }

  std::shared_ptr<FakeTextEncoder> encoder_ = std::make_shared<FakeTextEncoder>();
  std::shared_ptr<const Knowledge> knowledge_ = std::make_shared<const Knowledge>(tiny_knowledge());
  bool models_missing_ = false;
  int loads_ = 0;
  std::filesystem::path models_asked_;
  ServeRequest served_;
  std::string out_, err_;
};

TEST_F(CommandLineTest, HelpIsOnStandardOutput) {
  EXPECT_EQ(run({"--help"}), kExitDone);
  for (const char* command : {"import", "songs", "albums", "similar", "serve", "eval", "info"}) {
    EXPECT_THAT(out_, HasSubstr(command));
    const std::string whole = out_;
    EXPECT_EQ(run({command, "--help"}), kExitDone) << command;
    EXPECT_THAT(out_, HasSubstr("--library"));
    EXPECT_THAT(err_, IsEmpty());
    out_ = whole;
  }
  EXPECT_EQ(run({"--version"}), kExitDone);
  EXPECT_THAT(out_, StartsWith("spotisearch "));
  EXPECT_EQ(loads_, 0) << "help needs no models";
}

TEST_F(CommandLineTest, WrongUsageIsTwoAndSaidOnStandardError) {
  import_all();
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"sing", "x"},
      {"songs"},
      {"songs", "a", "b"},
      {"songs", "x", "--nonsense"},
      {"songs", "x", "-k", "0"},
      {"songs", "x", "-k", "-3"},
      {"songs", "x", "-k", "many"},
      {"songs", "x", "-k", "99999999999999"},
      {"songs", "x", "--mode", "psychic"},
      {"albums", "x", "--mode", "features"},
      {"albums", "x", "--explicit", "true"},
      {"songs", "x", "--year-from", "soon"},
      {"songs", "x", "--year-from", "2001", "--year-to", "2000"},
      {"songs", "x", "--tempo-from", "120", "--tempo-to", "90"},
      {"songs", ""},
      {"songs", "   "},
      {"similar"},
      {"import"},
      {"eval", "songs"},
      {"eval", "videos", "--queries", "q", "--run", "r"},
      {"serve", "--port", "70000"},
      {"serve", "--port", "-1"}};
  for (const auto& arguments : wrong) {
    EXPECT_EQ(run(arguments), kExitWrongUsage) << ::testing::PrintToString(arguments);
    EXPECT_THAT(out_, IsEmpty()) << ::testing::PrintToString(arguments);
    EXPECT_THAT(err_, Not(IsEmpty())) << ::testing::PrintToString(arguments);
  }
}

TEST_F(CommandLineTest, AMissingLibraryNamesTheCommandThatMakesOne) {
  const std::vector<std::vector<std::string>> searches = {
      {"songs", "x"}, {"albums", "x"}, {"similar", "x"}, {"info"}};
  for (const auto& arguments : searches) {
    EXPECT_EQ(run(arguments), kExitFailed) << arguments[0];
    EXPECT_THAT(err_, AllOf(HasSubstr("spotisearch import"), HasSubstr(path("library"))));
    EXPECT_THAT(out_, IsEmpty());
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "library")) << "looking made a library";
}

TEST_F(CommandLineTest, ImportReportsOnStandardErrorAlone) {
  import_all();
  EXPECT_THAT(out_, IsEmpty());
  EXPECT_THAT(err_, HasSubstr("holds 4 songs and 4 albums"));
  EXPECT_THAT(err_, Not(HasSubstr("\r"))) << "a progress bar where there is no terminal";
}

TEST_F(CommandLineTest, ASecondImportChangesNothing) {
  import_all();
  const auto encoded = encoder_->texts_encoded();
  import_all();
  EXPECT_EQ(encoder_->texts_encoded(), encoded);
  EXPECT_THAT(err_, HasSubstr("holds 4 songs and 4 albums"));
  EXPECT_THAT(err_, Not(HasSubstr("indexed anew")));
}

TEST_F(CommandLineTest, AFileThatFailsDoesNotTakeTheOthersAlong) {
  EXPECT_EQ(run({"import", path("nowhere.csv"), path("songs.csv")}), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("nowhere.csv"));
  EXPECT_EQ(run({"songs", "night bus", "-k", "1"}), kExitDone) << err_;
  EXPECT_THAT(out_, HasSubstr("Night Bus"));
}

TEST_F(CommandLineTest, AnUnknownFormatNamesTheKnownOnes) {
  EXPECT_NE(run({"import", path("songs.csv"), "--format", "tape"}), kExitDone);
  EXPECT_THAT(err_, AllOf(HasSubstr("tape"), HasSubstr("exportify")));
}

TEST_F(CommandLineTest, ResultsAreOnStandardOutputAndTheRestIsNot) {
  import_all();
  EXPECT_EQ(run({"songs", "rain window", "-k", "2"}), kExitDone) << err_;
  EXPECT_THAT(out_, StartsWith(" 1. Rain Window - Ada Vane  [Low Tide] (1998)\n"));
  EXPECT_THAT(out_, HasSubstr("\n 2. "));
  EXPECT_THAT(out_, Not(HasSubstr("\n 3. ")));
  EXPECT_THAT(out_, Not(HasSubstr(" ms")));
  EXPECT_THAT(err_, HasSubstr("2 results"));
}

TEST_F(CommandLineTest, NothingFoundIsNoFailure) {
  import_all();
  EXPECT_EQ(run({"songs", "rain", "--genre", "zydeco"}), kExitDone);
  EXPECT_THAT(out_, IsEmpty());
  EXPECT_THAT(err_, HasSubstr("Nothing fits"));
  EXPECT_EQ(run({"songs", "rain", "--genre", "zydeco", "--json"}), kExitDone);
  EXPECT_EQ(json::parse(out_)["results"], json::array());
}

TEST_F(CommandLineTest, SongsAsJsonHaveTheDocumentedMembers) {
  import_all();
  ASSERT_EQ(run({"songs", "rain \"window\"", "-k", "3", "--json"}), kExitDone) << err_;
  EXPECT_THAT(err_, IsEmpty());
  EXPECT_EQ(std::ranges::count(out_, '\n'), 1);
  const json answer = json::parse(out_);
  EXPECT_EQ(answer["query"], "rain \"window\"");
  EXPECT_EQ(answer["kind"], "songs");
  EXPECT_TRUE(answer["took_ms"].is_number());
  ASSERT_EQ(answer["results"].size(), 3U);
  EXPECT_EQ(answer["results"][0]["id"], "0000000000000000000001");
  int rank = 0;
  for (const json& result : answer["results"]) {
    EXPECT_EQ(result["rank"], ++rank);
    for (const char* member : {"id", "title", "album"}) EXPECT_TRUE(result[member].is_string());
    EXPECT_TRUE(result["artists"].is_array());
    EXPECT_TRUE(result.contains("year"));
    EXPECT_TRUE(result["score"].is_number());
    for (const json& reason : result["reasons"]) {
      EXPECT_TRUE(reason["signal"].is_string() && reason["text"].is_string());
      EXPECT_TRUE(reason["weight"].is_number());
    }
  }
}

TEST_F(CommandLineTest, AlbumsAsJsonHaveTheDocumentedMembers) {
  import_all();
  ASSERT_EQ(run({"albums", "foghorn at night", "--json"}), kExitDone) << err_;
  const json answer = json::parse(out_);
  EXPECT_EQ(answer["kind"], "albums");
  const json& first = answer["results"].at(0);
  EXPECT_EQ(first["id"], "night-ferry");
  EXPECT_EQ(first["title"], "Night Ferry");
  EXPECT_EQ(first["artists"], json({"Ada Vane"}));
  EXPECT_EQ(first["year"], 2001);
}

TEST_F(CommandLineTest, EveryCommandHasItsOwnNumberOfResults) {
  std::string many = "title,artist,album\n";
  for (int i = 0; i < 120; ++i) many += fmt::format("T{},A,B{}\n", i, i);
  ASSERT_EQ(run({"import", write("many.csv", many)}), kExitDone) << err_;
  const auto results = [&](std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    EXPECT_EQ(run(arguments), kExitDone) << err_;
    return json::parse(out_)["results"].size();
  };
  EXPECT_EQ(results({"songs", "x"}), 10U);
  EXPECT_EQ(results({"albums", "x"}), 5U);
  EXPECT_EQ(results({"songs", "x", "-k", "37"}), 37U);
  EXPECT_EQ(results({"albums", "x", "-k", "7"}), 7U);
  EXPECT_EQ(results({"songs", "x", "--library", path("library"), "-k", "1000"}), 120U);
}

TEST_F(CommandLineTest, ModesAndFiltersReachTheSearch) {
  import_all();
  ASSERT_EQ(run({"songs", "anything", "--year-from", "2000", "--year-to", "2005"}), kExitDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("Night Bus"), Not(HasSubstr("Parade"))));
  ASSERT_EQ(run({"songs", "anything", "--genre", "ska", "--tempo-from", "140"}), kExitDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("Parade"), Not(HasSubstr("Rain Window"))));
  ASSERT_EQ(run({"songs", "anything", "--artist", "ADA VANE", "--tempo-to", "80"}), kExitDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("Rain Window"), Not(HasSubstr("Parade"))));
  ASSERT_EQ(run({"songs", "ambient", "--mode", "keywords", "--rerank", "off"}), kExitDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("Rain Window"), Not(HasSubstr("Night Bus"))));
}

TEST_F(CommandLineTest, SimilarFindsSongsAndAlbums) {
  import_all();
  ASSERT_EQ(run({"similar", "0000000000000000000001", "-k", "2"}), kExitDone) << err_;
  EXPECT_THAT(out_, Not(HasSubstr("Rain Window")));
  EXPECT_THAT(out_, StartsWith(" 1. "));
  ASSERT_EQ(run({"similar", "night-ferry", "--json"}), kExitDone) << err_;
  EXPECT_EQ(json::parse(out_)["kind"], "albums");
  EXPECT_EQ(run({"similar", "unheard-of"}), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("unheard-of"));
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(CommandLineTest, InfoShowsWhatIsThere) {
  import_all();
  ASSERT_EQ(run({"info"}), kExitDone) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr(path("library")), HasSubstr("Songs"),
                          HasSubstr("fake bag of words (64 dimensions)")));
  ASSERT_EQ(run({"info", "--json"}), kExitDone);
  const json info = json::parse(out_);
  EXPECT_EQ(info["songs"], 4);
  EXPECT_EQ(info["albums"], 4);
  EXPECT_EQ(info["vectors"]["songs"], 4);
}

TEST_F(CommandLineTest, InfoCountsWhatIsKnownOfTheLibrary) {
  write(
      "more.csv",
      "Track Name,Artist Name(s),Genres\nOne,Ropewalkers,\nTwo,Nobody,synth pop\nThree,Nobody,\n");
  ASSERT_EQ(run({"import", path("more.csv")}), kExitDone) << err_;
  ASSERT_EQ(run({"info", "--json"}), kExitDone) << err_;
  const json known = json::parse(out_)["knowledge"];
  EXPECT_EQ(known["artists"], 5);
  EXPECT_EQ(known["songs_by_known_artists"], 1);
  EXPECT_EQ(known["songs_with_known_genres"], 1);
  EXPECT_EQ(known["songs_with_neither"], 1);
  ASSERT_EQ(run({"info"}), kExitDone);
  EXPECT_THAT(out_, AllOf(HasSubstr("by a known artist"), HasSubstr("33.3%")));
}

TEST_F(CommandLineTest, KnowledgeShowsWhatIsKnown) {
  ASSERT_EQ(run({"knowledge", "show", "ROPEWALKERS"}), kExitDone) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("The Ropewalkers"), HasSubstr("hushed, lonely"),
                          HasSubstr("harmonium")));
  ASSERT_EQ(run({"knowledge", "show", "Slow-Core"}), kExitDone) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("slowcore (genre)"), HasSubstr("empty road at night")));
  EXPECT_EQ(run({"knowledge", "show", "Nobody At All"}), kExitFailed);
  EXPECT_THAT(err_, AllOf(HasSubstr("Nobody At All"), HasSubstr("knowledge add")));
  EXPECT_EQ(run({"knowledge"}), kExitWrongUsage);
}

TEST_F(CommandLineTest, OwnKnowledgeIsFoundAtOnceAndForgottenAgain) {
  import_all();
  write("mine.csv", "artist,moods\nThe Harbour,thunderous\n");
  ASSERT_EQ(run({"knowledge", "add", path("mine.csv")}), kExitDone) << err_;
  EXPECT_THAT(err_, HasSubstr("1 artists"));
  ASSERT_EQ(run({"songs", "thunderous", "-k", "1"}), kExitDone) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("Night Bus"), HasSubstr("artist: thunderous")));
  ASSERT_EQ(run({"knowledge", "show", "harbour"}), kExitDone) << err_;
  ASSERT_EQ(run({"knowledge", "forget"}), kExitDone) << err_;
  EXPECT_EQ(run({"knowledge", "show", "harbour"}), kExitFailed);
  ASSERT_EQ(run({"songs", "thunderous", "-k", "1"}), kExitDone) << err_;
  EXPECT_THAT(out_, Not(HasSubstr("thunderous")));
}

TEST_F(CommandLineTest, FaultyKnowledgeIsNamedAndNotAdded) {
  write("mine.csv", "artist,moods,active\nThe Harbour,thunderous,soon\n");
  EXPECT_EQ(run({"knowledge", "add", path("mine.csv")}), kExitWrongUsage);
  EXPECT_THAT(err_, AllOf(HasSubstr("mine.csv, line 2, column active"), HasSubstr("nothing")));
  EXPECT_EQ(run({"knowledge", "add", path("none.csv")}), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("none.csv"));
}

TEST_F(CommandLineTest, EvalWritesARunOfBareIdsAndScoresIt) {
  import_all();
  const auto queries = write("q.jsonl",
                             "{\"_id\":\"q1\",\"text\":\"rain window\"}\n"
                             "{\"_id\":\"q2\",\"text\":\"quiet corner\"}\n");
  const auto qrels =
      write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\t0000000000000000000001\t1\n");
  ASSERT_EQ(run({"eval", "songs", "--queries", queries, "--qrels", qrels, "--run", path("run.trec"),
                 "--rerank", "off"}),
            kExitDone)
      << err_;
  EXPECT_THAT(out_, Not(IsEmpty()));
  std::ifstream in(folder_ / "run.trec");
  std::string line;
  int lines = 0;
  while (std::getline(in, line)) {
    ++lines;
    EXPECT_THAT(line, MatchesRegex("q[12]\tQ0\t[^\t: ]+\t[0-9]+\t[-0-9.e]+\tspotisearch-blend"));
    if (line.starts_with("q1")) {
      EXPECT_THAT(line, Not(HasSubstr("spotify:track:")));
    }
  }
  EXPECT_EQ(lines, 8) << "4 songs for each of 2 queries";
}

TEST_F(CommandLineTest, EvalOfAlbumsUsesTheIdsOfTheirFile) {
  import_all();
  const auto queries = write("q.jsonl", "{\"_id\":\"q1\",\"text\":\"foghorn at night\"}\n");
  ASSERT_EQ(run({"eval", "albums", "--queries", queries, "--run", path("run.trec")}), kExitDone)
      << err_;
  std::ifstream in(folder_ / "run.trec");
  std::string line;
  std::getline(in, line);
  EXPECT_THAT(line, StartsWith("q1\tQ0\tnight-ferry\t1\t"));
}

TEST_F(CommandLineTest, EvalMistakesAreNamed) {
  import_all();
  EXPECT_EQ(run({"eval", "songs", "--queries", path("no.jsonl"), "--run", path("r")}), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("no.jsonl"));
  const auto broken = write("broken.jsonl", "{\"_id\":\"q1\"\n");
  EXPECT_NE(run({"eval", "songs", "--queries", broken, "--run", path("r")}), kExitDone);
  EXPECT_THAT(err_, AllOf(HasSubstr("broken.jsonl"), HasSubstr("1")));
  const auto good = write("q.jsonl", "{\"_id\":\"q1\",\"text\":\"rain\"}\n");
  EXPECT_EQ(run({"eval", "songs", "--queries", good}), kExitWrongUsage);
  EXPECT_EQ(run({"eval", "songs", "--queries", good, "--run", path("no/such/folder/run")}),
            kExitFailed);
}

TEST_F(CommandLineTest, ModelsAreLoadedOnceFromWhereTheyAreSaidToBe) {
  import_all();
  for (const auto& command : std::vector<std::vector<std::string>>{
           {"songs", "rain"}, {"albums", "rain"}, {"similar", "night-ferry"}, {"info"}}) {
    loads_ = 0;
    auto arguments = command;
    arguments.insert(arguments.end(), {"--models", "elsewhere"});
    EXPECT_EQ(run(arguments), kExitDone) << err_;
    EXPECT_EQ(loads_, 1) << command[0];
    EXPECT_EQ(models_asked_, "elsewhere");
  }
}

TEST_F(CommandLineTest, MissingModelsAreAFailure) {
  import_all();
  models_missing_ = true;
  for (const auto& command : std::vector<std::vector<std::string>>{
           {"songs", "rain"}, {"info"}, {"import", path("songs.csv")}, {"serve"}}) {
    EXPECT_EQ(run(command), kExitFailed) << command[0];
    EXPECT_THAT(err_, HasSubstr("no models there"));
  }
}

TEST_F(CommandLineTest, ServeHandsOnWhatItWasAsked) {
  EXPECT_EQ(run({"serve", "--host", "0.0.0.0", "--port", "0", "--library", "somewhere"}), 7);
  EXPECT_EQ(served_.host, "0.0.0.0");
  EXPECT_EQ(served_.port, 0);
  EXPECT_EQ(served_.library, "somewhere");
  EXPECT_EQ(run({"serve"}), 7);
  EXPECT_EQ(served_.host, "127.0.0.1");
  EXPECT_EQ(served_.port, 8080);
}

TEST(DefaultLibraryFolderTest, TheFirstVariableThatIsSetDecides) {
  std::map<std::string, std::string> environment;
  const auto folder = [&] {
    return default_library_folder([&](const char* name) -> const char* {
      const auto found = environment.find(name);
      return found == environment.end() ? nullptr : found->second.c_str();
    });
  };
  EXPECT_FALSE(folder().empty()) << "without HOME";
  environment["HOME"] = "/home/ada";
  EXPECT_EQ(folder(), "/home/ada/.local/share/spotisearch/library");
  environment["XDG_DATA_HOME"] = "/data";
  EXPECT_EQ(folder(), "/data/spotisearch/library");
  environment["SPOTISEARCH_LIBRARY"] = "/music";
  EXPECT_EQ(folder(), "/music");
  environment["SPOTISEARCH_LIBRARY"] = "";
  EXPECT_EQ(folder(), "/data/spotisearch/library");
}

}  // namespace
}  // namespace spotisearch

// Reads texts from stdin, each on a line as a JSON string, and writes the token ids of each on a
// line of stdout: `tokenize_lines MODEL_FOLDER [MAX_TOKENS] [--time]`. For tokenizer_parity.py.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_piece.h"

namespace {

using Clock = std::chrono::steady_clock;

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

std::vector<std::string> read_texts() {
  std::vector<std::string> texts;
  for (std::string line; std::getline(std::cin, line);) {
    texts.push_back(nlohmann::json::parse(line).get<std::string>());
  }
  return texts;
}

void print_time(const spotisearch::WordPieceTokenizer& tokenizer) {
  constexpr std::string_view query = "quiet songs for a rainy evening with piano and a tired heart";
  constexpr int rounds = 200000;
  std::size_t total = 0;
  const auto start = Clock::now();
  for (int i = 0; i < rounds; ++i) total += tokenizer.encode(query, 256).size();
  std::fprintf(stderr, "a 12-word query: %.3f microseconds (%zu tokens)\n",
               microseconds_since(start) / rounds, total / rounds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: tokenize_lines MODEL_FOLDER [MAX_TOKENS] [--time]\n");
    return 2;
  }
  const auto start = Clock::now();
  const auto tokenizer = spotisearch::WordPieceTokenizer::open(argv[1]);
  if (!tokenizer) {
    std::fprintf(stderr, "%s\n", tokenizer.error().message.c_str());
    return 1;
  }
  std::fprintf(stderr, "vocabulary loaded in %.2f ms\n", microseconds_since(start) / 1000);
  if (std::string_view(argv[argc - 1]) == "--time") print_time(*tokenizer);
  const std::size_t max_tokens = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 256;
  std::string out;
  for (const std::string& text : read_texts()) {
    out.clear();
    for (const std::int32_t id : tokenizer->encode(text, max_tokens)) {
      if (!out.empty()) out += ' ';
      out += std::to_string(id);
    }
    std::puts(out.c_str());
  }
  return 0;
}

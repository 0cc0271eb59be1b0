// Runs a fuzzer's entry point over the files of a corpus folder, and over a few fixed inputs, so
// that every build checks that known inputs stay harmless.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void replay(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (const std::string& bytes : {std::string(), std::string(1, '\0'), std::string(4096, '\xff')}) {
    replay(bytes);
    ++count;
  }
  for (int i = 1; i < argc; ++i) {
    std::error_code missing;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i], missing)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      replay(std::string(std::istreambuf_iterator<char>(file), {}));
      ++count;
    }
  }
  std::printf("replayed %zu inputs\n", count);
  return 0;
}

// Runs every file of a corpus folder through a fuzz target, once: `fuzz_<name> FOLDER...`.
//
// The same sources become libFuzzer programs in the fuzz preset; here they are tests, so that a
// crash that a fuzzer once found and that was committed as a corpus file can never come back.
// Files run in the order of their names. An empty or missing folder is a failure: a replay of
// nothing would always be green.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> files_under(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(folder, error), end; entry != end;
       entry.increment(error)) {
    if (entry->is_regular_file(error)) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// An exact-size heap copy, so that the sanitizer sees a read of one byte too many.
void replay(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)),
                         std::istreambuf_iterator<char>());
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  std::printf("%s (%zu bytes)\n", file.c_str(), bytes.size());
  std::fflush(stdout);  // the name of the file that crashes must be out before the crash
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER...\n", argv[0]);
    return 2;
  }
  for (int i = 1; i < argc; ++i) {
    const std::vector<std::filesystem::path> files = files_under(argv[i]);
    if (files.empty()) {
      std::fprintf(stderr, "%s: no corpus file there\n", argv[i]);
      return 1;
    }
    for (const std::filesystem::path& file : files) replay(file);
    std::printf("%zu corpus files replayed\n", files.size());
  }
  return 0;
}

#include "api/program/secret_file.h"

#include <algorithm>

#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::uint64_t kSecretBytesMax = 64 * 1024;

}  // namespace

Result<std::vector<std::string>> read_secrets(const std::filesystem::path& file) {
  std::string text = TRY(read_file(file, kSecretBytesMax));
  std::vector<std::string> secrets;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) secrets.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (!secrets.empty()) return secrets;
  return invalid_input("'" + file.string() + "' has no secret; write one into it");
}

}  // namespace stet::program

#include "api/program/secret_file.h"
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/file_sync.h"
#include "storage/base/utf8.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSecretBytesMax = 64 * 1024;
constexpr std::string_view kCredential = "credential:";

}  // namespace

bool is_credential(std::string_view named) { return named.starts_with(kCredential); }

fs::path systemd_credentials() {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  return folder ? folder : "";
}

Result<fs::path> secret_path(const std::string& named) {
  if (!is_credential(named)) return fs::path(named);
  const std::string name = named.substr(kCredential.size());
  if (name.empty() || name == "." || name == ".." || name.find('/') != name.npos) {
    return invalid_input("'" + printable(named, 60) + "' is no credential's name; write " +
                         "credential:NAME as LoadCredential=NAME:FILE of the unit has it");
  }
  const fs::path folder = systemd_credentials();
  std::error_code failure;
  if (!folder.empty() && fs::exists(folder / name, failure)) return folder / name;
  return invalid_input("systemd hands out no credential '" + printable(name, 60) +
                       "'; say LoadCredential=" + printable(name, 60) +
                       ":FILE in the unit, and restart it");
}

Result<std::vector<std::string>> read_secrets(const std::string& named) {
  const fs::path file = TRY(secret_path(named));
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

Status write_secret(const std::filesystem::path& file, std::string_view text) {
  Descriptor made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!made && errno == EEXIST) return conflict("'" + file.string() + "' is there already");
  if (!made) return error_of_errno("create", file);
  TRY(write_all(made.get(), text, file));
  return sync_file(made.get(), file);
}

}  // namespace stet::program

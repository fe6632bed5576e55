#include "api/program/command.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "storage/base/durable_file.h"

namespace stet::program {

namespace fs = std::filesystem;

fs::path state_place(const std::string& named, const fs::path& repository) {
  return named.empty() ? repository / "stet" : fs::path(named);
}

Result<fs::path> state_folder(const std::string& named, const fs::path& repository) {
  fs::path folder = state_place(named, repository);
  std::error_code failure;
  if (fs::is_directory(folder, failure)) return folder;
  fs::create_directories(folder.parent_path(), failure);
  if (::mkdir(folder.c_str(), 0700) != 0) return error_of_errno("make", folder);
  return folder;
}

namespace {

// A folder that comes with the program: where the environment says, where it was installed, or
// where it lies in the sources, from the program that was built there.
fs::path own_folder(const char* variable, const char* name, const char* in_sources) {
  if (const char* named = std::getenv(variable)) return named;
  const fs::path folder = own_executable().parent_path();
  fs::path installed = folder.parent_path() / "share/stet" / name;
  std::error_code failure;
  return fs::is_directory(installed, failure) ? installed
                                              : (folder / in_sources).lexically_normal();
}

}  // namespace

fs::path templates_folder() {
  return own_folder("STET_TEMPLATES", "templates", STET_TEMPLATES_FOLDER);
}

fs::path editor_folder() { return own_folder("STET_EDITOR", "editor", STET_EDITOR_FOLDER); }

fs::path own_executable() {
  std::error_code failure;
  fs::path path = fs::read_symlink("/proc/self/exe", failure);
  return failure ? fs::path("stet") : path;
}

namespace {

fs::path worker(const char* name) {
  fs::path folder = own_executable().parent_path();
  fs::path installed = folder.parent_path() / "libexec/stet" / name;
  std::error_code failure;
  return fs::exists(installed, failure) ? installed : folder / name;
}

}  // namespace

fs::path sass_worker() { return worker("stet-sass"); }
fs::path image_worker() { return worker("stet-image"); }

unsigned core_count() { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace stet::program

#include "storage/backup/stage.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "storage/base/durable_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStagePrefix = ".stet-stage-";

Descriptor open_folder(const fs::path& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

void take_away_remains(const fs::path& folder) {
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (!entry.path().filename().native().starts_with(kStagePrefix)) continue;
    Descriptor lock = open_folder(entry.path());
    if (!lock || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) continue;
    std::error_code ignored;
    fs::remove_all(entry.path(), ignored);
  }
}

bool is_empty_folder(const fs::path& path) {
  std::error_code failure;
  return fs::is_directory(fs::symlink_status(path, failure)) && fs::is_empty(path, failure);
}

}  // namespace

Result<Stage> Stage::make(const fs::path& folder) {
  take_away_remains(folder);
  std::string path = folder / (std::string(kStagePrefix) + "XXXXXX");
  if (!::mkdtemp(path.data())) return error_of_errno("make a folder in", folder);
  Stage stage(path, open_folder(path));
  ::flock(stage.lock_.get(), LOCK_EX | LOCK_NB);
  return stage;
}

Stage::Stage(Stage&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}

Stage::~Stage() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Status move_into_place(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  bool is_free = !fs::exists(fs::symlink_status(to, failure)) || is_empty_folder(to);
  // By itself rename() replaces an empty folder and refuses another one; but it replaces files.
  if (!is_free) errno = EEXIST;
  bool is_moved =
      is_free &&
      (::renameat2(AT_FDCWD,
                   from.c_str(),
                   AT_FDCWD,
                   to.c_str(),
                   is_empty_folder(to) ? 0 : RENAME_NOREPLACE) == 0 ||
       ((errno == EINVAL || errno == ENOSYS) && ::rename(from.c_str(), to.c_str()) == 0));
  if (!is_moved) return error_of_errno("rename to", to);
  return sync_folder(folder_above(to));
}

fs::path folder_above(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace stet::storage

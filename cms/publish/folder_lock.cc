#include "cms/publish/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "storage/base/durable_file.h"

namespace stet::publish {
namespace {

constexpr std::chrono::milliseconds kPatience{2'000}, kPause{10};

}  // namespace

Result<Descriptor> lock_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) {
    return error_of_errno("create", folder);
  }
  const std::filesystem::path path = folder / "lock";
  Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!lock) return error_of_errno("open", path);
  const auto until = std::chrono::steady_clock::now() + kPatience;
  do {
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return error_of_errno("lock", path);
    std::this_thread::sleep_for(kPause);
  } while (std::chrono::steady_clock::now() < until);
  return unavailable("'" + path.string() +
                     "' is held by another process; stop the other stet that serves this state");
}

}  // namespace stet::publish

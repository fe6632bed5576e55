#include "storage/repack/repack_lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <utility>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kForeignSecondsMax = 12 * 3600;
constexpr std::string_view kOurs = "stet ";
constexpr std::uint64_t kLockBytesMax = 1024;

bool is_running(std::string_view number) {
  pid_t pid = 0;
  auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), pid);
  bool is_number = failure == std::errc() && end != number.data() && pid > 0;
  return is_number && pid != ::getpid() && (::kill(pid, 0) == 0 || errno == EPERM);
}

bool is_old(const fs::path& path, const Clock& clock) {
  struct stat found;
  return ::lstat(path.c_str(), &found) != 0 ||
         clock.now().seconds - found.st_mtime > kForeignSecondsMax;
}

// "1234 host": on another host nobody can say whether it runs, so it does.
bool is_gc_at_work(const fs::path& path, const Clock& clock) {
  auto text = read_file(path, kLockBytesMax);
  if (!text || is_old(path, clock)) return false;
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  std::size_t blank = text->find(' ');
  bool is_here =
      blank != std::string::npos && text->compare(blank + 1, std::string::npos, host) == 0;
  return !is_here || is_running(*text);
}

// Ours alone say whose they are.
bool is_abandoned(const fs::path& path, const Clock& clock) {
  auto text = read_file(path, kLockBytesMax);
  if (!text) return text.error().code == ErrorCode::kNotFound;
  if (!text->starts_with(kOurs)) return is_old(path, clock);
  return !is_running(std::string_view(*text).substr(kOurs.size()));
}

Error taken(const fs::path& path) {
  return conflict("'" + path.string() + "' says that git tends the repository just now");
}

// The name appears with its content, so that nobody takes an empty one for git's.
Status create(const fs::path& path) {
  fs::path beside = path;
  beside += "." + std::to_string(::getpid());
  TRY(write_atomically(beside, std::string(kOurs) + std::to_string(::getpid()) + "\n"));
  int linked = ::link(beside.c_str(), path.c_str());
  Status status = linked == 0 ? Status() : Status(error_of_errno("create", path));
  ::unlink(beside.c_str());
  return status;
}

}  // namespace

Result<RepackLock> RepackLock::take(const fs::path& repository_folder, const Clock& clock) {
  fs::path gc = repository_folder / "gc.pid";
  if (is_gc_at_work(gc, clock)) return taken(gc);
  fs::path path = repository_folder / "objects" / "maintenance.lock";
  Status created = create(path);
  if (!created && created.error().code == ErrorCode::kConflict) {
    if (!is_abandoned(path, clock)) return taken(path);
    ::unlink(path.c_str());
    created = create(path);
    if (!created && created.error().code == ErrorCode::kConflict) return taken(path);
  }
  if (!created) return std::move(created).error();
  return RepackLock(std::move(path));
}

RepackLock::RepackLock(RepackLock&& other) noexcept : path_(std::exchange(other.path_, {})) {}

RepackLock::~RepackLock() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace stet::storage

#include "storage/base/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "storage/base/descriptor.h"
#include "storage/base/file_sync.h"
#include "storage/base/whole_file.h"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFileMode = 0644, kProgramMode = 0755;

Status write_new(const fs::path& path, std::string_view bytes, bool is_durable, mode_t mode) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.get() < 0) return error_of_errno("create", path);
  TRY(write_all(file.get(), bytes, path));
  if (is_durable) TRY(sync_file(file.get(), path));
  if (::close(file.release()) != 0) return error_of_errno("close", path);
  return {};
}

Status set_mode(const fs::path& path, mode_t mode) {
  return ::chmod(path.c_str(), mode) == 0 ? Status() : error_of_errno("chmod", path);
}

// `mode`: whatever the user's mask says; none: as the mask has files.
Status replace(const fs::path& path,
               std::string_view bytes,
               bool is_durable,
               std::optional<mode_t> mode = std::nullopt) {
  static std::atomic<std::uint64_t> serial{0};
  // A name of its own, not a longer one: `path` may be as long as a name can be.
  fs::path beside = path.parent_path() /
                    (".stet-tmp" + std::to_string(::getpid()) + "-" + std::to_string(++serial));
  Status written = write_new(beside, bytes, is_durable, mode.value_or(kFileMode));
  if (written && mode) written = set_mode(beside, *mode);
  if (written && ::rename(beside.c_str(), path.c_str()) != 0) {
    written = error_of_errno("rename", path);
  }
  if (!written) {
    ::unlink(beside.c_str());
    return written;
  }
  return is_durable ? sync_folder(path.parent_path()) : Status();
}

Status sync(const fs::path& path, int flags) {
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags));
  if (fd.get() < 0) return error_of_errno("open", path);
  return sync_file(fd.get(), path);
}

}  // namespace

Error error_of_errno(std::string_view doing, const fs::path& path) {
  int number = errno;
  char reason[128];
  std::string message =
      std::string(doing) + " '" + path.string() + "': " + strerror_r(number, reason, sizeof reason);
  switch (number) {
    case ENOENT: return not_found(std::move(message));
    case EACCES:
    case EPERM:
    case EROFS: return forbidden(std::move(message));
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case EMFILE:
    case ENFILE:
    case EAGAIN:
    case EIO: return unavailable(std::move(message));
    case EEXIST: return conflict(std::move(message));
    default: return internal(std::move(message));
  }
}

Status write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return error_of_errno("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status write_durably(const fs::path& path, std::string_view bytes) {
  return replace(path, bytes, true);
}

Status write_program(const fs::path& path, std::string_view bytes) {
  return replace(path, bytes, true, kProgramMode);
}

Status write_atomically(const fs::path& path, std::string_view bytes) {
  return replace(path, bytes, false);
}

Status write_for_all(const fs::path& path, std::string_view bytes) {
  return replace(path, bytes, false, kFileMode);
}

Status create_file(const fs::path& path, std::string_view bytes) {
  return write_new(path, bytes, false, 0666);
}

Status create_durably(const fs::path& path, std::string_view bytes) {
  return write_new(path, bytes, true, 0444);
}

Status sync_folder(const fs::path& folder) {
  return sync(folder.empty() ? fs::path(".") : folder, O_DIRECTORY);
}

Status sync_file(const fs::path& path) { return sync(path, 0); }

Result<std::string> read_file(const fs::path& path, std::uint64_t bytes_max) {
  return TRY(read_whole_file(path, bytes_max)).bytes;
}

}  // namespace stet

#include "storage/base/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet {

Result<WholeFile> read_whole_file(const std::filesystem::path& path, std::uint64_t bytes_max) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return error_of_errno("open", path);
  struct stat status;
  if (::fstat(file.get(), &status) != 0) return error_of_errno("read", path);
  WholeFile whole{"", (status.st_mode & S_IXUSR) != 0};
  // What says how large it is ends there. (Files of the kernel's own say that they are empty.)
  auto size = static_cast<std::uint64_t>(S_ISREG(status.st_mode) ? status.st_size : 0);
  char buffer[65536];
  for (;;) {
    ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_of_errno("read", path);
    if (got == 0) return whole;
    whole.bytes.append(buffer, static_cast<std::size_t>(got));
    if (whole.bytes.size() > bytes_max) {
      return invalid_input("'" + path.string() + "' is larger than " + std::to_string(bytes_max) +
                           " bytes");
    }
    if (whole.bytes.size() == size) return whole;
  }
}

}  // namespace stet

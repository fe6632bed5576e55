#include "cms/sass/worker.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <string>
#include <string_view>

#include "cms/sass/job.h"
#include "cms/sass/libsass.h"

namespace stet::sass {
namespace {

constexpr int kBadJob = 2;       // or the system's refusal
constexpr rlim_t kFilesMax = 3;  // the three streams, which are open

bool read_all(std::string& bytes) {
  char buffer[65536];
  for (;;) {
    ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

int serve_worker() {
  std::string bytes;
  if (!read_all(bytes)) return kBadJob;
  auto job = decode_job(bytes);
  const rlimit files{kFilesMax, kFilesMax};
  if (!job || ::chdir(kSiteRoot) != 0 || ::setrlimit(RLIMIT_NOFILE, &files) != 0) return kBadJob;
  try {
    return write_all(encode(compile_with_libsass(*job))) ? 0 : kBadJob;
  } catch (const std::exception&) {  // memory, which has a limit
    return kBadJob;
  }
}

}  // namespace stet::sass

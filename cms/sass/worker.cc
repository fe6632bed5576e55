#include "cms/sass/worker.h"

#include <sys/resource.h>
#include <unistd.h>

#include <exception>
#include <string>

#include "cms/sass/job.h"
#include "cms/sass/libsass.h"
#include "storage/process/whole_stream.h"

namespace stet::sass {
namespace {

constexpr int kBadJob = 2;       // or the system's refusal
constexpr rlim_t kFilesMax = 3;  // the three streams, which are open

}  // namespace

int serve_worker() {
  std::string bytes;
  if (!storage::read_to_end(STDIN_FILENO, bytes)) return kBadJob;
  auto job = decode_job(bytes);
  const rlimit files{kFilesMax, kFilesMax};
  if (!job || ::chdir(kSiteRoot) != 0 || ::setrlimit(RLIMIT_NOFILE, &files) != 0) return kBadJob;
  try {
    return storage::write_whole(STDOUT_FILENO, encode(compile_with_libsass(*job))) ? 0 : kBadJob;
  } catch (const std::exception&) {  // memory, which has a limit
    return kBadJob;
  }
}

}  // namespace stet::sass

#include "api/program/process_numbers.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace stet::program {
namespace {

namespace fs = std::filesystem;

// The fields of /proc/self/stat behind the program's name, which may have blanks and brackets;
// the first is the state, field 3 of proc(5).
std::vector<std::string> stat_fields() {
  std::ifstream file("/proc/self/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::size_t name_end = text.rfind(')');
  std::istringstream rest(name_end == std::string::npos ? "" : text.substr(name_end + 1));
  return {std::istream_iterator<std::string>(rest), {}};
}

constexpr std::size_t kFirst = 3, kUserTicks = 14, kSystemTicks = 15, kThreads = 20,
                      kResidentPages = 24;

std::uint64_t number_in(const std::vector<std::string>& fields, std::size_t field) {
  const std::size_t at = field - kFirst;
  return at < fields.size() ? std::strtoull(fields[at].c_str(), nullptr, 10) : 0;
}

std::uint64_t count_of(const fs::path& folder) {
  std::error_code failure;
  std::uint64_t count = 0;
  for (fs::directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    ++count;
  }
  return count;
}

// Each thread names those that it has started.
std::uint64_t count_children() {
  std::error_code failure;
  std::uint64_t count = 0;
  for (fs::directory_iterator it("/proc/self/task", failure), end; !failure && it != end;
       it.increment(failure)) {
    std::ifstream file(it->path() / "children");
    count += static_cast<std::uint64_t>(std::distance(std::istream_iterator<std::string>(file),
                                                      std::istream_iterator<std::string>()));
  }
  return count;
}

}  // namespace

api::ProcessNumbers process_numbers(Instant started) {
  const std::vector<std::string> fields = stat_fields();
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  auto seconds = [&](std::uint64_t count) { return static_cast<double>(count) / ticks; };
  return {.resident_bytes = number_in(fields, kResidentPages) * page,
          .open_files = count_of("/proc/self/fd"),
          .open_files_max = files.rlim_cur,
          .threads = number_in(fields, kThreads),
          .children = count_children(),
          .cpu_seconds = seconds(number_in(fields, kUserTicks) + number_in(fields, kSystemTicks)),
          .started_seconds = static_cast<double>(started.seconds)};
}

}  // namespace stet::program

#include "storage/base/file_sync.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet {
namespace {

struct Counts {
  std::array<std::atomic<std::uint64_t>, std::tuple_size_v<decltype(SyncCounts::took)>> took{};
  std::atomic<std::uint64_t> took_ns{0}, failures{0};
};

Counts& counts() {
  static Counts all;
  return all;
}

template <typename Call>
Status counted(Call call, std::string_view name, const std::filesystem::path& path) {
  using std::chrono::steady_clock;
  const auto begin = steady_clock::now();
  Status done = call() == 0 ? Status() : error_of_errno(name, path);
  const auto took = std::chrono::nanoseconds(steady_clock::now() - begin).count();
  const auto& bounds = SyncCounts::kBoundsNs;
  const auto place = std::lower_bound(bounds.begin(), bounds.end(), took) - bounds.begin();
  ++counts().took[static_cast<std::size_t>(place)];
  counts().took_ns += static_cast<std::uint64_t>(took);
  if (!done) ++counts().failures;
  return done;
}

}  // namespace

Status sync_file(int file, const std::filesystem::path& path) {
  return counted([&] { return ::fsync(file); }, "fsync", path);
}

Status sync_file_system(const std::filesystem::path& folder) {
  Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened) return error_of_errno("sync", folder);
  return counted([&] { return ::syncfs(opened.get()); }, "sync", folder);
}

SyncCounts sync_counts() {
  SyncCounts now;
  for (std::size_t i = 0; i < now.took.size(); ++i) now.took[i] = counts().took[i];
  now.took_ns = counts().took_ns;
  now.failures = counts().failures;
  return now;
}

}  // namespace stet

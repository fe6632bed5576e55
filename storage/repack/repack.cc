#include "storage/repack/repack.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/process/git_command.h"
#include "storage/process/process.h"
#include "storage/repack/repack_lock.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

// Two weeks, as git's own gc has it: what a push or a commit under way has written and not yet
// named is younger.
constexpr const char* kGrace = "2.weeks.ago";

Status run_git(const Repository& repository,
               const Words& settings,
               const Words& words,
               const RepackLimits& limits) {
  Words all = {"pack.threads=" + std::to_string(limits.threads)};
  all.insert(all.end(), settings.begin(), settings.end());
  Command command = git_command(repository.path(), all, words);
  command.stop_fd = limits.stop_fd;
  command.limits.wall_ms = limits.wall_ms;
  command.limits.memory_bytes = limits.memory_bytes;
  auto finished = TRY(run(command));
  return check_success(finished, "git " + words.front());
}

Status write_commit_graph(const Repository& repository, bool replaces, const RepackLimits& limits) {
  return run_git(repository,
                 {},
                 {"commit-graph",
                  "write",
                  "--reachable",
                  "--changed-paths",
                  replaces ? "--split=replace" : "--split",
                  "--no-progress"},
                 limits);
}

using Names = std::set<fs::path>;

// Packs that somebody is writing, or was when it died.
Names unfinished_packs(const Repository& repository) {
  Names found;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(repository.path() / "objects" / "pack", error)) {
    std::string name = file.path().filename();
    if (name.starts_with("tmp_") || name.starts_with(".tmp-")) found.insert(file.path());
  }
  return found;
}

// A lease for writing is given only where nobody else has the file open: a fetch that runs beside
// us has its own. Where the file system knows no leases, the remains stay for prune.
bool is_open_elsewhere(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  return !file || ::fcntl(file.get(), F_SETLEASE, F_WRLCK) != 0;
}

void take_away_remains(const Repository& repository, const Names& before) {
  for (const fs::path& path : unfinished_packs(repository)) {
    if (!before.contains(path) && !is_open_elsewhere(path)) ::unlink(path.c_str());
  }
}

Status run_kind(const Repository& repository, RepackKind kind, const RepackLimits& limits) {
  const Words join = {"repack", "--geometric=2", "-d", "-q"};
  switch (kind) {
    case RepackKind::kQuick: return run_git(repository, {"pack.window=0"}, join, limits);
    case RepackKind::kUsual:
      TRY(run_git(repository, {}, join, limits));
      return write_commit_graph(repository, false, limits);
    case RepackKind::kWhole: break;
  }
  const std::string expiration = std::string("--cruft-expiration=") + kGrace;
  TRY(run_git(repository,
              {},
              {"repack", "-d", "-q", "--cruft", expiration, "--write-bitmap-index"},
              limits));
  // What lies outside of packs, and the remains of git's own killed processes.
  TRY(run_git(repository, {}, {"prune", std::string("--expire=") + kGrace}, limits));
  return write_commit_graph(repository, true, limits);
}

}  // namespace

Result<PackCounts> count_packs(const Repository& repository) {
  const fs::path objects = repository.path() / "objects";
  PackCounts counts;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(objects / "pack", error)) {
    if (file.path().extension() != ".pack") continue;
    struct stat found;
    if (::lstat(file.path().c_str(), &found) != 0) continue;
    if (fs::exists(fs::path(file.path()).replace_extension(".keep"), error)) continue;
    ++counts.packs;
    counts.bytes += static_cast<std::uint64_t>(found.st_size);
  }
  if (error == std::errc::permission_denied) {
    return forbidden("read '" + (objects / "pack").string() + "': " + error.message());
  }
  for ([[maybe_unused]] const auto& file : fs::directory_iterator(objects / "17", error)) {
    counts.loose_objects += 256;
  }
  return counts;
}

Status repack(const Repository& repository,
              RepackKind kind,
              const Clock& clock,
              const RepackLimits& limits) {
  RepackLock lock = TRY(RepackLock::take(repository.path(), clock));
  const Names before = unfinished_packs(repository);
  Status done = run_kind(repository, kind, limits);
  if (!done) take_away_remains(repository, before);
  TRY(repository.refresh());
  return done;
}

}  // namespace stet::storage

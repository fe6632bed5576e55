#include <sys/statvfs.h>

#include <cstdio>

#include "api/program/checkup.h"
#include "api/program/command.h"
#include "storage/base/time.h"
#include "storage/process/process.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMib = std::uint64_t{1} << 20;
constexpr std::uint64_t kRoomLeast = 64 * kMib;  // below it pages are taken away (Keeper)
constexpr std::uint64_t kRoomLow = 1024 * kMib;
constexpr std::int64_t kSkewSeconds = 60;
constexpr int kGitMajor = 2, kGitMinor = 34;  // of `repack --geometric` and cruft packs' kin

void look_at_room(const fs::path& folder, Checkup& checkup) {
  struct statvfs found;
  if (::statvfs(folder.c_str(), &found) != 0) return;
  const std::uint64_t free = std::uint64_t{found.f_bavail} * found.f_frsize;
  const bool lacks_files = found.f_files > 0 && found.f_favail < 1000;
  const std::string place = "the disk of '" + folder.string() + "' has ";
  const std::string mend = "make room there; old backups and logs are the usual ones";
  if (lacks_files) {
    checkup.add(Gravity::kError, "disk", place + "no inodes for new files left", mend);
  } else if (free < kRoomLow) {
    checkup.add(free < kRoomLeast ? Gravity::kError : Gravity::kWarning,
                "disk",
                place + std::to_string(free / kMib) + " MiB left",
                mend);
  }
}

// Whether a program answers; what it says otherwise is of no interest.
bool works(const std::vector<std::string>& argv, std::string& output) {
  storage::Command command{.argv = argv, .environment = {"PATH=/usr/local/bin:/usr/bin:/bin"}};
  command.limits.wall_ms = 10'000;
  auto finished = storage::run(command);
  if (!finished || finished->ending != storage::Finished::Ending::kExited) return false;
  output = finished->output;
  return finished->code == 0;
}

void look_at_git(Checkup& checkup) {
  std::string said;
  if (!works({"git", "version"}, said)) {
    return checkup.add(Gravity::kError,
                       "programs",
                       "git does not run: no pushes, no upkeep, no backups",
                       "apt install git util-linux");
  }
  int major = 0, minor = 0;
  std::sscanf(said.c_str(), "git version %d.%d", &major, &minor);
  if (major > kGitMajor || (major == kGitMajor && minor >= kGitMinor)) return;
  checkup.add(Gravity::kWarning,
              "programs",
              "git is " + std::to_string(major) + "." + std::to_string(minor) + "; " +
                  std::to_string(kGitMajor) + "." + std::to_string(kGitMinor) +
                  " or newer is needed for upkeep",
              "install a newer git");
}

}  // namespace

void look_at_disk(Checkup& checkup) {
  look_at_room(checkup.folder, checkup);
  struct statvfs repository, state;
  bool is_apart = ::statvfs(checkup.folder.c_str(), &repository) == 0 &&
                  ::statvfs(checkup.state.c_str(), &state) == 0 &&
                  repository.f_fsid != state.f_fsid;
  if (is_apart) look_at_room(checkup.state, checkup);
}

// A clock that is behind what was committed makes new posts older than old ones.
void look_at_clock(Checkup& checkup) {
  if (!checkup.repository) return;
  const Instant now = checkup.clock.now();
  auto branches = checkup.repository->branches();
  if (!branches) return;
  for (const std::string& branch : *branches) {
    auto head = checkup.repository->head_of(branch);
    if (!head || !*head) continue;
    auto commit = checkup.repository->read_commit(**head);
    if (!commit) continue;
    const Instant made{commit->committer.when.seconds};
    if (made.seconds <= now.seconds + kSkewSeconds) continue;
    checkup.add(Gravity::kWarning,
                "clock",
                "the newest commit of '" + branch + "' was made at " + iso_instant(made) +
                    ", and here it is " + iso_instant(now),
                "compare this machine's clock (timedatectl) with the committer's");
  }
}

void look_at_programs(Checkup& checkup) {
  look_at_git(checkup);
  std::error_code failure;
  if (!fs::exists(sass_worker(), failure)) {
    checkup.add(Gravity::kError,
                "programs",
                "stet-sass is not at '" + sass_worker().string() + "': no sheet can be made",
                "install stet whole");
  }
  std::string said;
  if (!works({image_worker().string(), "check"}, said)) {
    checkup.add(Gravity::kNote,
                "programs",
                "pictures are shown as they are: stet-image, or libvips, is not there",
                "apt install libvips42, and install stet whole");
  }
}

}  // namespace stet::program

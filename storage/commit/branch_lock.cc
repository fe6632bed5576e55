#include "storage/commit/branch_lock.h"

#include <unistd.h>

namespace stet::storage {
namespace {

constexpr std::int64_t kStaleSeconds = 10;
constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

}  // namespace

BranchLock::BranchLock(const std::filesystem::path& repository_folder,
                       const std::string& branch,
                       const Clock& clock,
                       Note note)
    : path_(repository_folder / "refs" / "heads" / (branch + ".lock")),
      clock_(clock),
      note_(std::move(note)) {}

std::optional<BranchLock::Sighting> BranchLock::look() const {
  struct stat found;
  if (::lstat(path_.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
  return Sighting{found.st_ino,
                  found.st_mtim.tv_sec * kNanosecondsPerSecond + found.st_mtim.tv_nsec,
                  clock_.monotonic_ns()};
}

bool BranchLock::remove_if_old() {
  auto now = look();
  if (!now) return false;
  std::int64_t age = clock_.now().seconds - now->changed_ns / kNanosecondsPerSecond;
  return age > kStaleSeconds && remove(*now);
}

bool BranchLock::remove_if_stuck() {
  auto now = look();
  bool is_same = now && seen_ && now->inode == seen_->inode && now->changed_ns == seen_->changed_ns;
  if (!is_same) {
    seen_ = now;
    return false;
  }
  std::int64_t waited_ns = now->first_seen_ns - seen_->first_seen_ns;
  return waited_ns >= kStaleSeconds * kNanosecondsPerSecond && remove(*seen_);
}

bool BranchLock::remove(const Sighting& expected) {
  auto now = look();  // once more: its holder may just have let go, and another taken it
  if (!now || now->inode != expected.inode || now->changed_ns != expected.changed_ns) return false;
  seen_.reset();
  if (::unlink(path_.c_str()) != 0) return false;
  note_("removed the lock '" + path_.string() + "', which a killed process had left");
  return true;
}

}  // namespace stet::storage

#include "api/hooks/branch_watch.h"

#include <sys/stat.h>

namespace stet::hooks {
namespace {

namespace fs = std::filesystem;
using Seen = storage::FolderWatch::Seen;

constexpr std::chrono::milliseconds kPatience{1000};
constexpr std::chrono::milliseconds kQuiet{10};  // a push moves several references at once

// Which folders lie there; "": none.
std::string identity_of(const fs::path& repository) {
  std::string identity;
  for (const char* name : {"refs/heads", "objects"}) {
    struct stat found;
    if (::stat((repository / name).c_str(), &found) != 0) return "";
    identity += std::to_string(found.st_dev) + ":" + std::to_string(found.st_ino) + " ";
  }
  return identity;
}

}  // namespace

BranchWatch::BranchWatch(Parts parts, std::string branch, bool is_of_head)
    : parts_(std::move(parts)),
      branch_(std::move(branch)),
      is_of_head_(is_of_head),
      references_(parts_.repository.path() / "refs" / "heads"),
      identity_(identity_of(parts_.repository.path())) {
  open();
  thread_ = std::thread([this] { work(); });
}

BranchWatch::~BranchWatch() {
  {
    std::lock_guard lock(mutex_);
    is_stopped_ = true;
    if (watch_) watch_->stop();
    changed_.notify_all();
  }
  thread_.join();
}

void BranchWatch::note(std::string_view text) const {
  if (parts_.note) parts_.note(text);
}

void BranchWatch::open() {
  const fs::path& repository = parts_.repository.path();
  auto watch = storage::FolderWatch::open(
      references_, {.files = {repository / "HEAD", repository / "packed-refs"}});
  std::lock_guard lock(mutex_);
  watch_ = watch ? *std::move(watch) : nullptr;
  if (watch_ && is_stopped_) watch_->stop();
}

bool BranchWatch::rest() {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, kPatience, [this] { return is_stopped_; });
}

// Another folder at the same place has other files behind the same names.
void BranchWatch::look() {
  std::string identity = identity_of(parts_.repository.path());
  if (identity != identity_) {
    note(identity.empty() ? "the repository is not there any more"
                          : "the repository was put in its place anew; if the state folder "
                            "lies in it, start the server again");
    identity_ = std::move(identity);
    static_cast<void>(parts_.repository.refresh());
    open();
  }
  auto head = parts_.repository.head_of(branch_);
  if (!head || *head != parts_.pipeline.commit()) parts_.follower.wake();
  if (is_of_head_) look_at_head();
}

void BranchWatch::look_at_head() {
  auto named = parts_.repository.default_branch();
  std::string other = named && *named != branch_ ? *named : "";
  if (!other.empty() && other != other_head_) {
    note("HEAD names '" + other + "' now; '" + branch_ +
         "' is served until the server starts again");
  }
  other_head_ = std::move(other);
}

void BranchWatch::work() {
  look();
  for (;;) {
    Seen seen = watch_ ? watch_->wait(kPatience, kQuiet) : Seen::kChange;
    if (seen == Seen::kEnd) return;
    // Also where nothing was seen: of a folder that was moved away no event tells.
    bool is_other = identity_of(parts_.repository.path()) != identity_;
    if (seen == Seen::kChange || is_other) look();
    if (!watch_ && !rest()) return;
  }
}

}  // namespace stet::hooks

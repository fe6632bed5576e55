#include "storage/snapshot/folder_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace stet::storage {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR | IN_EXCL_UNLINK;
constexpr int kQuietTimesMax = 10;

}  // namespace

Result<std::unique_ptr<FolderWatch>> FolderWatch::open(fs::path root, WatchOptions options) {
  std::unique_ptr<FolderWatch> watch(new FolderWatch(std::move(root), std::move(options)));
  watch->inotify_.reset(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  watch->stopped_.reset(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!watch->inotify_ || !watch->stopped_) {
    return unavailable("cannot watch '" + watch->root_.string() + "': " + std::strerror(errno));
  }
  watch->add(watch->root_);
  watch->add_files();
  return watch;
}

bool FolderWatch::is_skipped(const fs::path& folder) const {
  if (folder.filename() == ".git") return true;
  std::string relative = folder.lexically_relative(root_).generic_string();
  const auto& skipped = options_.skipped_folders;
  return std::find(skipped.begin(), skipped.end(), relative) != skipped.end();
}

// Its number; negative where it is not watched.
int FolderWatch::watch(const fs::path& folder) {
  bool is_full = folders_.size() >= options_.folders_max;
  int number = is_full ? -1 : inotify_add_watch(inotify_.get(), folder.c_str(), kEvents);
  if (number < 0 && (is_full || errno == ENOSPC || errno == ENOMEM) && !is_partial_) {
    is_partial_ = true;
    complaint_ = "cannot watch '" + folder.string() +
                 "': this system watches too many folders (fs.inotify.max_user_watches); "
                 "all files are looked at every second instead";
  }
  return number;
}

// An editor may write a file by putting another in its place, so its folder is watched.
void FolderWatch::add_files() {
  for (const fs::path& file : options_.files) {
    fs::path folder = fs::absolute(file).parent_path();
    int number = watch(folder);
    if (number >= 0) folders_.try_emplace(number, folder);
  }
}

bool FolderWatch::is_of_files(const fs::path& path) const {
  return std::any_of(options_.files.begin(), options_.files.end(), [&](const fs::path& file) {
    return fs::absolute(file).lexically_normal() == path.lexically_normal();
  });
}

// The folder before those inside it: what is made meanwhile is an event, or is found here.
void FolderWatch::add(const fs::path& folder) {
  std::vector<fs::path> waiting = {folder};
  while (!waiting.empty()) {
    fs::path next = std::move(waiting.back());
    waiting.pop_back();
    int number = watch(next);
    if (number < 0 && is_partial_) return;
    if (number < 0) continue;  // gone again, or not ours to read
    folders_[number] = next;
    std::error_code failure;
    for (auto it = fs::directory_iterator(next, failure); it != fs::directory_iterator();
         it.increment(failure)) {
      if (failure) break;
      if (it->symlink_status(failure).type() != fs::file_type::directory) continue;
      if (!is_skipped(it->path())) waiting.push_back(it->path());
    }
  }
}

// True where one of the events is a change of what is watched.
bool FolderWatch::take_events() {
  bool is_change = false;
  alignas(inotify_event) std::array<char, 64 * 1024> buffer;
  for (;;) {
    ssize_t size = read(inotify_.get(), buffer.data(), buffer.size());
    if (size <= 0) return is_change;
    for (const char* at = buffer.data(); at < buffer.data() + size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(at);
      at += sizeof(inotify_event) + event->len;
      if (event->mask & IN_Q_OVERFLOW) is_change = true;
      auto folder = folders_.find(event->wd);
      if (folder == folders_.end()) continue;
      if (event->mask & IN_IGNORED) {
        folders_.erase(folder);
        continue;
      }
      fs::path path = event->len > 0 ? folder->second / event->name : folder->second;
      std::string inside = path.lexically_relative(root_).generic_string();
      bool is_inside = !inside.empty() && !inside.starts_with("..");
      if (is_inside ? is_skipped(path) : !is_of_files(path)) continue;
      is_change = true;
      bool is_new_folder = (event->mask & IN_ISDIR) && (event->mask & (IN_CREATE | IN_MOVED_TO));
      if (is_new_folder && is_inside) add(path);
    }
  }
}

FolderWatch::Seen FolderWatch::poll_once(milliseconds patience) {
  std::array<pollfd, 2> waited = {{{inotify_.get(), POLLIN, 0}, {stopped_.get(), POLLIN, 0}}};
  int ready = poll(waited.data(), waited.size(), static_cast<int>(patience.count()));
  if (waited[1].revents != 0) return Seen::kEnd;
  if (ready <= 0 || !take_events()) return Seen::kNothing;
  return Seen::kChange;
}

FolderWatch::Seen FolderWatch::wait(milliseconds patience, milliseconds quiet) {
  Seen seen = poll_once(patience);
  if (seen == Seen::kNothing && is_partial_) return Seen::kChange;
  if (seen != Seen::kChange) return seen;
  for (int times = 0; times < kQuietTimesMax; ++times) {
    Seen next = poll_once(quiet);
    if (next == Seen::kEnd) return next;
    if (next == Seen::kNothing) break;
  }
  return Seen::kChange;
}

std::string FolderWatch::take_complaint() { return std::exchange(complaint_, {}); }

void FolderWatch::stop() { eventfd_write(stopped_.get(), 1); }

}  // namespace stet::storage

// Tells when something below a folder changes, by inotify(7).
//
// Folders that come later are watched too. What is told is only that there was a change: whoever
// asks looks at the files themselves. Threads: one waits; stop() from any.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "storage/base/descriptor.h"
#include "storage/base/result.h"

namespace stet::storage {

class FolderWatch {
 public:
  enum class Seen { kChange, kNothing, kEnd };

  // `skipped_folders`: paths from the root, as in FolderOptions; any .git is skipped anyway.
  // kUnavailable: the system watches too many folders already (fs.inotify.max_user_watches).
  static Result<std::unique_ptr<FolderWatch>> open(std::filesystem::path root,
                                                   std::vector<std::string> skipped_folders);

  // Waits for a change, and then until there was none for `quiet`, so that an editor that writes
  // several files is told of once (but no longer than ten times `quiet`). kNothing: none came
  // within `patience`. kEnd: stop() was called.
  Seen wait(std::chrono::milliseconds patience, std::chrono::milliseconds quiet);

  void stop();

 private:
  FolderWatch(std::filesystem::path root, std::vector<std::string> skipped_folders)
      : root_(std::move(root)), skipped_folders_(std::move(skipped_folders)) {}

  Status add(const std::filesystem::path& folder);
  bool is_skipped(const std::filesystem::path& folder) const;
  bool take_events();
  Seen poll_once(std::chrono::milliseconds patience);

  const std::filesystem::path root_;
  const std::vector<std::string> skipped_folders_;
  Descriptor inotify_, stopped_;
  std::map<int, std::filesystem::path> folders_;  // by watch
};

}  // namespace stet::storage

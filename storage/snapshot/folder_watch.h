// Tells when something below a folder changes, by inotify(7).
//
// Folders that come later are watched too. What is told is only that there was a change: whoever
// asks looks at the files themselves. Where the system watches so many folders already that it
// takes no more (fs.inotify.max_user_watches), every wait that ends without news is told as a
// change: then the files are looked at again and again. Threads: one waits; stop() from any.
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

struct WatchOptions {
  // Paths from the root, as in FolderOptions; any .git is skipped anyway.
  std::vector<std::string> skipped_folders = {};
  std::vector<std::filesystem::path> files = {};  // that lie elsewhere
  std::size_t folders_max = 1'000'000;            // as if the system took no more
};

class FolderWatch {
 public:
  enum class Seen { kChange, kNothing, kEnd };

  // kUnavailable: there is no inotify to be had.
  static Result<std::unique_ptr<FolderWatch>> open(std::filesystem::path root,
                                                   WatchOptions options);

  // Waits for a change, and then until there was none for `quiet`, so that an editor that writes
  // several files is told of once (but no longer than ten times `quiet`). kNothing: none came
  // within `patience`. kEnd: stop() was called.
  Seen wait(std::chrono::milliseconds patience, std::chrono::milliseconds quiet);

  void stop();

  // Of the folder that could not be watched, once; "": all are, or it has been told.
  std::string take_complaint();

 private:
  FolderWatch(std::filesystem::path root, WatchOptions options)
      : root_(std::move(root)), options_(std::move(options)) {}

  void add(const std::filesystem::path& folder);
  int watch(const std::filesystem::path& folder);
  void add_files();
  bool is_of_files(const std::filesystem::path& path) const;
  bool is_skipped(const std::filesystem::path& folder) const;
  bool take_events();
  Seen poll_once(std::chrono::milliseconds patience);

  const std::filesystem::path root_;
  const WatchOptions options_;
  bool is_partial_ = false;  // the system takes no more folders
  std::string complaint_;
  Descriptor inotify_, stopped_;
  std::map<int, std::filesystem::path> folders_;  // by watch
};

}  // namespace stet::storage

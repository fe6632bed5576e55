// A folder in which something is made beside the place where it shall lie, to be renamed there.
//
// It is its owner's alone, is called ".stet-stage-XXXXXX", and goes with all that is in it when
// this goes. What a killed process has left is known by its lock, which nobody has: the next stage
// in that folder takes it away. Threads: one.
#pragma once

#include <filesystem>

#include "storage/base/descriptor.h"
#include "storage/base/result.h"

namespace stet::storage {

class Stage {
 public:
  // In a folder that is there.
  static Result<Stage> make(const std::filesystem::path& folder);
  ~Stage();
  Stage(Stage&& other) noexcept;
  Stage& operator=(Stage&&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  Stage(std::filesystem::path path, Descriptor lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path path_;  // "": handed on
  Descriptor lock_;
};

// Renames a file or a folder, never over anything but an empty folder. kConflict: something is
// there. The folder above is fsynced.
Status move_into_place(const std::filesystem::path& from, const std::filesystem::path& to);

// The folder that `path` lies in.
std::filesystem::path folder_above(const std::filesystem::path& path);

}  // namespace stet::storage

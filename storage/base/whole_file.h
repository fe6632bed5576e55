// A file as git would keep it: its bytes, and whether it is a program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "storage/base/result.h"

namespace stet {

struct WholeFile {
  std::string bytes;
  bool is_executable = false;  // by its owner
};

// kNotFound if there is none, kInvalidInput if it is larger than `bytes_max`.
Result<WholeFile> read_whole_file(const std::filesystem::path& path, std::uint64_t bytes_max);

}  // namespace stet

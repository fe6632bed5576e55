// Files that are whole or not there, whatever stops the machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet {

// Writes beside `path`, fsyncs, renames over it, fsyncs the folder (POSIX asks for all of them).
// On failure the old file, or its absence, is untouched. Parent folders must exist. What a crash
// leaves beside is named ".stet-tmp<process>-<serial>".
Status write_durably(const std::filesystem::path& path, std::string_view bytes);

// The same for a program, which whoever may read it may run: it never is there without that.
Status write_program(const std::filesystem::path& path, std::string_view bytes);

// A file without the fsyncs: readers never see half a file, but a power cut may lose it.
Status write_atomically(const std::filesystem::path& path, std::string_view bytes);

// The same of a file for everybody to read, whatever the user's mask says.
Status write_for_all(const std::filesystem::path& path, std::string_view bytes);

// A file that is not there yet, as the user's mask has files; no fsync, and half of it may stay
// where this fails.
Status create_file(const std::filesystem::path& path, std::string_view bytes);

// The same, read-only, and fsynced: for who then renames it.
Status create_durably(const std::filesystem::path& path, std::string_view bytes);

// All of the bytes, to an open file; `path` is for the error.
Status write_all(int fd, std::string_view bytes, const std::filesystem::path& path);

// Makes entries of `folder` (creations, renames, removals) survive a power cut.
Status sync_folder(const std::filesystem::path& folder);

// Makes what somebody else has written into a file survive a power cut.
Status sync_file(const std::filesystem::path& path);

// The whole file. kNotFound if there is none, kInvalidInput if it is larger than `bytes_max`.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t bytes_max);

// The Error that errno stands for: kUnavailable for a full disk and the like, with the path named.
Error error_of_errno(std::string_view doing, const std::filesystem::path& path);

}  // namespace stet

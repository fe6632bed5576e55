// A file of records, each trusted only whole and in its place: the publisher's memory.
//
// Format: a line that names it, then records of <payload bytes: u32 LE> <chain: 16 bytes>
// <payload>, where chain = fingerprint(chain of the record before, payload). A torn, spoilt,
// foreign or misplaced record breaks the chain, and it and all behind it are cut. Threads: one at a
// time. Durability: append() does not fsync, rewrite() does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/descriptor.h"
#include "storage/base/hash.h"
#include "storage/base/result.h"

namespace stet::publish {

class Journal {
 public:
  static constexpr std::uint64_t kFileBytesMax = std::uint64_t{4} << 30;
  static constexpr std::uint32_t kPayloadBytesMax = std::uint32_t{1} << 30;

  // Takes each record of the past, in order; an error means that it is not to be trusted.
  using Accept = std::function<Status(std::string_view payload)>;

  // Opens or makes <folder>/journal, makes the folder, locks <folder>/lock for as long as it lives
  // (kUnavailable where another process has it). What was cut is told in `notices`.
  static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& folder,
                                               const Accept& accept,
                                               std::vector<std::string>& notices);

  // On failure the journal holds what it held.
  Status append(std::string_view payload);

  // Makes these the whole journal, written aside, fsynced and renamed.
  Status rewrite(const std::vector<std::string_view>& payloads);

  std::uint64_t bytes() const { return end_; }
  // Written since the last rewrite(), and how much that had written.
  std::uint64_t appended_bytes() const { return end_ - rewritten_end_; }
  std::uint64_t rewritten_bytes() const { return rewritten_end_; }

 private:
  Journal(std::filesystem::path path, Descriptor lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  Status load(const Accept& accept, std::vector<std::string>& notices);
  Status open_file();

  std::filesystem::path path_;
  Descriptor lock_;
  Descriptor file_;
  std::uint64_t end_ = 0;            // of the last good record
  std::uint64_t rewritten_end_ = 0;  // of what the last rewrite() wrote, or of the first record
  Fingerprint chain_;                // of the last good record
};

}  // namespace stet::publish

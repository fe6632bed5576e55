// A file of records, each trusted only whole and in its place.
//
// Format: a line that names what it holds, then records of <payload bytes: u32 LE> <chain: 16
// bytes> <payload>, where chain = fingerprint(chain of the record before, payload). A torn, spoilt,
// foreign or misplaced record breaks the chain, and it and all behind it are cut. Threads: one at a
// time. Durability: append() does not fsync; rewrite() and sync() do.
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

class RecordFile {
 public:
  static constexpr std::uint64_t kFileBytesMax = std::uint64_t{4} << 30;
  static constexpr std::uint32_t kPayloadBytesMax = std::uint32_t{1} << 30;

  // Takes each record of the past, in order; an error means that it is not to be trusted.
  using Accept = std::function<Status(std::string_view payload)>;

  struct Place {
    std::filesystem::path path;
    std::string heading;  // the first line, with its end
  };

  // Opens or makes it. What was cut is told in `notices`.
  static Result<std::unique_ptr<RecordFile>> open(Place place,
                                                  const Accept& accept,
                                                  std::vector<std::string>& notices);

  // An empty one, whatever lies there.
  static Result<std::unique_ptr<RecordFile>> create(Place place);

  // The records in the first `bytes` of a file that somebody may be appending to meanwhile.
  static Status read(const Place& place, std::uint64_t bytes, const Accept& accept);

  // On failure the file holds what it held.
  Status append(std::string_view payload);

  // Makes these all that it holds, written aside, fsynced and renamed. Goes on with the one file or
  // the other, never with one that has lost its name: also where the folder's fsync is the error.
  Status rewrite(const std::vector<std::string_view>& payloads);

  // What was appended survives a power cut.
  Status sync();

  // Takes the place of what lies at `path`, in the same folder. What is there is whole, the old or
  // the new, but which of them a power cut leaves is not said.
  Status rename_to(const std::filesystem::path& path);

  std::uint64_t bytes() const { return end_; }
  // Written since the last rewrite(), and how much that had written.
  std::uint64_t appended_bytes() const { return end_ - rewritten_end_; }
  std::uint64_t rewritten_bytes() const { return rewritten_end_; }
  // For who rewrites by other means.
  void set_rewritten(std::uint64_t bytes) { rewritten_end_ = bytes; }

 private:
  explicit RecordFile(Place place) : place_(std::move(place)) {}
  static Result<std::unique_ptr<RecordFile>> write_aside(
      const Place& place, const std::vector<std::string_view>& payloads);
  Status load(const Accept& accept, std::vector<std::string>& notices);
  Status open_file(int flags);

  Place place_;
  Descriptor file_;
  std::uint64_t end_ = 0;            // of the last good record
  std::uint64_t rewritten_end_ = 0;  // of what the last rewrite() wrote, or of the first record
  Fingerprint chain_;                // of the last good record
};

}  // namespace stet::publish

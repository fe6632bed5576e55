// A tar file (POSIX.1-2017, pax, ustar interchange format) of plain files and nothing else, written
// where sizes are known only afterwards and read without believing it.
//
// Written are regular files without owner, with mode 0600; sizes from 8 GiB on stand in the header
// as GNU tar and libarchive write them (base-256). Read is what was so written: no links, no
// folders, no extensions, nothing after the end. Contents are not looked at. Threads: one. Errors
// of reading are kInvalidInput, with the place in the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/byte_source.h"
#include "storage/base/clock.h"
#include "storage/base/result.h"

namespace stet::storage {

struct TarMember {
  std::string name;
  std::uint64_t offset = 0, bytes = 0;  // of its content, in the file
  friend bool operator==(const TarMember&, const TarMember&) = default;
};

inline constexpr std::size_t kTarNameBytesMax = 100;
inline constexpr std::size_t kTarMembersMax = 1'000'000;

// Small letters, digits and "-._/", in parts that are no dots; as archives of ours name files.
bool is_tar_name(std::string_view name);

class TarWriter {
 public:
  // At the end of an open, empty file, which stays its owner's; `path` is for errors.
  TarWriter(int file, std::filesystem::path path, Instant modified)
      : file_(file), path_(std::move(path)), modified_(modified) {}

  // One member at a time: begin, any number of add, then end, or drop, which takes it away again.
  Status begin(std::string_view name);
  Status add(std::string_view bytes);
  Status end();
  Status drop();
  // What ends the file; once. It is not fsynced.
  Status finish();

 private:
  const int file_;
  const std::filesystem::path path_;
  const Instant modified_;
  std::string name_;                     // of the member that was begun
  std::uint64_t begun_ = 0, bytes_ = 0;  // where its header stands; of its content so far
};

// All of the file's members, in its order; names may come twice.
Result<std::vector<TarMember>> read_tar(const ByteSource& file);

}  // namespace stet::storage

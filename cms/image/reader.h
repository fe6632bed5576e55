// A source read here and there, in numbers and tags: what parsers of file formats need.
//
// What lies beyond the end reads as nothing, and is noted: a parser asks has_failed() once, where
// it would say something. Threads: one at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/byte_source.h"

namespace stet::image {

class Reader {
 public:
  explicit Reader(const ByteSource& source) : source_(source) {}

  std::uint64_t size() const { return source_.size(); }

  // `count` bytes, up to kViewBytesMax; good until the next call. Fewer: the end was met.
  static constexpr std::size_t kViewBytesMax = 64 * 1024;
  std::string_view view(std::uint64_t offset, std::size_t count);

  // 0 beyond the end.
  std::uint32_t u8(std::uint64_t offset) { return number(offset, 1, true); }
  std::uint32_t u16(std::uint64_t offset) { return number(offset, 2, true); }  // big-endian
  std::uint32_t u32(std::uint64_t offset) { return number(offset, 4, true); }
  std::uint32_t u16_little(std::uint64_t offset) { return number(offset, 2, false); }
  std::uint32_t u24_little(std::uint64_t offset) { return number(offset, 3, false); }
  std::uint32_t u32_little(std::uint64_t offset) { return number(offset, 4, false); }
  std::uint64_t u64(std::uint64_t offset) {
    return std::uint64_t{u32(offset)} << 32 | u32(offset + 4);
  }

  // The source cannot be read, or ended where something was looked for.
  bool has_failed() const { return has_failed_; }

 private:
  std::uint32_t number(std::uint64_t offset, std::size_t bytes, bool is_big);

  const ByteSource& source_;
  std::uint64_t begin_ = 0;
  std::string window_;
  bool has_failed_ = false;
};

}  // namespace stet::image

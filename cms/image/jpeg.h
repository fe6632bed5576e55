// The segments of a JPEG before its picture (ITU T.81 B.1).
//
// Threads: pure functions. Limits: kSegmentsMax. Input may be any bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "cms/image/reader.h"
#include "storage/base/result.h"

namespace stet::image {

struct JpegSegment {
  std::uint32_t marker = 0;  // 0xe1 of APP1
  std::uint64_t offset = 0;  // of its 0xff
  std::uint64_t begin = 0;   // of what is in it
  std::uint64_t end = 0;
  // It says how large the picture is.
  bool is_frame() const {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
};

inline constexpr std::size_t kSegmentsMax = 10'000;

// All of them up to the first scan. kInvalidInput: cut off, or without a scan.
Result<std::vector<JpegSegment>> jpeg_segments(Reader& reader);

}  // namespace stet::image

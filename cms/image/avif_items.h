// What an AVIF says of itself beside its picture, and where (ISO 14496-12 8.11: iinf, iloc).
//
// Threads: pure function. Limits: kBoxesMax items, and as many extents. Input may be any bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "cms/image/reader.h"
#include "storage/base/result.h"

namespace stet::image {

struct AvifExtent {
  std::uint64_t begin = 0, size = 0;  // in the file
};

struct AvifItem {
  std::uint32_t id = 0;
  bool is_exif = false, is_xmp = false;
  std::vector<AvifExtent> extents;  // all within the file
};

// Those that are EXIF or XMP. kInvalidInput where they reach beyond the file, or into what
// describes it.
Result<std::vector<AvifItem>> avif_items(Reader& reader);

}  // namespace stet::image

#include "cms/image/jpeg.h"

namespace stet::image {
namespace {

constexpr std::uint32_t kStartOfScan = 0xda, kEnd = 0xd9;

Error cut_off() { return invalid_input("the JPEG was cut off before its picture begins"); }

}  // namespace

Result<std::vector<JpegSegment>> jpeg_segments(Reader& reader) {
  std::vector<JpegSegment> segments;
  std::uint64_t at = 2;
  while (segments.size() < kSegmentsMax) {
    if (at + 4 > reader.size()) return cut_off();
    if (reader.u8(at) != 0xff) {
      return invalid_input("the JPEG has something else at byte " + std::to_string(at) +
                           " than the next of its segments");
    }
    JpegSegment segment{.marker = reader.u8(at + 1), .offset = at, .begin = at + 4};
    if (segment.marker == 0xff) {  // filling
      ++at;
      continue;
    }
    bool is_bare = segment.marker == 1 || (segment.marker >= 0xd0 && segment.marker <= 0xd8);
    if (is_bare) {
      at += 2;
      continue;
    }
    if (segment.marker == kStartOfScan) return segments;
    if (segment.marker == kEnd) return invalid_input("the JPEG has no picture in it");
    std::uint32_t length = reader.u16(at + 2);
    segment.end = at + 2 + length;
    if (length < 2 || segment.end > reader.size()) return cut_off();
    at = segment.end;
    segments.push_back(segment);
  }
  return invalid_input("the JPEG has more than " + std::to_string(kSegmentsMax) + " segments");
}

}  // namespace stet::image

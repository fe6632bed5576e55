#include "cms/image/size.h"

#include <algorithm>

#include "cms/image/boxes.h"
#include "cms/image/jpeg.h"
#include "cms/image/reader.h"
#include "cms/image/svg_size.h"
#include "cms/image/tiff.h"

namespace stet::image {
namespace {

using Found = std::optional<Size>;

constexpr std::string_view kExif("Exif\0\0", 6);
constexpr std::size_t kChunksMax = 200'000;

Size turned(Size size, int orientation) {
  if (is_turned(orientation)) std::swap(size.width, size.height);
  return size;
}

Result<Found> checked(std::string_view format, Size size, const Reader& reader) {
  if (reader.has_failed()) {
    return invalid_input("the " + std::string(format) + " was cut off before its picture begins");
  }
  if (size.width == 0 || size.height == 0) {
    return invalid_input("the " + std::string(format) + " says that its picture has no size");
  }
  return Found(size);
}

Result<Found> size_of_jpeg(Reader& reader) {
  auto segments = TRY(jpeg_segments(reader));
  Found size;
  int orientation = 1;
  for (const JpegSegment& segment : segments) {
    if (segment.is_frame() && !size) {
      size = Size{reader.u16(segment.begin + 3), reader.u16(segment.begin + 1)};
    }
    if (segment.marker != 0xe1) continue;
    std::string_view bytes =
        reader.view(segment.begin, static_cast<std::size_t>(segment.end - segment.begin));
    if (bytes.starts_with(kExif)) orientation = orientation_of(bytes.substr(kExif.size()));
  }
  if (!size) return invalid_input("the JPEG does not say how large its picture is");
  return checked("JPEG", turned(*size, orientation), reader);
}

Result<Found> size_of_png(Reader& reader) {
  constexpr std::uint64_t kHeader = 8;
  if (reader.view(kHeader + 4, 4) != "IHDR" || reader.u32(kHeader) != 13) {
    return invalid_input("the PNG does not begin with its header");
  }
  Size size{reader.u32(kHeader + 8), reader.u32(kHeader + 12)};
  int orientation = 1;
  bool has_end = false;
  std::uint64_t at = kHeader;
  for (std::size_t i = 0; i < kChunksMax && !has_end && !reader.has_failed(); ++i) {
    std::uint64_t length = reader.u32(at);
    std::string_view name = reader.view(at + 4, 4);
    if (name.size() < 4 || length + 12 > reader.size() - at) break;
    has_end = name == "IEND";
    if (name == "eXIf") {
      orientation = orientation_of(reader.view(at + 8, static_cast<std::size_t>(length)));
    }
    at += length + 12;
    if (at >= reader.size()) break;
  }
  if (!has_end) return invalid_input("the PNG was cut off, or has too many chunks");
  return checked("PNG", turned(size, orientation), reader);
}

Result<Found> size_of_gif(Reader& reader) {
  return checked("GIF", {reader.u16_little(6), reader.u16_little(8)}, reader);
}

Result<Found> size_of_webp(Reader& reader) {
  std::uint64_t end = 8 + std::uint64_t{reader.u32_little(4)};
  if (end > reader.size()) return invalid_input("the WebP was cut off");
  Found size;
  int orientation = 1;
  std::uint64_t at = 12;
  for (std::size_t i = 0; at + 8 <= end && i < kChunksMax; ++i) {
    std::string name(reader.view(at, 4));
    std::uint64_t length = reader.u32_little(at + 4), begin = at + 8;
    if (length > end - begin) return invalid_input("the WebP has a part that reaches beyond it");
    if (name == "VP8X") {
      size = Size{reader.u24_little(begin + 4) + 1, reader.u24_little(begin + 7) + 1};
    } else if (name == "VP8 " && !size) {
      size = Size{reader.u16_little(begin + 6) & 0x3fff, reader.u16_little(begin + 8) & 0x3fff};
    } else if (name == "VP8L" && !size) {
      std::uint32_t bits = reader.u32_little(begin + 1);
      size = Size{(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
    } else if (name == "EXIF") {
      std::string_view bytes = reader.view(begin, static_cast<std::size_t>(length));
      if (bytes.starts_with(kExif)) bytes.remove_prefix(kExif.size());
      orientation = orientation_of(bytes);
    }
    at = begin + length + (length & 1);
  }
  if (!size) return invalid_input("the WebP has no picture in it");
  return checked("WebP", turned(*size, orientation), reader);
}

// Its largest picture: others are tiles of it, or small.
Result<Found> size_of_avif(Reader& reader) {
  auto meta = TRY(meta_boxes(reader));
  const Box* properties = find_box(meta, "iprp");
  if (!properties) return invalid_input("the AVIF has no properties");
  auto inner = TRY(boxes_in(reader, properties->begin, properties->end));
  const Box* container = find_box(inner, "ipco");
  if (!container) return invalid_input("the AVIF has no properties");
  Size size;
  std::uint32_t turns = 0;
  for (const Box& box : TRY(boxes_in(reader, container->begin, container->end))) {
    if (box.name == "irot" && box.size() >= 1) turns = reader.u8(box.begin) & 3;
    if (box.name != "ispe" || box.size() < 12) continue;
    Size one{reader.u32(box.begin + 4), reader.u32(box.begin + 8)};
    bool is_larger =
        std::uint64_t{one.width} * one.height > std::uint64_t{size.width} * size.height;
    if (is_larger) size = one;
  }
  if (turns & 1) std::swap(size.width, size.height);
  return checked("AVIF", size, reader);
}

Result<Found> size_of_ico(Reader& reader) {
  auto side = [&](std::uint64_t at) { return reader.u8(at) == 0 ? 256u : reader.u8(at); };
  return checked("icon", {side(6), side(7)}, reader);
}

}  // namespace

Result<Found> size_of(const ByteSource& source, Format format) {
  Reader reader(source);
  switch (format) {
    case Format::kJpeg: return size_of_jpeg(reader);
    case Format::kPng: return size_of_png(reader);
    case Format::kGif: return size_of_gif(reader);
    case Format::kWebp: return size_of_webp(reader);
    case Format::kAvif: return size_of_avif(reader);
    case Format::kIco: return size_of_ico(reader);
    case Format::kSvg: return svg_size(reader.view(0, std::size_t{64} << 10));
    default: return Found();
  }
}

}  // namespace stet::image

#include "cms/image/picture_data.h"

#include "cms/image/boxes.h"
#include "cms/image/jpeg.h"
#include "cms/image/reader.h"

namespace stet::image {
namespace {

constexpr std::size_t kPartsMax = 200'000;

Error no_picture(std::string_view format) {
  return invalid_input("the " + std::string(format) + " has a head, and no picture behind it");
}

// "global" or "local": 2 to 256 colours, where the flags say that there are some.
std::uint64_t colour_bytes(std::uint32_t flags) {
  return flags & 0x80 ? std::uint64_t{3} << ((flags & 7) + 1) : 0;
}

// GIF89a, 20 and following.
Status check_gif(Reader& reader) {
  constexpr std::uint64_t kHeader = 13, kDescriptor = 10;
  constexpr std::uint32_t kExtension = 0x21, kImage = 0x2c;
  std::uint64_t at = kHeader + colour_bytes(reader.u8(10));
  for (std::size_t i = 0; i < kPartsMax && at < reader.size(); ++i) {
    std::uint32_t mark = reader.u8(at);
    if (mark == kImage) {
      // Behind its colours the width of its codes, and then the first piece of them.
      std::uint64_t codes = at + kDescriptor + colour_bytes(reader.u8(at + 9));
      std::uint32_t width = reader.u8(codes), piece = reader.u8(codes + 1);
      bool has_codes = width >= 1 && width <= 11 && piece > 0;
      return has_codes && codes + 2 + piece < reader.size() ? Status() : no_picture("GIF");
    }
    if (mark != kExtension) break;
    at += 2;
    std::uint32_t piece = reader.u8(at++);
    for (; piece > 0 && i < kPartsMax && at < reader.size(); ++i) {
      at += piece;
      piece = reader.u8(at++);
    }
  }
  return no_picture("GIF");
}

Status check_png(Reader& reader) {
  std::uint64_t at = 8;
  for (std::size_t i = 0; i < kPartsMax && at + 12 <= reader.size(); ++i) {
    std::uint64_t length = reader.u32(at);
    std::string_view name = reader.view(at + 4, 4);
    if (name == "IDAT" && length > 0) return {};
    if (name == "IEND" || length > reader.size() - at - 12) break;
    at += length + 12;
  }
  return no_picture("PNG");
}

Status check_jpeg(Reader& reader) {
  auto segments = TRY(jpeg_segments(reader));
  std::uint64_t at = segments.empty() ? 2 : segments.back().end;
  while (reader.u8(at) == 0xff && reader.u8(at + 1) != 0xda && at < reader.size()) ++at;
  std::uint64_t data = at + 2 + reader.u16(at + 2);
  // At least a byte of it, and not the mark of the end.
  bool has_data =
      data + 1 < reader.size() && !(reader.u8(data) == 0xff && reader.u8(data + 1) == 0xd9);
  return has_data ? Status() : no_picture("JPEG");
}

// Of a still picture, or of one frame of a moving one.
bool is_webp_frame(const std::string& name, std::uint64_t length) {
  constexpr std::uint64_t kVp8Head = 10, kVp8lHead = 5, kAnimationHead = 16;
  if (name == "VP8 ") return length >= kVp8Head;
  if (name == "VP8L") return length >= kVp8lHead;
  return name == "ANMF" && length > kAnimationHead;
}

Status check_webp(Reader& reader) {
  std::uint64_t at = 12;
  for (std::size_t i = 0; i < kPartsMax && at + 8 <= reader.size(); ++i) {
    std::string name(reader.view(at, 4));
    std::uint64_t length = reader.u32_little(at + 4);
    if (length > reader.size() - at - 8) break;
    if (is_webp_frame(name, length)) return {};
    at += 8 + length + (length & 1);
  }
  return no_picture("WebP");
}

Status check_avif(Reader& reader) {
  for (const Box& box : TRY(boxes_in(reader, 0, reader.size()))) {
    if (box.name == "mdat" && box.size() > 0) return {};
  }
  const auto meta = TRY(meta_boxes(reader));
  const Box* data = find_box(meta, "idat");
  return data && data->size() > 0 ? Status() : no_picture("AVIF");
}

Status check_icon(Reader& reader) {
  constexpr std::uint64_t kHeader = 6, kRow = 16;
  const std::uint32_t count = reader.u16_little(4);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint64_t row = kHeader + i * kRow, size = reader.u32_little(row + 8),
                  begin = reader.u32_little(row + 12);
    bool is_inside = begin >= kHeader + count * kRow && size > 0 && begin + size <= reader.size();
    if (!is_inside) return no_picture("icon");
  }
  return count > 0 ? Status() : no_picture("icon");
}

}  // namespace

Status check_picture(const ByteSource& source, Format format) {
  Reader reader(source);
  switch (format) {
    case Format::kGif: return check_gif(reader);
    case Format::kPng: return check_png(reader);
    case Format::kJpeg: return check_jpeg(reader);
    case Format::kWebp: return check_webp(reader);
    case Format::kAvif: return check_avif(reader);
    case Format::kIco: return check_icon(reader);
    default: return {};
  }
}

}  // namespace stet::image

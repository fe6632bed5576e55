#include "cms/image/location.h"

#include <zlib.h>

#include <algorithm>

#include "cms/image/avif_items.h"
#include "cms/image/film_location.h"
#include "cms/image/jpeg.h"
#include "cms/image/reader.h"
#include "cms/image/tiff.h"

namespace stet::image {
namespace {

using Splices = std::vector<Splice>;

constexpr std::string_view kExif("Exif\0\0", 6);
constexpr std::string_view kXmp("http://ns.adobe.com/xap/1.0/\0", 29);
constexpr std::string_view kXmpMore("http://ns.adobe.com/xmp/extension/\0", 35);
constexpr std::string_view kPngXmp = "XML:com.adobe.xmp";
constexpr std::size_t kBlockBytesMax = std::size_t{16} << 20;
constexpr std::size_t kChunksMax = 200'000;
constexpr std::uint64_t kPngMark = 8;

// XMP's names for it: exif:GPSLatitude and the like.
bool says_place(std::string_view text) { return text.find("GPS") != std::string_view::npos; }

Error overlapping() { return invalid_input("two parts of the picture lie one over the other"); }

// Zeros in its place; none: it is that already.
std::optional<std::string> blanked(std::string_view block) {
  if (block.find_first_not_of('\0') == std::string_view::npos) return std::nullopt;
  return std::string(block.size(), '\0');
}

// The block of EXIF without the place; none: there is nothing to change. Zeros where it cannot be
// understood: so it is as long, and no block any more.
std::optional<std::string> cleaned(std::string_view block) {
  std::size_t head = block.starts_with(kExif) ? kExif.size() : 0;
  auto tiff = without_place(block.substr(head));
  if (!tiff) return blanked(block);
  if (*tiff == block.substr(head)) return std::nullopt;
  return std::string(block.substr(0, head)) + *tiff;
}

Result<Splices> of_jpeg(const ByteSource& source) {
  Reader reader(source);
  Splices splices;
  bool has_lost_xmp = false;
  for (const JpegSegment& segment : TRY(jpeg_segments(reader))) {
    if (segment.marker != 0xe1) continue;
    auto size = static_cast<std::size_t>(segment.end - segment.begin);
    std::string_view bytes = reader.view(segment.begin, size);
    bool is_xmp = bytes.starts_with(kXmp);
    if (bytes.starts_with(kExif)) {
      if (auto better = cleaned(bytes)) splices.push_back({segment.begin, size, *better});
    } else if (is_xmp || bytes.starts_with(kXmpMore)) {
      // A packet of several parts is one text, cut anywhere.
      bool goes = says_place(bytes) || (!is_xmp && has_lost_xmp);
      has_lost_xmp = has_lost_xmp || goes;
      if (goes) splices.push_back({segment.offset, segment.end - segment.offset});
    }
  }
  return splices;
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift);
  return bytes;
}

std::string with_sum(const std::string& name, const std::string& content) {
  std::string checked = name + content;
  auto sum = ::crc32_z(0, reinterpret_cast<const Bytef*>(checked.data()), checked.size());
  return content + big_endian(static_cast<std::uint32_t>(sum));
}

// Of a PNG's text that is called so: whether it may say where the picture was taken.
bool is_unwanted_text(const std::string& name, const std::string& content) {
  std::string_view keyword = std::string_view(content).substr(0, content.find('\0'));
  if (keyword.starts_with("Raw profile type ")) {
    std::string_view kind = keyword.substr(17);
    return kind == "exif" || kind == "APP1" || kind == "xmp";
  }
  if (keyword != kPngXmp) return false;
  bool is_packed = name == "zTXt" ||
                   (content.size() > keyword.size() + 1 && content[keyword.size() + 1] != '\0');
  return is_packed || says_place(content);
}

Result<Splices> of_png(const ByteSource& source) {
  Reader reader(source);
  Splices splices;
  std::uint64_t at = kPngMark;
  for (std::size_t i = 0; i < kChunksMax && at + 12 <= source.size(); ++i) {
    std::uint64_t length = reader.u32(at);
    std::string name(reader.view(at + 4, 4));
    if (length > source.size() - at - 12) return invalid_input("the PNG was cut off");
    bool is_text = name == "iTXt" || name == "tEXt" || name == "zTXt";
    if (is_text || name == "eXIf") {
      bool is_large = length > kBlockBytesMax;
      std::string content;
      if (!is_large) content = TRY(source.read(at + 8, static_cast<std::size_t>(length)));
      if (is_text && (is_large || is_unwanted_text(name, content))) {
        splices.push_back({at, length + 12});
      } else if (!is_text) {
        auto better = is_large ? std::nullopt : cleaned(content);
        if (is_large) splices.push_back({at, length + 12});
        if (better) splices.push_back({at + 8, length + 4, with_sum(name, *better)});
      }
    }
    if (name == "IEND") return splices;
    at += length + 12;
  }
  return invalid_input("the PNG was cut off, or has too many chunks");
}

Result<std::string> block_at(const ByteSource& source, std::uint64_t at, std::uint64_t size) {
  if (size > kBlockBytesMax) return invalid_input("what the picture says of itself is too large");
  return source.read(at, static_cast<std::size_t>(size));
}

Result<std::optional<std::string>> cleaned_at(const ByteSource& source,
                                              std::uint64_t at,
                                              std::uint64_t size,
                                              bool is_exif) {
  std::string block = TRY(block_at(source, at, size));
  if (is_exif) return cleaned(block);
  if (!says_place(block)) return std::optional<std::string>();
  return std::optional(std::string(block.size(), ' '));
}

Result<Splices> of_webp(const ByteSource& source) {
  Reader reader(source);
  Splices splices;
  std::uint64_t end = std::min(8 + std::uint64_t{reader.u32_little(4)}, source.size()), at = 12;
  for (std::size_t i = 0; i < kChunksMax && at + 8 <= end; ++i) {
    std::string name(reader.view(at, 4));
    std::uint64_t length = reader.u32_little(at + 4);
    if (length > end - at - 8) return invalid_input("the WebP was cut off");
    if (name == "EXIF" || name == "XMP ") {
      auto better = TRY(cleaned_at(source, at + 8, length, name == "EXIF"));
      if (better) splices.push_back({at + 8, length, *std::move(better)});
    }
    at += 8 + length + (length & 1);
  }
  return splices;
}

// An item of EXIF begins with how far behind these four bytes its block begins.
Result<Splices> of_avif(const ByteSource& source) {
  constexpr std::uint64_t kHead = 4;
  Reader reader(source);
  Splices splices;
  std::uint64_t bytes = 0;  // of all extents, however many say that they are the same ones
  for (const AvifItem& item : TRY(avif_items(reader))) {
    if (!item.is_exif && !item.is_xmp) continue;
    for (const AvifExtent& extent : item.extents) {
      bytes += extent.size;
      if (bytes > source.size()) return overlapping();
      bool is_whole = item.extents.size() == 1;
      std::uint64_t skipped = item.is_exif && is_whole ? kHead + reader.u32(extent.begin) : 0;
      if (skipped >= extent.size) skipped = 0;
      std::uint64_t begin = extent.begin + skipped, size = extent.size - skipped;
      // Of one that lies in pieces nobody tries to make sense.
      auto better = is_whole ? TRY(cleaned_at(source, begin, size, item.is_exif))
                             : blanked(TRY(block_at(source, begin, size)));
      if (better) splices.push_back({begin, size, *std::move(better)});
    }
  }
  return splices;
}

Result<Splices> found_in(const ByteSource& source, Format format) {
  switch (format) {
    case Format::kJpeg: return of_jpeg(source);
    case Format::kPng: return of_png(source);
    case Format::kWebp: return of_webp(source);
    case Format::kAvif: return of_avif(source);
    case Format::kMp4:
    case Format::kM4a:
    case Format::kMov: return without_place_of_film(source);
    default: return Splices();
  }
}

}  // namespace

Result<Splices> without_location(const ByteSource& source, Format format) {
  Splices splices = TRY(found_in(source, format));
  std::sort(splices.begin(), splices.end(), [](const Splice& a, const Splice& b) {
    return a.offset < b.offset;
  });
  for (std::size_t i = 1; i < splices.size(); ++i) {
    if (splices[i - 1].offset + splices[i - 1].removed > splices[i].offset) {
      return overlapping();
    }
  }
  return splices;
}

}  // namespace stet::image

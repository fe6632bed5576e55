// Small pictures of every format, made by hand: as little as says what each is.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace stet::image {

inline std::string big(std::uint32_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(std::uint64_t{number} >> (8 * i));
  return text;
}
inline std::string little(std::uint32_t number, int bytes) {
  std::string text = big(number, bytes);
  return {text.rbegin(), text.rend()};
}

// A block of EXIF, of either order of bytes: an orientation, and where it was taken, as asked.
inline std::string tiff(bool is_big, int orientation, bool has_place) {
  auto n = [&](std::uint32_t number, int bytes) {
    return is_big ? big(number, bytes) : little(number, bytes);
  };
  auto entry = [&](std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::string value) {
    value.resize(4, '\0');
    return n(tag, 2) + n(type, 2) + n(count, 4) + value;
  };
  std::string bytes = (is_big ? "MM" : "II") + n(42, 2) + n(8, 4);
  const std::uint32_t entries = has_place ? 3 : 2, places = 8 + 2 + entries * 12 + 4;
  bytes += n(entries, 2) + entry(0x010f, 2, 4, "Cam") +
           entry(0x0112, 3, 1, n(static_cast<std::uint32_t>(orientation), 2));
  if (has_place) bytes += entry(0x8825, 4, 1, n(places, 4));
  bytes += n(0, 4);
  if (!has_place) return bytes;
  const std::uint32_t values = places + 2 + 2 * 12 + 4;
  bytes += n(2, 2) + entry(1, 2, 2, "N") + entry(2, 5, 3, n(values, 4)) + n(0, 4);
  for (std::uint32_t part : {47u, 1u, 22u, 1u, 4711u, 100u}) bytes += n(part, 4);
  return bytes;
}

inline std::string jpeg_segment(int marker, const std::string& content) {
  return "\xff" + std::string(1, static_cast<char>(marker)) +
         big(static_cast<std::uint32_t>(content.size() + 2), 2) + content;
}

inline const std::string kExifMark("Exif\0\0", 6);

// Its picture is none that could be decoded; nobody here decodes it.
inline std::string jpeg(std::uint32_t width,
                        std::uint32_t height,
                        const std::string& exif = "",
                        const std::string& more = "") {
  std::string bytes = "\xff\xd8" + jpeg_segment(0xe0, std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14));
  if (!exif.empty()) bytes += jpeg_segment(0xe1, kExifMark + exif);
  bytes += more + jpeg_segment(0xc0,
                               "\x08" + big(height, 2) + big(width, 2) + "\x01\x01\x11" +
                                   std::string(1, '\0'));
  bytes += jpeg_segment(0xda, std::string("\1\1\0\0\x3f\0", 6)) + "picture";
  return bytes + "\xff\xd9";
}

inline std::string png_chunk(const std::string& name, const std::string& content) {
  std::string checked = name + content;
  auto crc =
      ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  return big(static_cast<std::uint32_t>(content.size()), 4) + checked +
         big(static_cast<std::uint32_t>(crc), 4);
}

inline std::string png_of(std::uint32_t width,
                          std::uint32_t height,
                          const std::string& more,
                          const std::string& packed) {
  std::string header = big(width, 4) + big(height, 4) + std::string("\x08\x02\0\0\0", 5);
  return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", header) + more + png_chunk("IDAT", packed) +
         png_chunk("IEND", "");
}

// One that every decoder takes: a ramp of colours, 8 bits a colour.
inline std::string png(std::uint32_t width, std::uint32_t height, const std::string& more = "") {
  std::string rows;
  for (std::uint32_t y = 0; y < height; ++y) {
    rows += '\0';
    for (std::uint32_t x = 0; x < width; ++x) {
      rows += static_cast<char>(x * 255 / width);
      rows += static_cast<char>(y * 255 / height);
      rows += static_cast<char>((x ^ y) & 0xff);
    }
  }
  std::string packed(::compressBound(rows.size()), '\0');
  uLongf size = packed.size();
  ::compress(reinterpret_cast<Bytef*>(packed.data()),
             &size,
             reinterpret_cast<const Bytef*>(rows.data()),
             rows.size());
  packed.resize(size);
  return png_of(width, height, more, packed);
}

inline std::string gif(std::uint32_t width, std::uint32_t height) {
  std::string size = little(width, 2) + little(height, 2);
  // One pixel of it; the others stay as they are.
  return "GIF89a" + size + std::string(3, '\0') + "," + std::string(4, '\0') + little(1, 2) +
         little(1, 2) + std::string("\0\2\2\x4c\1\0;", 7);
}

inline std::string riff_chunk(const std::string& name, std::string content) {
  std::string bytes = name + little(static_cast<std::uint32_t>(content.size()), 4) + content;
  return content.size() & 1 ? bytes + '\0' : bytes;
}

inline std::string webp(std::uint32_t width, std::uint32_t height, const std::string& more = "") {
  std::string head = std::string("\x0c\0\0\0", 4) + little(width - 1, 3) + little(height - 1, 3);
  std::string content = "WEBP" + riff_chunk("VP8X", head) +
                        riff_chunk("VP8L",
                                   "\x2f"
                                   "data") +
                        more;
  return "RIFF" + little(static_cast<std::uint32_t>(content.size()), 4) + content;
}

inline std::string box(const std::string& name, const std::string& content) {
  return big(static_cast<std::uint32_t>(content.size() + 8), 4) + name + content;
}

inline std::string avif(std::uint32_t width, std::uint32_t height, const std::string& more = "") {
  std::string size = box("ispe", big(0, 4) + big(width, 4) + big(height, 4));
  std::string small = box("ispe", big(0, 4) + big(2, 4) + big(2, 4));
  return box("ftyp", "avif" + big(0, 4) + "avifmif1") +
         box("meta", big(0, 4) + box("iprp", box("ipco", small + size)) + more) +
         box("mdat", "picture");
}

inline std::string svg(const std::string& inner = "<path d=\"M0 0\"/>") {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\">" + inner +
         "</svg>\n";
}

}  // namespace stet::image

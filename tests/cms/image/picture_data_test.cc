#include "cms/image/picture_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

using ::testing::HasSubstr;

Status checked(const std::string& bytes) {
  MemorySource source(bytes);
  const FileType* type = type_of_content(source);
  if (!type) return not_found("no type");
  return check_picture(source, type->format);
}

std::string icon(std::uint32_t size, std::uint32_t begin, const std::string& picture) {
  return std::string("\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0", 14) + little(size, 4) +
         little(begin, 4) + picture;
}

const std::string kGifHead = "GIF89a" + little(1, 2) + little(1, 2);
const std::string kComment("\x21\xfe\3abc\2de\0", 10);
const std::string kImage = "," + std::string(8, '\0') + std::string(1, '\0');

std::string riff(const std::string& chunks) {
  return "RIFF" + little(static_cast<std::uint32_t>(chunks.size() + 4), 4) + "WEBP" + chunks;
}

TEST(PictureData, IsBehindTheHeadOfEveryFormat) {
  const std::string colours = kGifHead + std::string("\x81\0\0", 3) + std::string(12, 'c');
  const std::vector<std::string> rows = {
      gif(40, 30),
      colours + kComment + kComment + "," + std::string(8, '\0') + "\x80" + std::string(6, 'l') +
          std::string("\2\2\x4c\1\0;", 6),
      png(4, 3),
      jpeg(4, 3),
      jpeg(4, 3, tiff(true, 6, true)),
      webp(4, 3),
      riff(riff_chunk("VP8 ", std::string(10, 'p'))),
      riff(riff_chunk("VP8X", std::string(10, '\0')) + riff_chunk("ANMF", std::string(30, 'f'))),
      avif(4, 3),
      icon(4, 22, "data"),
      svg(),
  };
  for (const std::string& bytes : rows) {
    Status good = checked(bytes);
    EXPECT_TRUE(good) << good.error().message;
  }
}

TEST(PictureData, IsMissedWhereThereIsAHeadAlone) {
  const std::string head = kGifHead + std::string(3, '\0');
  const std::string jpeg_head = "\xff\xd8" + jpeg_segment(0xda, std::string("\1\1\0\0\x3f\0", 6));
  const std::vector<std::string> rows = {
      head,
      head + ";",
      head + std::string(16, 'x'),                  // no block begins so
      kGifHead + std::string("\x87\0\0", 3) + ";",  // colours that are not there
      head + kComment + ";",
      head + std::string("\x21\xfe\xff", 3),  // a comment that reaches beyond
      head + kImage,
      head + kImage + std::string("\2\0;", 3),     // no codes
      head + kImage + std::string("\2\x10xx", 4),  // cut off in them
      head + kImage + std::string("\x20\2\x4c\1\0;", 6),
      png_of(4, 3, "", ""),
      jpeg_head + "\xff\xd9",
      jpeg_head,
      riff(riff_chunk("VP8X", std::string(10, '\0'))),
      riff(riff_chunk("VP8X", std::string(10, '\0')) + riff_chunk("VP8L", "/")),
      box("ftyp", "avif" + big(0, 4) + "avifmif1") + box("meta", big(0, 4)),
      icon(0, 22, ""),
      icon(40, 22, "data"),
      icon(4, 6, "data"),
      std::string("\0\0\1\0\0\0", 6) + std::string(16, '\0'),
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Status bad = checked(rows[i]);
    if (bad.has_value()) ADD_FAILURE() << "row " << i;
    if (!bad && bad.error().code == ErrorCode::kInvalidInput) {
      EXPECT_THAT(bad.error().message, HasSubstr("no picture behind it")) << i;
    }
  }
}

}  // namespace
}  // namespace stet::image

#include "cms/image/size.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

using ::testing::HasSubstr;

Result<std::optional<Size>> size_in(const std::string& bytes) {
  MemorySource source(bytes);
  const FileType* type = type_of_content(source);
  if (!type) return not_found("no type");
  return size_of(source, type->format);
}

TEST(PictureSize, IsReadOfEachFormatsHead) {
  const Size wide{4000, 3000}, high{3000, 4000};
  const std::vector<std::pair<std::string, Size>> rows = {
      {jpeg(4000, 3000), wide},
      {jpeg(4000, 3000, tiff(true, 1, false)), wide},
      {jpeg(4000, 3000, tiff(true, 6, true)), high},
      {jpeg(4000, 3000, tiff(false, 8, false)), high},
      {jpeg(4000, 3000, tiff(false, 3, false)), wide},
      {jpeg(4000, 3000, "not tiff"), wide},
      {jpeg(4000, 3000, tiff(true, 99, false)), wide},
      {png(40, 30), {40, 30}},
      {png(40, 30, png_chunk("eXIf", tiff(true, 5, true))), {30, 40}},
      {gif(4000, 3000), wide},
      {webp(4000, 3000), wide},
      {webp(4000, 3000, riff_chunk("EXIF", tiff(false, 6, false))), high},
      {webp(4000, 3000, riff_chunk("EXIF", kExifMark + tiff(false, 6, false))), high},
      {avif(4000, 3000), wide},
      {svg(), {40, 30}},
      {"<svg width='1.5px' height = \"20px\">", {2, 20}},
      {"<svg width=\"100%\" height='50%' viewBox='0 0 24.4, 12'/>", {24, 12}},
      {"<svg:svg viewBox=\"-5 -5 10 20\">", {10, 20}},
  };
  for (const auto& [bytes, expected] : rows) {
    auto size = size_in(bytes);
    ASSERT_TRUE(size) << size.error().message;
    ASSERT_TRUE(*size) << bytes;
    EXPECT_EQ((*size)->width, expected.width) << bytes.substr(0, 40);
    EXPECT_EQ((*size)->height, expected.height);
  }
}

TEST(PictureSize, OfWhatSaysNoneIsNone) {
  for (const std::string& bytes : {std::string("<svg>"),
                                   std::string("<svg width='1' height='x'/>"),
                                   std::string("<svg viewBox='0 0 -1 5'/>"),
                                   std::string("<svg width='9e99' height='9e99'/>"),
                                   std::string("<svg data-width='1' data-height='1'/>"),
                                   std::string("%PDF-1.4")}) {
    auto size = size_in(bytes);
    ASSERT_TRUE(size);
    EXPECT_FALSE(*size) << bytes;
  }
}

TEST(PictureSize, APictureThatWasCutOffAnywhereBeforeItsPixelsIsRefused) {
  for (const std::string& whole : {jpeg(4000, 3000, tiff(true, 6, true)),
                                   png(40, 30),
                                   gif(40, 30),
                                   webp(40, 30, riff_chunk("EXIF", tiff(true, 1, true))),
                                   avif(40, 30)}) {
    ASSERT_TRUE(size_in(whole));
    std::size_t refused = 0;
    for (std::size_t end = 4; end < whole.size(); ++end) {
      auto size = size_in(whole.substr(0, end));
      if (size) continue;
      if (size.error().code == ErrorCode::kInvalidInput) ++refused;
    }
    EXPECT_GT(refused, 0u);
    // What lies behind the head is not looked at; of formats that say how long they are, all is.
    EXPECT_FALSE(whole.size() > 60 && size_in(whole.substr(0, whole.size() / 4)));
  }
}

TEST(PictureSize, WhatClaimsTooMuchIsRefusedAndNotFollowed) {
  for (const auto& [bytes, why] : std::vector<std::pair<std::string, std::string>>{
           {png_of(0, 5, "", "x"), "no size"},
           {jpeg(0, 5), "no size"},
           {"\x89PNG\r\n\x1a\n" + png_chunk("IDAT", "x"), "does not begin with its header"},
           {"\xff\xd8\xff\xe0" + std::string("\0\1", 2) + "xxxx", "cut off"},
           {"\xff\xd8\xff\xd9"
            "xxxxxxxx",
            "no picture"},
           {"\xff\xd8\xff\xe0" + std::string("\0\x4", 2) + "xxYYYYYY", "something else at byte 8"},
           {box("ftyp", "avif" + big(0, 4) + "avifmif1"), "no 'meta' box"},
           {box("ftyp", "avif" + big(0, 4) + "avifmif1") + big(0xffffffff, 4) + "meta", "beyond"},
           {box("ftyp", "avif" + big(0, 4) + "avifmif1") + big(1, 4) + "meta" + big(0xffffffff, 4) +
                big(0xffffffff, 4),
            "beyond"}}) {
    auto size = size_in(bytes);
    ASSERT_FALSE(size) << why;
    EXPECT_THAT(size.error().message, HasSubstr(why));
  }
  std::string many = "\xff\xd8";
  for (int i = 0; i < 10'001; ++i) many += jpeg_segment(0xfe, "");
  EXPECT_THAT(size_in(many + std::string(9, 'x')).error().message, HasSubstr("more than 10000"));
}

}  // namespace
}  // namespace stet::image

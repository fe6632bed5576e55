#include "cms/image/location.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/image/size.h"
#include "cms/image/tiff.h"
#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string cleaned(const std::string& bytes) {
  MemorySource source(bytes);
  auto splices = without_location(source, type_of_content(source)->format);
  EXPECT_TRUE(splices) << (splices ? "" : splices.error().message);
  if (!splices) return "";
  SplicedSource spliced(source, *splices);
  return *read_all(spliced, std::uint64_t{1} << 30);
}

const std::string kXmpMark("http://ns.adobe.com/xap/1.0/\0", 29);
const std::string kPlace = "<x:xmpmeta exif:GPSLatitude=\"47,1.2N\"/>", kNoPlace = "<x:xmpmeta/>";

// Latitude as tiff() writes it: 4711 hundredths.
bool has_latitude(const std::string& bytes) {
  return bytes.find(big(4711, 4)) != std::string::npos ||
         bytes.find(little(4711, 4)) != std::string::npos;
}

TEST(Location, GoesOutOfEveryFormatAndNothingElseDoes) {
  for (bool is_big : {true, false}) {
    const std::string block = tiff(is_big, 6, true);
    for (const std::string& picture : {jpeg(40, 30, block),
                                       png(40, 30, png_chunk("eXIf", block)),
                                       webp(40, 30, riff_chunk("EXIF", block)),
                                       webp(40, 30, riff_chunk("EXIF", kExifMark + block))}) {
      ASSERT_TRUE(has_latitude(picture));
      std::string clean = cleaned(picture);
      EXPECT_FALSE(has_latitude(clean));
      EXPECT_EQ(clean.size(), picture.size());
      EXPECT_THAT(clean, HasSubstr("Cam"));
      // Turned as before, so the pixels are.
      MemorySource source(clean), before(picture);
      Format format = type_of_content(source)->format;
      EXPECT_EQ(*size_of(source, format), *size_of(before, format));
      EXPECT_EQ((*size_of(source, format))->width, 30u);
      EXPECT_EQ(cleaned(clean), clean);
    }
  }
}

TEST(Location, APictureWithoutItStaysByteForByte) {
  const std::string block = tiff(true, 3, false);
  for (const std::string& picture :
       {jpeg(40, 30),
        jpeg(40, 30, block, jpeg_segment(0xe1, kXmpMark + kNoPlace)),
        png(40, 30),
        png(4, 3, png_chunk("eXIf", block) + png_chunk("tEXt", std::string("Title\0GPS", 9))),
        webp(40, 30, riff_chunk("EXIF", block) + riff_chunk("XMP ", kNoPlace)),
        gif(4, 3),
        avif(4, 3)}) {
    EXPECT_EQ(cleaned(picture), picture);
  }
}

TEST(Location, GoesOutOfXmpToo) {
  std::string more("http://ns.adobe.com/xmp/extension/\0", 35);
  std::string picture = jpeg(
      40, 30, "", jpeg_segment(0xe1, kXmpMark + kPlace) + jpeg_segment(0xe1, more + "whatever"));
  EXPECT_EQ(cleaned(picture), jpeg(40, 30));
  std::string text("XML:com.adobe.xmp\0\0\0\0\0", 22), packed("XML:com.adobe.xmp\0\1\0\0\0", 22);
  EXPECT_EQ(cleaned(png(4, 3, png_chunk("iTXt", text + kPlace))), png(4, 3));
  EXPECT_EQ(cleaned(png(4, 3, png_chunk("iTXt", packed + "x"))), png(4, 3));
  std::string raw("Raw profile type exif\0\0x", 24);
  EXPECT_EQ(cleaned(png(4, 3, png_chunk("zTXt", raw))), png(4, 3));
  std::string web = cleaned(webp(40, 30, riff_chunk("XMP ", kPlace)));
  EXPECT_THAT(web, Not(HasSubstr("GPS")));
  EXPECT_EQ(web.size(), webp(40, 30, riff_chunk("XMP ", kPlace)).size());
}

TEST(Location, APngsChunkHasTheSumOfWhatIsInItNow) {
  std::string clean = cleaned(png(4, 3, png_chunk("eXIf", tiff(true, 6, true))));
  std::string block = clean.substr(clean.find("eXIf") + 4, tiff(true, 6, true).size());
  EXPECT_EQ(*without_place(block), block);
  EXPECT_THAT(clean, HasSubstr(png_chunk("eXIf", block)));
}

TEST(Location, ABlockThatNobodyUnderstandsBecomesZeros) {
  std::string broken = tiff(true, 6, true);
  broken.resize(30);
  for (const std::string& block :
       {broken, std::string("nonsense"), std::string("MM\0*\0\0\0\x08\xff\xff", 10)}) {
    std::string clean = cleaned(jpeg(40, 30, block));
    EXPECT_THAT(clean, HasSubstr(std::string(kExifMark.size() + block.size(), '\0')));
    EXPECT_EQ(clean.size(), jpeg(40, 30, block).size());
  }
}

// The list of an AVIF whose one item is EXIF, and is called 1.
std::string exif_named() {
  std::string entry =
      box("infe", big(2u << 24, 4) + big(1, 2) + big(0, 2) + "Exif" + std::string(1, '\0'));
  return box("iinf", big(0, 4) + big(1, 2) + entry);
}

std::string avif_with(const std::string& block, bool is_inner) {
  std::string names = exif_named();
  std::string item = big(0, 4) + block;
  auto places = [&](std::uint32_t begin) {
    return box("iloc",
               big(1u << 24, 4) + "\x44" + std::string(1, '\0') + big(1, 2) + big(1, 2) +
                   big(is_inner ? 1 : 0, 2) + big(0, 2) + big(1, 2) + big(begin, 4) +
                   big(static_cast<std::uint32_t>(item.size()), 4));
  };
  std::string inner = is_inner ? box("idat", item) : "";
  std::string whole = avif(4, 3, names + places(0) + inner);
  return is_inner ? whole
                  : avif(4, 3, names + places(static_cast<std::uint32_t>(whole.size()) + 8)) +
                        box("mdat", item);
}

TEST(Location, GoesOutOfAnAvifWhereverItsItemLies) {
  for (bool is_inner : {false, true}) {
    std::string picture = avif_with(tiff(false, 1, true), is_inner);
    ASSERT_TRUE(has_latitude(picture));
    std::string clean = cleaned(picture);
    EXPECT_FALSE(has_latitude(clean));
    EXPECT_THAT(clean, HasSubstr("Cam"));
    EXPECT_EQ(clean.size(), picture.size());
  }
  std::string beyond = avif_with(tiff(false, 1, true), false);
  beyond.resize(beyond.size() - 20);
  EXPECT_FALSE(without_location(MemorySource(beyond), Format::kAvif));
}

// Of so many extents, which all begin at one place of the file.
std::string avif_in_pieces(std::uint32_t count, std::uint32_t size, std::uint32_t begin) {
  std::string extents;
  for (std::uint32_t i = 0; i < count; ++i) extents += big(begin, 4) + big(size, 4);
  return avif(4,
              3,
              exif_named() + box("iloc",
                                 big(0, 4) + "\x44" + std::string(1, '\0') + big(1, 2) + big(1, 2) +
                                     big(0, 2) + big(count, 2) + extents));
}

TEST(Location, WhatDescribesAnAvifIsNeverOverwritten) {
  const auto size = static_cast<std::uint32_t>(avif_in_pieces(1, 7, 0).size());
  for (std::uint32_t begin = 0; begin + 7 <= size; ++begin) {
    const std::string picture = avif_in_pieces(1, 7, begin);
    const bool is_data = begin == size - 7;  // of mdat: "picture"
    EXPECT_EQ(static_cast<bool>(without_location(MemorySource(picture), Format::kAvif)), is_data)
        << begin;
  }
}

TEST(Location, WhatHasBecomeZerosIsCleanEverywhere) {
  const std::string nonsense = "nonsense";
  for (const std::string& picture : {avif_with(nonsense, true),
                                     avif_with(nonsense, false),
                                     png(40, 30, png_chunk("eXIf", nonsense)),
                                     webp(40, 30, riff_chunk("EXIF", nonsense))}) {
    const std::string clean = cleaned(picture);
    EXPECT_THAT(clean, Not(HasSubstr(nonsense)));
    const MemorySource source(clean);
    auto more = without_location(source, type_of_content(source)->format);
    ASSERT_TRUE(more) << more.error().message;
    EXPECT_TRUE(more->empty());
  }
}

// Counts what is read of it.
class CountingSource final : public ByteSource {
 public:
  explicit CountingSource(std::string_view bytes) : source_(bytes) {}
  std::uint64_t size() const override { return source_.size(); }
  Result<std::string> read(std::uint64_t offset, std::size_t count) const override {
    bytes_read += count;
    return source_.read(offset, count);
  }

  mutable std::uint64_t bytes_read = 0;

 private:
  const MemorySource source_;
};

// All of them together would be two hundred megabytes.
TEST(Location, ExtentsOneOverTheOtherAreNotReadForEver) {
  const auto begin = static_cast<std::uint32_t>(avif_in_pieces(100, 0, 0).size()) + 8;
  std::string picture = avif_in_pieces(100, 2u << 20, begin);
  constexpr std::size_t kRest = std::size_t{3} << 20;
  picture += big(kRest, 4) + "free" + std::string(kRest - 8, 'x');
  const CountingSource source(picture);
  auto refused = without_location(source, Format::kAvif);
  EXPECT_LE(source.bytes_read, 2 * picture.size());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("one over the other"));
}

TEST(Tiff, DirectoriesInACircleEnd) {
  std::string block = "MM" + big(42, 2) + big(8, 4) + big(0, 2) + big(8, 4);
  EXPECT_FALSE(without_place(block));
  // A place that is the directory itself.
  std::string own = "MM" + big(42, 2) + big(8, 4) + big(1, 2) + big(0x8825, 2) + big(4, 2) +
                    big(1, 4) + big(8, 4) + big(0, 4);
  auto clean = without_place(own);
  ASSERT_TRUE(clean);
  EXPECT_EQ(clean->size(), own.size());
}

}  // namespace
}  // namespace stet::image

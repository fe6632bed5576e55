#include "cms/image/film_location.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/image/file_type.h"
#include "cms/image/location.h"
#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPlace = "+47.0557+008.3059+435.000/";

std::string film(const std::string& in_movie, const std::string& brand = "isom") {
  return box("ftyp", brand + big(0, 4) + brand) + box("mdat", "pictures and sound") +
         box("moov", box("mvhd", std::string(100, '\1')) + in_movie);
}

std::string data(const std::string& value) { return box("data", big(1, 4) + big(0, 4) + value); }

// A list of keys, and one item of each.
std::string metadata(const std::vector<std::pair<std::string, std::string>>& items, bool is_iso) {
  std::string keys = big(0, 4) + big(static_cast<std::uint32_t>(items.size()), 4), list;
  std::uint32_t number = 0;
  for (const auto& [key, value] : items) {
    keys += box("mdta", key);
    list += box(big(++number, 4), data(value));
  }
  return box("meta",
             (is_iso ? big(0, 4) : "") + box("hdlr", std::string(8, '\0') + "mdta") +
                 box("keys", keys) + box("ilst", list));
}

std::string cleaned(const std::string& bytes) {
  MemorySource source(bytes);
  auto splices = without_location(source, type_of_content(source)->format);
  EXPECT_TRUE(splices) << (splices ? "" : splices.error().message);
  return splices ? *read_all(SplicedSource(source, *splices), std::uint64_t{1} << 30) : "";
}

TEST(FilmLocation, GoesWhereverPhonesWriteIt) {
  const std::string xyz = box("\xa9xyz", big(26, 2) + big(0x15c7, 2) + kPlace);
  const std::string id("\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac", 16);
  const std::string xmp = "<x exif:GPSLatitude='" + kPlace + "'/>";
  const std::string long_head = big(1, 4) + "loci" + big(0, 4) +
                                big(static_cast<std::uint32_t>(16 + kPlace.size()), 4) + kPlace;
  for (const std::string& place :
       {box("udta", xyz),
        box("udta", box("name", "Tour") + xyz + big(0, 4)),  // a row that ends as QuickTime's do
        box("udta", box("loci", big(0, 6) + kPlace)),
        box("udta", long_head),
        box("trak", box("tkhd", "x") + box("udta", xyz)),
        box("udta", box("XMP_", xmp)),
        box("uuid", id + xmp),
        box("gps ", kPlace),
        box("udta",
            box("meta", big(0, 4) + box("hdlr", "") + box("ilst", box("\xa9xyz", data(kPlace))))),
        metadata(
            {{"com.apple.quicktime.make", "Cam"}, {"com.apple.quicktime.location.ISO6709", kPlace}},
            false),
        box("udta", metadata({{"com.apple.quicktime.location.ISO6709", kPlace}}, true))}) {
    for (const char* brand : {"isom", "qt  ", "M4A "}) {
      const std::string before = film(place, brand), after = cleaned(before);
      EXPECT_THAT(before, HasSubstr(kPlace));
      EXPECT_THAT(after, Not(HasSubstr(kPlace)));
      EXPECT_EQ(after.size(), before.size());
      EXPECT_THAT(after, HasSubstr("pictures and sound"));
      EXPECT_EQ(after.find("Tour"), before.find("Tour"));
      EXPECT_EQ(after.find("Cam"), before.find("Cam"));
      EXPECT_EQ(cleaned(after), after);
    }
  }
}

TEST(FilmLocation, AFilmThatSaysNothingOfItStaysByteForByte) {
  for (const std::string& plain :
       {film(""),
        film(box("udta", box("name", "Location unknown"))),
        film(metadata({{"com.apple.quicktime.make", "Cam"}}, false)),
        film(box("uuid", std::string(16, 'x') + "GPS")),
        film(box(
            "trak",
            box("mdia",
                box("minf",
                    box("stbl", box("stsd", big(0, 4) + big(1, 4) + box("mebx", "make")))))))}) {
    EXPECT_EQ(cleaned(plain), plain);
  }
}

TEST(FilmLocation, AFilmWithATrackOfPlacesIsRefusedWithTheMend) {
  for (const std::string& entry : {box("gpmd", std::string(8, '\0')),
                                   box("camm", std::string(8, '\0')),
                                   box("mebx", "com.apple.quicktime.location.ISO6709")}) {
    std::string stsd = box("stsd", big(0, 4) + big(1, 4) + entry);
    std::string bytes = film(box("trak", box("mdia", box("minf", box("stbl", stsd)))));
    auto splices = without_location(MemorySource(bytes), Format::kMp4);
    ASSERT_FALSE(splices);
    EXPECT_EQ(splices.error().code, ErrorCode::kInvalidInput);
    EXPECT_THAT(splices.error().message, HasSubstr("-map 0:v"));
  }
}

TEST(FilmLocation, BoxesThatReachBeyondWhatTheyLieInEndTheirRow) {
  std::string bytes = film(box("udta", box("name", "x")));
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    std::string cut = bytes.substr(0, size);
    EXPECT_TRUE(without_place_of_film(MemorySource(cut))) << size;
  }
  std::string many;
  for (int i = 0; i < 200'001; ++i) many += box("free", "");
  EXPECT_FALSE(without_place_of_film(MemorySource(many)));
}

}  // namespace
}  // namespace stet::image

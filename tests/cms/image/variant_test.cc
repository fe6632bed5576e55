#include "cms/image/variant.h"

#include <gtest/gtest.h>

#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

std::vector<std::uint32_t> widths_of(const std::string& bytes, Format format) {
  std::vector<std::uint32_t> widths;
  auto picture = picture_of(MemorySource(bytes));
  if (!picture) return {9999};
  for (const Recipe& recipe : recipes_of(*picture, {10, 20, 4000})) {
    if (recipe.format == format) widths.push_back(recipe.width);
  }
  return widths;
}

TEST(Variant, APictureHasThoseThatAreSmallerThanItIs) {
  using Widths = std::vector<std::uint32_t>;
  EXPECT_EQ(widths_of(jpeg(4000, 30), Format::kWebp), (Widths{10, 20}));
  EXPECT_EQ(widths_of(jpeg(4001, 30), Format::kJpeg), (Widths{10, 20, 4000}));
  EXPECT_EQ(widths_of(png(20, 3), Format::kWebp), (Widths{10}));
  EXPECT_EQ(widths_of(png(20, 3), Format::kJpeg), Widths{});
  EXPECT_EQ(widths_of(png(10, 3), Format::kWebp), Widths{});
  EXPECT_EQ(widths_of(webp(40, 3), Format::kWebp), (Widths{10, 20}));
  // A photograph on its side is as wide as it is shown.
  EXPECT_EQ(widths_of(jpeg(4000, 15, tiff(true, 6, false)), Format::kWebp), (Widths{10}));
}

TEST(Variant, OfWhatMovesIsDrawnOrIsTooLargeThereIsNone) {
  EXPECT_TRUE(widths_of(gif(400, 300), Format::kWebp).empty());
  EXPECT_TRUE(widths_of(svg(), Format::kWebp).empty());
  EXPECT_TRUE(widths_of(avif(400, 300), Format::kWebp).empty());
  EXPECT_TRUE(widths_of(png(40, 30, png_chunk("acTL", "12345678")), Format::kWebp).empty());
  std::string moving = webp(400, 300);
  moving[20] |= 2;
  EXPECT_TRUE(widths_of(moving, Format::kWebp).empty());
  EXPECT_TRUE(widths_of(png_of(65'000, 65'000, "", "x"), Format::kWebp).empty());
  EXPECT_TRUE(widths_of(png_of(10'000, 10'001, "", "x"), Format::kWebp).empty());
  EXPECT_FALSE(widths_of(png_of(10'000, 10'000, "", "x"), Format::kWebp).empty());
}

TEST(Variant, ItsNameTellsItsContentAndReadsBack) {
  BlobId one = *BlobId::parse(std::string(40, '1')), two = *BlobId::parse(std::string(40, '2'));
  for (const Recipe& recipe : {Recipe{Format::kWebp, 640}, Recipe{Format::kJpeg, 16}}) {
    std::string path = variant_path("a/x-1w-y.png", one, recipe);
    EXPECT_NE(path, variant_path("a/x-1w-y.png", two, recipe));
    auto name = parse_variant_path(path);
    ASSERT_TRUE(name) << path;
    EXPECT_EQ(name->stem, "a/x-1w-y");
    EXPECT_EQ(name->recipe, recipe);
  }
  const std::string hash(16, 'a');
  EXPECT_TRUE(parse_variant_path("x-640w-" + hash + ".webp"));
  for (const std::string& path : {std::string(),
                                  "-640w-" + hash + ".webp",
                                  "x-640w-" + hash + ".png",
                                  "x-640-" + hash + ".webp",
                                  "x-0640w-" + hash + ".webp",
                                  "x-15w-" + hash + ".webp",
                                  "x-8193w-" + hash + ".webp",
                                  "x-99999999999w-" + hash + ".webp",
                                  "x--640w-" + hash.substr(1) + ".webp",
                                  "x-w-" + hash + ".webp",
                                  "x-640w-" + std::string(16, 'A') + ".webp",
                                  "x-640w" + hash + ".webp",
                                  hash + ".webp",
                                  "-" + hash + ".webp",
                                  std::string(".webp")}) {
    EXPECT_FALSE(parse_variant_path(path)) << path;
  }
}

}  // namespace
}  // namespace stet::image

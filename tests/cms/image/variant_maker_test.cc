// The process that makes smaller pictures: what comes out, and what a hostile picture gets.

#include "cms/image/variant_maker.h"

#include <gtest/gtest.h>

#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

MakerOptions options() {
  MakerOptions options;
  options.worker = {STET_IMAGE_WORKER};
#ifdef __SANITIZE_ADDRESS__
  options.memory_bytes = 0;  // its shadow is larger than any limit
#endif
  return options;
}

TEST(VariantMaker, MakesWebpAndJpegOfTheWidthThatIsAsked) {
  VariantMaker maker(options());
  ASSERT_TRUE(maker.is_able()) << "install libvips42, as ./dev does";
  for (Format format : {Format::kWebp, Format::kJpeg}) {
    auto made = maker.make(png(400, 300), {format, 200});
    ASSERT_TRUE(made) << made.error().message;
    MemorySource source(*made);
    ASSERT_TRUE(type_of_content(source));
    EXPECT_EQ(type_of_content(source)->format, format);
    EXPECT_EQ(*size_of(source, format), (Size{200, 150}));
    // And of what came out, again.
    auto again = maker.make(*made, {Format::kJpeg, 100});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*size_of(MemorySource(*again), Format::kJpeg), (Size{100, 75}));
  }
}

TEST(VariantMaker, OnePictureAndRecipeGiveTheSameBytes) {
  VariantMaker maker(options());
  auto one = maker.make(png(300, 200), {Format::kWebp, 64});
  auto two = maker.make(png(300, 200), {Format::kWebp, 64});
  ASSERT_TRUE(one && two);
  EXPECT_EQ(*one, *two);
}

TEST(VariantMaker, ABombIsRefusedBeforeItIsDecoded) {
  VariantMaker maker(options());
  for (const std::string& picture : {png_of(65'000, 65'000, "", "x"),
                                     png(400, 300).substr(0, 200),
                                     std::string("<svg/>"),
                                     gif(400, 300),
                                     jpeg(400, 300),
                                     webp(400, 300),
                                     std::string("nothing"),
                                     std::string()}) {
    auto made = maker.make(picture, {Format::kWebp, 200});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::kInvalidInput) << made.error().message;
  }
}

TEST(VariantMaker, TimeAndMemoryHaveAnEnd) {
  MakerOptions few = options();
  few.wall_ms = 1;
  auto late = VariantMaker(few).make(png(2000, 2000), {Format::kWebp, 1000});
  EXPECT_FALSE(late);
  MakerOptions narrow = options();
  narrow.memory_bytes = std::uint64_t{20} << 20;
  EXPECT_FALSE(VariantMaker(narrow).make(png(400, 300), {Format::kWebp, 200}));
}

TEST(VariantMaker, WithoutAProgramNothingIsMade) {
  VariantMaker none({});
  EXPECT_FALSE(none.is_able());
  EXPECT_EQ(none.make(png(40, 30), {Format::kWebp, 20}).error().code, ErrorCode::kUnavailable);
  MakerOptions wrong;
  wrong.worker = {"/nonexistent/stet-image"};
  EXPECT_FALSE(VariantMaker(wrong).is_able());
}

}  // namespace
}  // namespace stet::image

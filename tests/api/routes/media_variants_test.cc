// Smaller versions of pictures: what pages link to is there when it is asked for, and nothing else.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/routes/shown_pictures.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MediaVariants, APageLinksToThemAndTheyAreMadeWhenTheyAreAskedFor) {
  ShownPictures by_name("{% responsive_image page.photo sizes: '50vw' %}");
  std::string html = by_name.page();
  EXPECT_THAT(html,
              HasSubstr("<picture><source type=\"image/webp\" srcset=\"/base/assets/x-100w-"));
  EXPECT_THAT(html,
              HasSubstr(" sizes=\"50vw\"><img src=\"/base/assets/x.png\" width=\"400\" "
                        "height=\"300\" alt=\"A &quot;ramp&quot;\" loading=\"lazy\">"));
  EXPECT_THAT(html, Not(HasSubstr("4000w")));
  for (int i = 0; i < 2; ++i) {
    Told told = by_name.world.site({.target = "/base" + by_name.link(200)});
    ASSERT_EQ(told.status, 200) << by_name.link(200) << told.body;
    EXPECT_EQ(told.header("Content-Type"), "image/webp");
    EXPECT_THAT(told.header("Cache-Control"), HasSubstr("immutable"));
    EXPECT_EQ(*image::size_of(MemorySource(told.body), image::Format::kWebp),
              (image::Size{200, 150}));
    Told again = by_name.world.site(
        {.target = by_name.link(200), .headers = {{"If-None-Match", told.header("ETag")}}});
    EXPECT_EQ(again.status, 304);
  }
}

TEST(MediaVariants, NobodyCanHaveMoreMadeThanPagesCouldShow) {
  ShownPictures shown("{% responsive_image assets/x.png %}");
  std::string link = shown.link(100);
  ASSERT_EQ(shown.world.site({.target = link}).status, 200);
  std::string other = link;
  other.replace(other.find("100w"), 4, "101w");
  EXPECT_EQ(shown.world.site({.target = other}).status, 404);
  other = link;
  other[other.size() - 6] = other[other.size() - 6] == 'a' ? 'b' : 'a';
  EXPECT_EQ(shown.world.site({.target = other}).status, 404);
  other = "/other" + link;
  EXPECT_EQ(shown.world.site({.target = other}).status, 200) << "it is made, and of that content";
  EXPECT_EQ(shown.world.site({.target = "/assets/y" + link.substr(9)}).status, 200);
}

TEST(MediaVariants, AnotherContentHasOtherNamesAndThePageFollows) {
  ShownPictures shown("{% responsive_image assets/x.png alt: '' class: page.none %}");
  std::string before = shown.link(100);
  ASSERT_EQ(shown.world.site({.target = before}).status, 200);
  Told put = shown.world.api({.method = "PUT",
                              .target = "/media/assets/x.png",
                              .body = image::png(300, 300),
                              .headers = {{"If-Match", "*"}, {"Content-Type", "image/png"}}});
  ASSERT_EQ(put.status, 200) << put.body;
  std::string after = shown.link(100);
  EXPECT_NE(after, before);
  EXPECT_THAT(shown.page(), HasSubstr("width=\"300\""));
  EXPECT_EQ(shown.world.site({.target = after}).status, 200);
  // A page that was read before the change asks for what it names.
  EXPECT_EQ(shown.world.site({.target = before}).status, 200);
}

TEST(MediaVariants, WithoutThemAPictureIsShownAsItIs) {
  ShownPictures shown("{% responsive_image path: 'assets/x.png' alt: 'x' %}", false);
  EXPECT_THAT(shown.page(),
              HasSubstr("<img src=\"/base/assets/x.png\" width=\"400\" height=\"300\" "
                        "alt=\"x\" loading=\"lazy\">"));
  EXPECT_EQ(shown.world.api({.target = "/status"}).json()["makes_pictures"], false);
  EXPECT_EQ(shown.world.api({.target = "/media/assets/x.png"}).json()["variants"], Json::array());
}

TEST(MediaVariants, WhatIsNoPictureOfTheSiteIsPrintedAsItIs) {
  ShownPictures shown(
      "{% responsive_image assets/none.png %}{% responsive_image 'https://e.org/a.png' alt: 'a<b' "
      "%}");
  EXPECT_THAT(shown.page(), HasSubstr("<img src=\"/base/assets/none.png\" alt=\"\""));
  EXPECT_THAT(shown.page(), HasSubstr("<img src=\"https://e.org/a.png\" alt=\"a&lt;b\""));
}

TEST(MediaVariants, AMisspeltArgumentIsAProblemOfThePage) {
  ShownPictures shown("{% responsive_image assets/x.png atl: 'x' %}");
  EXPECT_EQ(shown.page(), "404");
  EXPECT_THAT(shown.world.api({.target = "/problems"}).body, HasSubstr("knows no 'atl'"));
}

TEST(MediaVariants, TheApiListsThemAndShowsSmallOnesOnItsOwnOrigin) {
  ShownPictures shown("{% responsive_image assets/x.png %}");
  Json json = shown.world.api({.target = "/media/assets/x.png"}).json();
  ASSERT_EQ(json["variants"].size(), 2u) << json.dump();
  EXPECT_EQ(json["variants"][0]["width"], 100);
  EXPECT_EQ(json["variants"][0]["url"], shown.link(100));
  EXPECT_EQ(shown.world.api({.target = "/status"}).json()["makes_pictures"], true);
  Told told = shown.world.api({.target = "/media-content/assets/x.png?width=100"});
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.header("Content-Type"), "image/webp");
  EXPECT_THAT(told.header("Content-Security-Policy"), HasSubstr("sandbox"));
  EXPECT_EQ(shown.world.api({.target = "/media-content/assets/x.png?width=101"}).status, 400);
}

TEST(MediaVariants, OneThatCannotBeMadeLeadsToThePictureItself) {
  ShownPictures shown("{% responsive_image assets/y.png %}");
  shown.world.repository.commit({{"assets/y.png", image::png_of(400, 300, "", "no pixels")}});
  ASSERT_TRUE(shown.world.pipeline->publish_head("main"));
  for (int i = 0; i < 2; ++i) {
    Told told = shown.world.site({.target = "/base" + shown.link(100)});
    EXPECT_EQ(told.status, 302);
    EXPECT_EQ(told.header("Location"), "/base/assets/y.png");
  }
}

TEST(PictureStore, WhatIsAskedForLeastGoesFirst) {
  storage::TemporaryFolder folder;
  auto store = *publish::PictureStore::open(folder.path() / "p", 100'000);
  auto bytes = [](char c) { return std::make_shared<const std::string>(30'000, c); };
  for (char c : {'a', 'b', 'c', 'd', 'e', 'f'}) {
    ASSERT_TRUE(store->put(std::string(1, c) + ".webp", bytes(c)));
  }
  auto again = *publish::PictureStore::open(folder.path() / "p", 100'000);
  EXPECT_TRUE(again->get("f.webp"));
  EXPECT_FALSE(again->get("a.webp"));
  EXPECT_FALSE(again->get("g.webp"));
}

}  // namespace
}  // namespace stet::api

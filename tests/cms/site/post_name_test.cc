#include "cms/site/post_name.h"

#include <gtest/gtest.h>

namespace stet::site {
namespace {

std::string parsed(std::string_view name) {
  auto post = parse_post_name(name);
  return post ? iso_date(post->date) + " " + post->slug + " " + post->extension : "none";
}

TEST(PostName, TellsDaySlugAndExtension) {
  struct {
    std::string name, out;
  } cases[] = {
      {"2020-10-11-ptim2020intro.md", "2020-10-11 ptim2020intro .md"},
      {"2018-08-3-x.md", "2018-08-03 x .md"},
      {"2018-8-03-x.md", "2018-08-03 x .md"},
      {"18-1-2-two.md", "2018-01-02 two .md"},
      {"68-1-1-y.md", "2068-01-01 y .md"},
      {"69-1-1-y.md", "1969-01-01 y .md"},
      {"120-01-01-three.md", "0120-01-01 three .md"},
      {"2018-01-02-a.b.textile", "2018-01-02 a.b .textile"},
      {"2018-01-02-dots...md", "2018-01-02 dots .md"},
      {"2018-01-02-Upper-Case_x.html", "2018-01-02 Upper-Case_x .html"},
      {"2018-01-04--lead.md", "2018-01-04 -lead .md"},
      {"2018-01-02-.md", "2018-01-02  .md"},
      {"2018-01-06-tilde.md~", "2018-01-06 tilde .md~"},
      {"2020-02-29-leap.md", "2020-02-29 leap .md"},
      {"2018-01-02.md", "none"},
      {"2018-01-02-noext", "none"},
      {"2018-01-02-d.", "none"},
      {"2021-02-29-x.md", "2021-03-01 x .md"},
      {"2021-13-01-x.md", "none"},
      {"2021-00-01-x.md", "none"},
      {"20211-01-01-x.md", "none"},
      {"x-2021-01-01-x.md", "none"},
      {"2021_01_01-x.md", "none"},
      {"", "none"},
  };
  for (const auto& c : cases) EXPECT_EQ(parsed(c.name), c.out) << c.name;
}

TEST(PostName, TitlesComeOfSlugs) {
  struct {
    std::string slug, title;
  } cases[] = {
      {"ptim2020-intro", "Ptim2020 Intro"},
      {"HELLO-wORLD", "Hello World"},
      {"ümläut-Case", "Ümläut Case"},
      {"a--b", "A  B"},
      {"-lead", " Lead"},
      {"trail-", "Trail"},
      {"two words", "Two words"},
      {"x#y", "X#y"},
      {"", ""},
      {"---", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(title_of_slug(c.slug), c.title) << c.slug;
}

TEST(PostName, PostsOfOneDayAndSlugShareAList) {
  EXPECT_EQ(list_of_post_name(*parse_post_name("2018-8-3-x.md")),
            list_of_post_name(*parse_post_name("2018-08-03-x.html")));
}

TEST(PostName, ADayThatItsMonthLacksIsOneOfTheNext) {
  EXPECT_EQ(iso_date(parse_post_name("2015-02-31-x.md")->date), "2015-03-03");
  EXPECT_EQ(iso_date(parse_post_name("2016-02-30-x.md")->date), "2016-03-01");
  EXPECT_EQ(iso_date(parse_post_name("2015-04-31-x.md")->date), "2015-05-01");
}

TEST(PostName, ADayThatNoCalendarHasIsToldFromNamesOfOtherKinds) {
  for (const char* name : {"2021-02-32-x.md", "2021-00-01-x.md", "2021-13-01-x.md"}) {
    auto post = parse_post_name_of_any_day(name);
    ASSERT_TRUE(post) << name;
    EXPECT_FALSE(is_valid(post->date)) << name;
    EXPECT_EQ(post->slug, "x") << name;
  }
  EXPECT_TRUE(is_valid(parse_post_name_of_any_day("2020-02-29-x.md")->date));
  EXPECT_FALSE(parse_post_name_of_any_day("2021-02-29.md"));
  EXPECT_FALSE(parse_post_name_of_any_day("notes.md"));
}

}  // namespace
}  // namespace stet::site

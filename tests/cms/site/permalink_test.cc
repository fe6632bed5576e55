// Expected values are what Debian's jekyll makes of the same names.
#include "cms/site/permalink.h"

#include <gtest/gtest.h>

namespace stet::site {
namespace {

Placeholder placeholders(const Time& date) {
  return [date](std::string_view name) -> std::optional<std::string> {
    if (name == "title") return "My Title";
    if (name == "slug") return "my-slug";
    if (name == "categories") return "a b/ü";
    if (name == "nothing") return "";
    if (name == "hash") return "x#y#z";
    if (name == "dots") return "../../etc/passwd";
    if (name == "output_ext") return ".html";
    return date_placeholder(name, date);
  };
}

std::string expanded(std::string_view permalink, CivilTime civil = {{2021, 1, 3}, 4, 5, 6}) {
  auto url = expand_permalink(permalink, placeholders({.seconds = seconds_as_utc(civil)}));
  return url ? *url : "refused: " + url.error().message;
}

struct Case {
  std::string in, out;
};

TEST(Permalink, ExpandsStylesAndPlaceholders) {
  const Case cases[] = {
      {"date", "/a%20b/%C3%BC/2021/01/03/My%20Title.html"},
      {"pretty", "/a%20b/%C3%BC/2021/01/03/My%20Title/"},
      {"ordinal", "/a%20b/%C3%BC/2021/003/My%20Title.html"},
      {"weekdate", "/a%20b/%C3%BC/2021/W53/Sun/My%20Title.html"},
      {"none", "/a%20b/%C3%BC/My%20Title.html"},
      {"/:year/:short_year/:i_month-:i_day", "/2021/21/1-3"},
      {"/:w_year:week:w_day/:short_day:long_day", "/2020537/SunSunday"},
      {"/:short_month:long_month/:hour:minute:second", "/JanJanuary/040506"},
      {"/:slug_/x", "/my-slug_/x"},
      {"/:slug-x/", "/my-slug-x/"},
      {"no-slash", "/no-slash"},
      {"//a//:nothing//b/", "/a/b/"},
      {"/a/../b", "/a/b"},
      {"/./a", "/a"},
      {"/:dots", "/etc/passwd"},
      {"/:hash", "/x%23y%23z"},
      {"/plain ü#x", "/plain ü#x"},
      {"/12:30", "/12:30"},
      {"/:", "/:"},
      {"", "/"},
  };
  for (const Case& c : cases) EXPECT_EQ(expanded(permalink_template(c.in)), c.out) << c.in;
}

TEST(Permalink, NamesAPlaceholderThatDoesNotExist) {
  EXPECT_EQ(
      expanded("/:titel/"),
      "refused: permalink '/:titel/' has the placeholder ':titel', which does not exist here");
  EXPECT_TRUE(expanded("/:title__/").starts_with("refused"));
}

// Anybody who may write the configuration may send one: a mebibyte took hours.
TEST(Permalink, ALongOneIsReadOnce) {
  constexpr std::size_t kLength = std::size_t{1} << 20;
  EXPECT_EQ(expanded(std::string(kLength, 'a')).size(), kLength + 1);
  std::string dots;
  for (std::size_t i = 0; i < kLength / 2; ++i) dots += "./";
  EXPECT_EQ(expanded("/a" + dots), "/a");
}

TEST(Permalink, WeeksBelongToTheYearOfTheirThursday) {
  struct {
    Date date;
    std::string out;
  } cases[] = {
      {{2019, 12, 30}, "2020-01-1"},
      {{2020, 12, 31}, "2020-53-4"},
      {{2021, 1, 1}, "2020-53-5"},
      {{2021, 1, 4}, "2021-01-1"},
      {{2018, 1, 1}, "2018-01-1"},
      {{2016, 2, 29}, "2016-09-1"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(expanded(":w_year-:week-:w_day", {c.date, 0, 0, 0}), "/" + c.out);
  }
}

TEST(Permalink, OfPagesFillsWhatItKnowsAndLeavesTheRest) {
  const Case cases[] = {
      {"/:path/:basename:output_ext", "/a/b%20c/x.html"},
      {"/:basename/", "/x/"},
      {"/:unknown/:basename", "/:unknown/x"},
      {"/:pathx/", "/a/b%20cx/"},
      {"/:year/", "/:year/"},
      {"x", "/x"},
      {"/../:basename", "/x"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(fill_permalink(c.in, {{"path", "a/b c"}, {"basename", "x"}, {"output_ext", ".html"}}),
              c.out)
        << c.in;
  }
}

TEST(Permalink, SuffixFollowsTheSitesStyle) {
  const Case cases[] = {
      {"pretty", "/p/"},
      {"date", "/p:output_ext"},
      {"none", "/p:output_ext"},
      {"ordinal", "/p:output_ext"},
      {"weekdate", "/p"},
      {"/:title/", "/p/"},
      {"/:title", "/p"},
      {"/x:output_ext", "/p:output_ext"},
  };
  for (const Case& c : cases) EXPECT_EQ(with_permalink_suffix("/p", c.in), c.out) << c.in;
}

TEST(Permalink, EscapesAndUnescapesPaths) {
  const Case cases[] = {
      {"a b", "a%20b"},
      {"ü", "%C3%BC"},
      {"a#b", "a%23b"},
      {"-._~!$&'()*+,;=:@/?", "-._~!$&'()*+,;=:@/?"},
      {"[x]", "%5Bx%5D"},
      {"50%", "50%25"},
      {"\"<>\\^`{|}", "%22%3C%3E%5C%5E%60%7B%7C%7D"},
      {"\x01\x7f", "%01%7F"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(escape_path(c.in), c.out);
    EXPECT_EQ(unescape_path(c.out), c.in);
  }
  EXPECT_EQ(unescape_path("%zz%4"), "%zz%4");
  EXPECT_EQ(unescape_path("%41%2f"), "A/");
}

TEST(Permalink, LeadsToAFile) {
  struct {
    std::string url, extension, out;
  } cases[] = {
      {"/", ".html", "index.html"},
      {"/a/", ".html", "a/index.html"},
      {"/a", ".html", "a.html"},
      {"/a.html", ".html", "a.html"},
      {"/a.xml", ".xml", "a.xml"},
      {"/a.b", ".html", "a.b.html"},
      {"/a%20b/%C3%BC", ".html", "a b/ü.html"},
      {"/a//b", "", "a/b"},
      {"/a/index", ".xml", "a/index.xml"},
      {"", "", "index.html"},
  };
  for (const auto& c : cases) EXPECT_EQ(output_path_of(c.url, c.extension), c.out) << c.url;
}

}  // namespace
}  // namespace stet::site

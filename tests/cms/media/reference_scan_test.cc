#include "cms/media/reference_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet::media {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (const NameSpan& span : find_names(text)) {
    names.emplace_back(text.substr(span.begin, span.end - span.begin));
  }
  return names;
}

TEST(ReferenceScan, NamesAreFoundInEveryKindOfText) {
  EXPECT_THAT(names_in("![a](/a/b.jpg \"t\") and [x]: ../c.PNG"),
              ElementsAre("/a/b.jpg", "../c.PNG"));
  EXPECT_THAT(names_in("<img src='x.jpg' srcset=\"/a.webp 1x, /b.webp 2x\">"),
              ElementsAre("x.jpg", "/a.webp", "/b.webp"));
  EXPECT_THAT(names_in("body { background: url(/img/x.svg#part) }"), ElementsAre("/img/x.svg"));
  EXPECT_THAT(names_in("image: /a.jpg\nlist: [b.png, c.gif]\n"),
              ElementsAre("/a.jpg", "b.png", "c.gif"));
  EXPECT_THAT(names_in("{\"icon\":\"/i.png?v=2\"}"), ElementsAre("/i.png"));
  EXPECT_THAT(names_in("{{ site.baseurl }}/a.jpg {{ '/b.pdf' | relative_url }}"),
              ElementsAre("/a.jpg", "/b.pdf"));
  EXPECT_THAT(names_in("https://example.org/a.mp4"), ElementsAre("https://example.org/a.mp4"));
  EXPECT_THAT(names_in("{% responsive_image a/b.jpg alt='x' %}"), ElementsAre("a/b.jpg"));
}

TEST(ReferenceScan, OtherThingsWithDotsAreNone) {
  EXPECT_THAT(names_in("e.g. 1.5 a.html .jpg2000 x.jpgfoo x.jpg.html www.example.org x.j"),
              IsEmpty());
  EXPECT_THAT(names_in(""), IsEmpty());
  EXPECT_THAT(names_in("."), IsEmpty());
  EXPECT_THAT(names_in("x.jpg"), ElementsAre("x.jpg"));
  EXPECT_THAT(names_in("See x.jpg. Then y.jpg, z.jpg-"), ElementsAre("x.jpg", "y.jpg", "z.jpg"));
}

const NameHolder kPost{
    "_posts/2020-01-01-x.md", "2020/x/index.html", "https://example.org", "/base"};

TEST(ReferenceScan, ANameMeansAFileFromTheRootRelativeOrByTheSitesAddress) {
  const char* path = "assets/media/2026/x y.jpg";
  for (const char* name : {"/assets/media/2026/x%20y.jpg",
                           "/base/assets/media/2026/x%20y.jpg",
                           "https://example.org/base/assets/media/2026/x%20y.jpg",
                           "//example.org/assets/media/2026/x%20y.jpg",
                           "../../assets/media/2026/x%20y.jpg",
                           "assets/media/2026/x%20y.jpg",
                           "../assets/media/2026/x%20y.jpg",
                           "../../../../assets/media/2026/x%20y.jpg"}) {
    EXPECT_EQ(naming_of(name, kPost, path, path), Naming::kByPath) << name;
  }
  for (const char* name : {"/media/2026/x%20y.jpg", "2026/x%20y.jpg", "x%20y.jpg", "y.jpg"}) {
    EXPECT_EQ(naming_of(name, kPost, path, path), Naming::kByName) << name;
  }
  for (const char* name : {"/other/x%20y.jpg",
                           "https://other.org/assets/media/2026/x%20y.jpg",
                           "../media/2026/x%20y.jpg",
                           "xx%20y.jpg",
                           "data:x%20y.jpg"}) {
    EXPECT_EQ(naming_of(name, kPost, path, path), Naming::kOther) << name;
  }
}

TEST(ReferenceScan, ARenamedNameKeepsItsForm) {
  const char* path = "assets/x.jpg";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"/assets/x.jpg", "/img/a%20b.jpg"},
      {"/base/assets/x.jpg", "/base/img/a%20b.jpg"},
      {"https://example.org/base/assets/x.jpg", "https://example.org/base/img/a%20b.jpg"},
      {"assets/x.jpg", "img/a%20b.jpg"},
      {"../../assets/x.jpg", "../../img/a%20b.jpg"},
      {"../assets/x.jpg", "../img/a%20b.jpg"},
  };
  for (const auto& [name, expected] : rows) {
    ASSERT_EQ(naming_of(name, kPost, path, path), Naming::kByPath) << name;
    EXPECT_EQ(renamed(name, kPost, path, path, "img/a b.jpg"), expected) << name;
    EXPECT_EQ(naming_of(expected, kPost, "img/a b.jpg", "img/a b.jpg"), Naming::kByPath);
  }
}

TEST(ReferenceScan, HostileTextsCostWhatTheyAreLong) {
  for (const std::string& unit : {std::string(".jpg"),
                                  std::string("a.jpg"),
                                  std::string("."),
                                  std::string("x"),
                                  std::string("\xff.png "),
                                  std::string("%2e.jpg")}) {
    std::string text;
    while (text.size() < 2'000'000) text += unit;
    std::size_t bytes = 0;
    for (const NameSpan& span : find_names(text)) bytes += span.end - span.begin;
    EXPECT_LE(bytes, text.size());
  }
}

}  // namespace
}  // namespace stet::media

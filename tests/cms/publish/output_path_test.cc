#include "cms/publish/output_path.h"

#include <gtest/gtest.h>

namespace stet::publish {
namespace {

TEST(OutputPath, RefusesWhatCouldLeaveTheFolder) {
  for (std::string text : {std::string(),
                           std::string("/a"),
                           std::string("a/"),
                           std::string("a//b"),
                           std::string("."),
                           std::string(".."),
                           std::string("a/../b"),
                           std::string("a/."),
                           std::string("a\0b", 3),
                           std::string("\xff"),
                           std::string(256, 'x'),
                           std::string(5000, 'x')}) {
    auto path = OutputPath::parse(text);
    ASSERT_FALSE(path) << text;
    EXPECT_EQ(path.error().code, ErrorCode::kInvalidInput);
  }
}

TEST(OutputPath, KnowsItsParts) {
  OutputPath path = *OutputPath::parse("a/b/x.tar.gz");
  EXPECT_EQ(path.filename(), "x.tar.gz");
  EXPECT_EQ(path.folder(), "a/b");
  EXPECT_EQ(path.extension(), ".gz");
  EXPECT_EQ(OutputPath::parse("CNAME")->folder(), "");
  EXPECT_EQ(OutputPath::parse(".htaccess")->extension(), "");
}

TEST(OutputPath, HasAUrlFromThePublicRoot) {
  struct {
    const char* path;
    const char* url;
  } cases[] = {
      {"index.html", "/"},
      {"ptim2020/index.html", "/ptim2020/"},
      {"ptim2020/myindex.html", "/ptim2020/myindex.html"},
      {"a b/ü?#%.html", "/a%20b/%C3%BC%3F%23%25.html"},
      {"a+b/(c)@x:y.html", "/a+b/(c)@x:y.html"},
      {"index.html/x", "/index.html/x"},
      {"feed.xml", "/feed.xml"},
  };
  for (const auto& c : cases) EXPECT_EQ(url_of(*OutputPath::parse(c.path)), c.url);
}

}  // namespace
}  // namespace stet::publish

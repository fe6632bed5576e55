#include "cms/site_import/site_name.h"

#include <gtest/gtest.h>

namespace stet::site_import {
namespace {

TEST(SiteName, IsOneForAllSpellings) {
  for (const char* address : {"https://old.example/blog",
                              "http://www.old.example/blog/",
                              "//Old.Example//blog//",
                              "old.example:443/blog?a=b",
                              "WWW.OLD.EXAMPLE/blog"}) {
    EXPECT_EQ(site_name(address), "old.example/blog") << address;
  }
  EXPECT_EQ(site_name("https://old.example/"), "old.example");
  EXPECT_EQ(site_name("http://127.0.0.1:8080"), "127.0.0.1:8080");
  EXPECT_EQ(site_name("https://old.example/Blog"), "old.example/Blog");
  EXPECT_EQ(site_name(""), "");
  EXPECT_EQ(address_key("https://www.old.example//a//b.jpg?c=//d"), "old.example/a/b.jpg?c=/d");
  EXPECT_EQ(host_name("https://www.old.example/a"), "old.example");
}

}  // namespace
}  // namespace stet::site_import

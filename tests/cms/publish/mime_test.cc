#include "cms/publish/mime.h"

#include <gtest/gtest.h>

namespace stet::publish {
namespace {

TEST(ContentTypes, ComeFromTheExtension) {
  struct {
    const char* extension;
    const char* type;
  } cases[] = {
      {".html", "text/html; charset=utf-8"},
      {".HTML", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".7z", "application/x-7z-compressed"},
      {".zip", "application/zip"},
      {".svg", "image/svg+xml"},
      {".ics", "text/calendar; charset=utf-8"},
      {".xml", "application/xml"},
      {"", "application/octet-stream"},
      {".nobody", "application/octet-stream"},
  };
  for (const auto& c : cases) EXPECT_EQ(type_of_extension(c.extension), c.type) << c.extension;
}

TEST(ContentTypes, SayWhatIsWorthCompressing) {
  for (const char* extension : {".html", ".css", ".js", ".svg", ".json", ".xml", ".webmanifest"}) {
    EXPECT_TRUE(is_compressible(type_of_extension(extension))) << extension;
  }
  for (const char* extension : {".png", ".jpg", ".woff2", ".zip", ".gz", ".mp4", ".nobody"}) {
    EXPECT_FALSE(is_compressible(type_of_extension(extension))) << extension;
  }
}

TEST(ContentTypes, SayWhatIsShownOnceAllElseIsThere) {
  for (const char* extension : {".html", ".xhtml", ".atom", ".rss", ".xml"}) {
    EXPECT_TRUE(is_shown_last(type_of_extension(extension))) << extension;
  }
  for (const char* extension : {".svg", ".css", ".docx", ".xlsx", ".json", ".kml"}) {
    EXPECT_FALSE(is_shown_last(type_of_extension(extension))) << extension;
  }
}

}  // namespace
}  // namespace stet::publish

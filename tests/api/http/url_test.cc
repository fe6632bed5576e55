#include "api/http/url.h"

#include <gtest/gtest.h>

namespace stet::http {
namespace {

using namespace std::string_literals;

TEST(NormalizedPath, HasNoDotSegmentsAndNoEmptyOnes) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "/"},
      {"/", "/"},
      {"/a", "/a"},
      {"/a/", "/a/"},
      {"/a/b", "/a/b"},
      {"//a", "/a"},
      {"/a//b", "/a/b"},
      {"/./a", "/a"},
      {"/a/.", "/a/"},
      {"/a/..", "/"},
      {"/a/../", "/"},
      {"/a/b/..", "/a/"},
      {"/a/b/../c", "/a/c"},
      {"/..", "/"},
      {"/../../etc", "/etc"},
      {"/.../a", "/.../a"},
      {"/a/.b", "/a/.b"},
      {"/a/..b", "/a/..b"},
      {"////", "/"},
      {"a", "/a"},
  };
  for (const auto& [path, expected] : kCases) EXPECT_EQ(normalized_path(path), expected) << path;
}

TEST(ParseTarget, DecodesThePathBeforeItNormalises) {
  const std::pair<const char*, const char*> kCases[] = {
      {"/a%20b", "/a b"},
      {"/%2e%2e/%2E%2e/etc/passwd", "/etc/passwd"},
      {"/a%2f..%2fb", "/b"},
      {"/a/%2e%2e%2fb", "/b"},
      {"/caf%C3%A9", "/café"},
      {"/a+b", "/a+b"},
      {"/a?b=../..", "/a"},
      {"http://example.org/x/y?z", "/x/y"},
      {"HTTPS://example.org", "/"},
      {"http://example.org?q=1", "/"},
      {"*", "*"},
  };
  for (const auto& [target, expected] : kCases) {
    const auto parsed = parse_target(target);
    ASSERT_TRUE(parsed) << target;
    EXPECT_EQ(parsed->path, expected) << target;
    EXPECT_TRUE(parsed->has_utf8_path) << target;
  }
}

TEST(ParseTarget, RefusesWhatItDoesNotServe) {
  const char* kCases[] = {"",
                          "a",
                          "/%",
                          "/%4",
                          "/%zz",
                          "/%00",
                          "/a%00b",
                          "/a#b",
                          "ftp://x",
                          "http://",
                          "?a",
                          "x:443",
                          "/?a=%f",
                          "/?%g0=1",
                          "**",
                          "/%u0041",
                          "http://u@h/"};
  for (const char* target : kCases) EXPECT_FALSE(parse_target(target)) << target;
}

TEST(ParseTarget, FlagsAPathThatIsNotUtf8) {
  const auto parsed = parse_target("/%ff%fe");
  ASSERT_TRUE(parsed);
  EXPECT_FALSE(parsed->has_utf8_path);
}

TEST(ParseTarget, GivesTheAuthorityOfTheAbsoluteForm) {
  EXPECT_EQ(parse_target("http://example.org:81/a")->authority, "example.org:81");
  EXPECT_EQ(parse_target("/a")->authority, "");
}

TEST(ParseQuery, DecodesNamesAndValues) {
  const std::pair<const char*, Query> kCases[] = {
      {"", {}},
      {"a", {{"a", ""}}},
      {"a=", {{"a", ""}}},
      {"=b", {{"", "b"}}},
      {"a=b=c", {{"a", "b=c"}}},
      {"a=1&&b=2&", {{"a", "1"}, {"b", "2"}}},
      {"a=1&a=2", {{"a", "1"}, {"a", "2"}}},
      {"x+y=%2B+%26", {{"x y", "+ &"}}},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(parse_query(text), expected) << text;
}

TEST(ParseQuery, HasALimit) {
  std::string text;
  for (std::size_t i = 0; i < kQueryPairsMax; ++i) text += "a&";
  EXPECT_EQ(parse_query(text)->size(), kQueryPairsMax);
  EXPECT_FALSE(parse_query(text + "a"));
}

TEST(PercentEncode, IsUndoneByDecoding) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  EXPECT_EQ(percent_decode(percent_encode(every_byte)), every_byte);
  EXPECT_EQ(percent_decode(percent_encode_path(every_byte)), every_byte);
  EXPECT_EQ(percent_encode("a/b c~é"), "a%2Fb%20c~%C3%A9");
  EXPECT_EQ(percent_encode_path("/a b/c?d#e%"), "/a%20b/c%3Fd%23e%25");
}

TEST(PercentDecode, RefusesHalfAnEscapeAtTheEnd) {
  EXPECT_EQ(percent_decode("a%41"), "aA");
  EXPECT_EQ(percent_decode("a%4"), std::nullopt);
  EXPECT_EQ(percent_decode("a%"), std::nullopt);
}

}  // namespace
}  // namespace stet::http

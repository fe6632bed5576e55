#include "cms/image/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string cleaned(const std::string& text) {
  auto cuts = harmless_svg(text);
  EXPECT_TRUE(cuts) << (cuts ? "" : cuts.error().message) << text;
  if (!cuts) return "";
  EXPECT_EQ(cuts->splices.empty(), cuts->removed.empty());
  MemorySource source(text);
  SplicedSource spliced(source, cuts->splices);
  std::string clean = *read_all(spliced, 1 << 30);
  auto again = harmless_svg(clean);
  EXPECT_TRUE(again && again->splices.empty()) << clean;
  return clean;
}

TEST(Svg, HarmlessOnesStayByteForByte) {
  for (const std::string& inner :
       {std::string("<path d=\"M0 0\"/>"),
        std::string("<style><![CDATA[ .a { fill: url(#g); stroke: red } ]]></style>"),
        std::string("<g style='fill:url( \"#g\" )' fill='url(#a)'><use xlink:href='#x' "
                    "xmlns:xlink='http://www.w3.org/1999/xlink'/></g>"),
        std::string("<a href='https://example.org/?a=b&amp;c'><text>x &lt; y</text></a>"),
        std::string("<a href='/page/'/><a href='mailto:a@b'/><a href='#x'/>"),
        std::string("<image href='data:image/png;base64,AAAA' width='1'/>"),
        std::string("<animate attributeName='opacity' from='0' to='1'/>"),
        std::string("<title>on load: javascript</title><!-- <script> -->")}) {
    EXPECT_EQ(cleaned(svg(inner)), svg(inner));
  }
  std::string old =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG "
      "1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n" +
      svg();
  EXPECT_EQ(cleaned(old), old);
}

TEST(Svg, WhatCouldDoHarmIsCutOutAndNothingElse) {
  const std::string x = "xmlns:x='http://www.w3.org/1999/xhtml'";
  for (const auto& [inner, expected] : std::vector<std::pair<std::string, std::string>>{
           {"<script>alert(1)</script>", ""},
           {"a<script/>b<SCRIPT/>c", "abc"},
           {"<script><![CDATA[ </g> ]]></script><g/>", "<g/>"},
           {"<foreignObject><iframe src='x'/></foreignObject>", ""},
           {"<g " + x + "><x:script>1</x:script></g>", "<g " + x + "></g>"},
           {"<iframe xmlns='http://www.w3.org/1999/xhtml' src='javascript:1'/>", ""},
           {"<g onload=\"alert(1)\" id='a'/>", "<g id='a'/>"},
           {"<g ONLOAD = 'x' x:onclick='y' " + x + "/>", "<g " + x + "/>"},
           {"<g\n  onload='>'\n  id='a'/>", "<g\n  id='a'/>"},
           {"<a href='javascript:alert(1)'/>", "<a/>"},
           {"<a href=' jav&#x09;ascript:alert(1)'/>", "<a/>"},
           {"<a href='JAVASCRIPT&#58;alert(1)'/>", "<a/>"},
           {"<a href='data:text/html,x'/>", "<a/>"},
           {"<use href='other.svg#x'/>", "<use/>"},
           {"<use href='data:image/svg+xml;base64,AAAA'/>", "<use/>"},
           {"<image href='https://evil.example/x.png'/>", "<image/>"},
           {"<feImage href='//evil.example/x'/>", "<feImage/>"},
           {"<g style='background:url(https://evil.example/)'/>", "<g/>"},
           {"<g fill='URL(\"http://evil.example/\")'/>", "<g/>"},
           {"<g style='b\\61 ckground:url(#x)'/>", "<g/>"},
           {"<style>@import 'https://evil.example/x.css';</style><g/>", "<g/>"},
           {"<style>a { b: url(//evil.example/) }</style><g/>", "<g/>"},
           {"<style>&#64;import 'x';</style>", ""},
           {"<set attributeName='href' to='javascript:1'/>", ""},
           {"<animate attributeName='xlink:href' values='javascript:1'/>", ""},
           {"<animate attributeName='onload' to='x'/>", ""},
           {"<?xml-stylesheet href='https://evil.example/x.css'?><g/>", "<g/>"},
           {"<g xml:base='https://evil.example/'/>", "<g/>"},
           {"<handler type='text/javascript'>x</handler>", ""},
           {"<script><g onload='x'><script/></g></script><path/>", "<path/>"}}) {
    EXPECT_EQ(cleaned(svg(inner)), svg(expected)) << inner;
  }
}

TEST(Svg, WhatIsTakenAwayIsToldWithItsLine) {
  auto cuts = harmless_svg(svg("\n<g onload='x'/>\n<script/>"));
  ASSERT_TRUE(cuts);
  EXPECT_EQ(cuts->removed,
            (std::vector<std::string>{"the attribute onload in line 2", "<script> in line 3"}));
}

TEST(Svg, WhatCannotBeCutIsRefusedWithItsLine) {
  std::string deep, end;
  for (int i = 0; i < 300; ++i) {
    deep += "<g>";
    end += "</g>";
  }
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "not well-formed in line 1"},
           {"<svg>\n<g></svg>", "not well-formed in line 2"},
           {"<svg/><svg/>", "not well-formed"},
           {"<svg a='1' a='2'/>", "not well-formed"},
           {"<svg>&unknown;</svg>", "not well-formed"},
           {"<html/>", "no <svg>"},
           {"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>\n<!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
            "declarations of its own in line 1"},
           {"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
            "declarations of its own"},
           {"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]><svg/>", "declarations"},
           {"<?xml version='1.0' encoding='ISO-2022-JP'?><svg/>", "encoded as 'ISO-2022-JP'"},
           {std::string("<\0s\0v\0g\0/\0>\0", 12), "not UTF-8"},
           {"<svg>\xff</svg>", "not UTF-8"},
           {svg(deep + end), "more than 200 elements"},
           {svg("<script>" + deep + end + "</script>"), "more than 200 elements"}}) {
    auto cuts = harmless_svg(text);
    ASSERT_FALSE(cuts) << text.substr(0, 100);
    EXPECT_EQ(cuts.error().code, ErrorCode::kInvalidInput);
    EXPECT_THAT(cuts.error().message, HasSubstr(why));
  }
}

}  // namespace
}  // namespace stet::image

#include "cms/schedule_import/clean_text.h"

#include <gtest/gtest.h>

#include <string>

namespace stet::schedule_import {
namespace {

struct Case {
  std::string from, to;
};

TEST(CleanText, MakesMarkdownOfWhatHtmlHasForIt) {
  const Case cases[] = {
      {"<span style=\"x\">Ships</span> <span>and  ropes</span>", "Ships and ropes"},
      {"A <b>bold </b>word and <em>another</em>", "A **bold** word and *another*"},
      {"See <a href='https://example.org/a(b)'>the  map</a>.",
       "See [the map](https://example.org/a%28b%29)."},
      {"one<br>two<p>three</p>four", "one  \ntwo\n\nthree\n\nfour"},
      {"<ul><li>one<li>two<ul><li>deep</ul></ul>end", "- one\n- two\n   - deep\n\nend"},
      {"<ol><li>one</li><li>two</li></ol>", "1. one\n1. two"},
      {"5 * 3 &lt; 16 &amp; a_b|c", "5 \\* 3 \\< 16 & a\\_b\\|c"},
      {"1. first", "1\\. first"},
      {"# no heading", "\\# no heading"},
      {"<script>alert(1)</script>left<style>p{}</style>", "left"},
      {"<a href=\"javascript:alert(1)\">x</a>", "x"},
      {"<a href=\" java&#115;cript:alert(1)\">x</a>", "x"},
      {"<img src=/a.png alt='A [map]'>", "![A map](/a.png)"},
      {"<img src=x onerror=alert(1)>", "![](x)"},
      {"<!-- not this -->this", "this"},
      {"<b></b>empty", "empty"},
      {"<b>never closed", "**never closed**"},
      {"a < b", "a \\< b"},
      {"<b unfinished", "\\<b unfinished"},
  };
  for (const Case& one : cases) EXPECT_EQ(markdown_of_html(one.from, false), one.to) << one.from;
}

TEST(CleanText, LeavesMarkdownAsItIsWhereNothingInItRuns) {
  for (const std::string text : {"A *talk* about [maps](https://example.org/x).",
                                 "Line\n\n- one\n- two  \n  more",
                                 "a < b > c",
                                 "<https://example.org/>",
                                 "H<sub>2</sub>O<br>",
                                 "Caf\u00e9 \u6d77"}) {
    CleanText clean = clean_markdown(text, 1000);
    EXPECT_EQ(clean.markdown, text);
    EXPECT_FALSE(clean.is_converted || clean.is_disarmed || clean.is_cut) << text;
  }
}

TEST(CleanText, TakesTheSpringOutOfWhatWouldRun) {
  const Case cases[] = {
      {"x <img src=x onerror=alert(1)> *y*", "x ![](x) *y*"},
      {"[go](javascript:alert(1))", "[go](unsafe:javascript:alert(1))"},
      {"[go]( JAVA&#x73;CRIPT:alert(1))", "[go]( unsafe:JAVA&#x73;CRIPT:alert(1))"},
      {"[go]: data:text/html,x", "[go]: unsafe:data:text/html,x"},
      {"text\n{: onclick=\"alert(1)\"}", "text\n\\{: onclick=\"alert(1)\"}"},
      {"<svg onload=alert(1)>", ""},
      {"a <iframe src='//x'>hidden</iframe> b", "a  b"},
      {"<a href=\"https://example.org\" onclick=\"x()\">map</a>", "[map](https://example.org)"},
      {"bell\x07 and \xff", "bell and \uFFFD"},
  };
  for (const Case& one : cases)
    EXPECT_EQ(clean_markdown(one.from, 1000).markdown, one.to) << one.from;
}

TEST(CleanText, CutsWhatIsTooLongAtACharacter) {
  CleanText clean = clean_markdown(std::string(99, 'a') + "\u00e9\u00e9", 102);
  EXPECT_TRUE(clean.is_cut);
  EXPECT_LE(clean.markdown.size(), 102u);
  bool is_cut = false;
  EXPECT_EQ(one_line("  a \n b\t", 10, is_cut), "a b");
  EXPECT_FALSE(is_cut);
  EXPECT_EQ(one_line("\u00e9\u00e9\u00e9", 3, is_cut), "\u00e9");
  EXPECT_TRUE(is_cut);
}

TEST(CleanText, KnowsAddressesThatAreProgrammes) {
  for (const char* url :
       {"https://example.org", "/a:b", "mailto:a@example.org", "#x", "page?x=a:b"}) {
    EXPECT_TRUE(is_harmless_url(url)) << url;
  }
  for (const char* url : {"javascript:x",
                          "java\nscript:x",
                          "&#106;avascript:x",
                          "data:text/html,x",
                          "vbscript:x",
                          "file:///etc/passwd"}) {
    EXPECT_FALSE(is_harmless_url(url)) << url;
  }
}

TEST(CleanText, ShowsMarkdownAsPeopleSeeIt) {
  EXPECT_EQ(plain_of_markdown("**Opening** of [the hall](https://example.org) \\*"),
            "Opening of the hall *");
  EXPECT_EQ(plain_of_html("<p>Lunch &amp; <b>tea</b></p>"), "Lunch & tea");
}

}  // namespace
}  // namespace stet::schedule_import

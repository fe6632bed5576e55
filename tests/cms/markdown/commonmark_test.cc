#include "cms/markdown/commonmark.h"

#include <gtest/gtest.h>

#include <string>

namespace stet::markdown {
namespace {

struct Case {
  const char* name;
  CommonmarkOptions options;
  const char* markdown;
  const char* html;
};

const Case kCases[] = {
    {"HTML is left out", {}, "<p>a</p>\n", "<!-- raw HTML omitted -->\n"},
    {"unless it is asked for", {.is_unsafe = true}, "<p>a</p>\n", "<p>a</p>\n"},
    {"quotes", {.is_smart = true}, "\"a\"\n", "<p>“a”</p>\n"},
    {"hard breaks", {.has_hard_breaks = true}, "a\nb\n", "<p>a<br />\nb</p>\n"},
    {"no breaks", {.has_no_breaks = true}, "a\nb\n", "<p>a b</p>\n"},
    {"no ids", {}, "# a\n", "<h1>a</h1>\n"},
    {"GitHub's ids",
     {.has_header_ids = true},
     "# 1 A *b*\n\n# A *b*\n\n# é\n",
     "<h1 id=\"a-embem\">1 A <em>b</em></h1>\n<h1 id=\"a-embem-1\">A <em>b</em></h1>\n"
     "<h1 id=\"section\">é</h1>\n"},
    {"code",
     {},
     "```nothing\na<b\n```\n",
     "<div class=\"language-nothing highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code data-lang=\"nothing\">a&lt;b\n</code></pre></div></div>\n"},
    {"code in no language",
     {},
     "    a\n",
     "<div class=\"highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code>a\n</code></pre></div></div>\n"},
};

TEST(CommonMark, IsWrittenAsJekyllsPluginsWriteIt) {
  for (const Case& one : kCases) {
    Problems problems;
    EXPECT_EQ(render_commonmark(one.markdown, one.options, problems), one.html) << one.name;
    EXPECT_TRUE(problems.empty()) << one.name;
  }
}

TEST(CommonMark, ExtensionsThatAreNotReadAreNamed) {
  Problems problems;
  render_commonmark("a\n", {.unread_extensions = "table"}, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].message.find("table"), std::string::npos);
}

}  // namespace
}  // namespace stet::markdown

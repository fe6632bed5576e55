#include "cms/markdown/commonmark.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "cms/markdown/commonmark_options.h"

namespace stet::markdown {
namespace {

struct Case {
  const char* name;
  CommonmarkOptions options;
  const char* markdown;
  const char* html;
};

const Case kCases[] = {
    {"HTML is left out",
     {},
     "<p>a</p>\n\nb <i>c</i>\n",
     "<!-- raw HTML omitted -->\n<p>b <!-- raw HTML omitted -->c<!-- raw HTML omitted --></p>\n"},
    {"unless it is asked for", {.is_unsafe = true}, "<p>a</p>\n", "<p>a</p>\n"},
    {"quotes", {.is_smart = true}, "\"a\"\n", "<p>“a”</p>\n"},
    {"hard breaks", {.has_hard_breaks = true}, "a\nb\n", "<p>a<br />\nb</p>\n"},
    {"no breaks", {.has_no_breaks = true}, "a\nb\n", "<p>a b</p>\n"},
    {"no ids", {}, "# a\n", "<h1>a</h1>\n"},
    {"GitHub's ids",
     {.is_of_github_pages = true},
     "# 1 A *b*\n\n# A *b*\n\n# é\n",
     "<h1 id=\"a-embem\">1 A <em>b</em></h1>\n<h1 id=\"a-embem-1\">A <em>b</em></h1>\n"
     "<h1 id=\"section\">é</h1>\n"},
    {"GitHub's ids of headers in several lines",
     {.is_of_github_pages = true},
     "a\n1 b\n===\n",
     "<h1 id=\"ab\">a\n1 b</h1>\n"},
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
    {"code that tells its language",
     {},
     "    #!/bin/sh\n    cd \"$a\"\n",
     "<div class=\"highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code><span class=\"c\">#!/bin/sh</span>\n<span class=\"nb\">cd</span> "
     "<span class=\"s2\">\"</span><span class=\"nv\">$a</span><span class=\"s2\">\"</span>\n"
     "</code></pre></div></div>\n"},
    {"code, its language at <pre>",
     {.has_pre_language = true},
     "``` a&b c\n```\n",
     "<div class=\"language-a&amp;b highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\" data-lang=\"a&amp;b\"><code></code></pre></div></div>\n"},
    {"GitHub's code",
     {.is_of_github_pages = true},
     "```yaml,x\na: 1\n```\n",
     "<div class=\"language-yaml highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code><span class=\"na\">a</span><span class=\"pi\">:</span> <span "
     "class=\"m\">1</span>\n</code></pre></div></div>\n"},
    {"GitHub's code in an unknown language, and in none, on no lines of its own",
     {.is_of_github_pages = true},
     "```x y\n\"\n```\n\n    #!/bin/sh\n",
     "<pre><code class=\"language-x\">&quot;\n</code></pre><pre><code>#!/bin/sh\n</code></pre>"},
    {"GitHub's code in an unknown language, named at <pre>",
     {.is_of_github_pages = true, .has_pre_language = true},
     "```x\na\n```\n",
     "<pre lang=\"x\"><code>a\n</code></pre>"},
    {"lists that start elsewhere, tight and loose",
     {},
     "3. a\n4. b\n   > c\n\n- d\n\n  - e\n",
     "<ol start=\"3\">\n<li>a</li>\n<li>b\n<blockquote>\n<p>c</p>\n</blockquote>\n</li>\n</ol>\n"
     "<ul>\n<li>\n<p>d</p>\n<ul>\n<li>e</li>\n</ul>\n</li>\n</ul>\n"},
    {"pictures, whose text is text",
     {},
     "![a *b* `c` ![d](e)\nf](<g h> \"i\")\n",
     "<p><img src=\"g%20h\" alt=\"a b  d\nf\" title=\"i\" /></p>\n"},
    {"addresses, wherever they lead",
     {},
     "[a](javascript:x&'[é] \"b\")\n",
     "<p><a href=\"javascript:x&amp;&#x27;%5B%C3%A9%5D\" title=\"b\">a</a></p>\n"},
    {"breaks, rules, entities",
     {},
     "a  \nb&amp;\"\n\n***\n",
     "<p>a<br />\nb&amp;&quot;</p>\n<hr />\n"},
    {"positions",
     {.has_positions = true},
     "# a\n\n- b\n",
     "<h1 data-sourcepos=\"1:1-1:3\">a</h1>\n<ul data-sourcepos=\"3:1-3:3\">\n"
     "<li data-sourcepos=\"3:1-3:3\">b</li>\n</ul>\n"},
    {"no tables unless asked for", {}, "|a|\n|-|\n", "<p>|a|\n|-|</p>\n"},
    {"tables",
     {.has_tables = true},
     "|a|b|c|d|\n|:-|-:|:-:|-|\n|1|2|\n",
     "<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th align=\"right\">b</th>\n<th "
     "align=\"center\">c</th>\n<th>d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td "
     "align=\"left\">1</td>\n<td align=\"right\">2</td>\n<td align=\"center\"></td>\n<td></td>\n"
     "</tr>\n</tbody>\n</table>\n"},
    {"a table without rows",
     {.has_tables = true},
     "|a|\n|-|\n",
     "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n"},
    {"what is struck out",
     {.has_strikethrough = true},
     "~a~ ~~b~~\n",
     "<p><del>a</del> <del>b</del></p>\n"},
    {"what is struck out by two alone",
     {.has_double_tildes = true, .has_strikethrough = true},
     "~a~ ~~b~~\n",
     "<p>~a~ <del>b</del></p>\n"},
    {"bare links",
     {.has_autolinks = true},
     "www.a.de, a@b.de, https://c.de/d_e.\n",
     "<p><a href=\"http://www.a.de\">www.a.de</a>, <a href=\"mailto:a@b.de\">a@b.de</a>, <a "
     "href=\"https://c.de/d_e\">https://c.de/d_e</a>.</p>\n"},
    {"tags that are text",
     {.is_unsafe = true, .has_tag_filter = true},
     "<STYLE>a</style>\n\nb <title/> <titles>\n",
     "&lt;STYLE>a</style>\n<p>b &lt;title/> <titles></p>\n"},
    {"tasks",
     {.has_tasks = true},
     "- [ ] a\n- [x] b\n- c\n",
     "<ul>\n<li><input type=\"checkbox\" disabled=\"\" /> a</li>\n<li><input type=\"checkbox\" "
     "checked=\"\" disabled=\"\" /> b</li>\n<li>c</li>\n</ul>\n"},
    {"footnotes",
     {.has_footnotes = true},
     "a[^x] b[^y]\n\n[^y]: c\n\n    - d\n\n[^x]: e[^y]\n[^z]: f\n",
     "<p>a<sup class=\"footnote-ref\"><a href=\"#fn1\" id=\"fnref1\">1</a></sup> b<sup "
     "class=\"footnote-ref\"><a href=\"#fn2\" id=\"fnref2\">2</a></sup></p>\n<section "
     "class=\"footnotes\">\n<ol>\n<li id=\"fn1\">\n<p>e<sup class=\"footnote-ref\"><a "
     "href=\"#fn2\" id=\"fnref2\">2</a></sup> <a href=\"#fnref1\" "
     "class=\"footnote-backref\">↩</a></p>\n</li>\n<li id=\"fn2\">\n<p>c</p>\n<ul>\n<li>d</li>\n"
     "</ul>\n<a href=\"#fnref2\" class=\"footnote-backref\">↩</a>\n</li>\n</ol>\n</section>\n"},
    {"lines of {% highlight %}",
     {.is_of_github_pages = true, .is_unsafe = true},
     "<figure>a<br data-jekyll-commonmark-ghpages><br data-jekyll-commonmark-ghpages>b</figure>\n",
     "<figure>a\n\nb</figure>\n"},
};

TEST(CommonMark, IsWrittenAsJekyllsPluginsWriteIt) {
  for (const Case& one : kCases) {
    Problems problems;
    EXPECT_EQ(render_commonmark(one.markdown, one.options, problems), one.html) << one.name;
    EXPECT_TRUE(problems.empty()) << one.name;
  }
}

TEST(CommonMark, LinesOfCodePassThroughMarkdownAsOne) {
  EXPECT_EQ(with_line_marks("a\n\r\nb"),
            "a<br data-jekyll-commonmark-ghpages><br data-jekyll-commonmark-ghpages>b");
}

TEST(CommonMark, TextsInManyThreadsDoNotDisturbEachOther) {
  const std::string source(3000, '~');
  const std::string markdown = "~~a~~ www.b.de " + source + "\n\n~~c~~\n";
  CommonmarkOptions wide;
  wide.has_strikethrough = wide.has_autolinks = true;
  Problems problems;
  const std::string with = render_commonmark(markdown, wide, problems);
  const std::string without = render_commonmark(markdown, {}, problems);
  std::vector<std::thread> threads;
  std::atomic<int> differing = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      Problems own;
      for (int turn = 0; turn < 100; ++turn) {
        const bool is_wide = (i + turn) % 2 == 0;
        const std::string html =
            render_commonmark(markdown, is_wide ? wide : CommonmarkOptions(), own);
        if (html != (is_wide ? with : without)) ++differing;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(differing, 0);
}

TEST(CommonMark, EveryWordOfItsPluginsIsKnown) {
  CommonmarkOptions options;
  for (const char* name : {"DEFAULT", "UNSAFE", "SMART", "FOOTNOTES", "SOURCEPOS"}) {
    EXPECT_TRUE(set_commonmark_option(options, name)) << name;
  }
  EXPECT_TRUE(options.is_unsafe && options.is_smart && options.has_footnotes &&
              options.has_positions);
  EXPECT_FALSE(set_commonmark_option(options, "unsafe"));
  EXPECT_TRUE(set_commonmark_extension(options, "tagfilter"));
  EXPECT_TRUE(options.has_tag_filter);
  EXPECT_FALSE(set_commonmark_extension(options, "Table"));
}

}  // namespace
}  // namespace stet::markdown

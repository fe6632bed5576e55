#include "cms/markdown/kramdown_options.h"

#include <gtest/gtest.h>

#include <string>

namespace stet::markdown {
namespace {

struct Case {
  const char* name;
  const char* value;
  const char* markdown;
  const char* html;
};

const Case kCases[] = {
    {"auto_ids", "false", "# a\n", "<h1>a</h1>\n"},
    {"auto_id_prefix", "x-", "# a\n", "<h1 id=\"x-a\">a</h1>\n"},
    {"header_offset", "2", "# a\n", "<h3 id=\"a\">a</h3>\n"},
    {"header_offset", "-1", "# a\n", "<h1 id=\"a\">a</h1>\n"},
    {"hard_wrap", "true", "a\nb\n", "<p>a<br />\nb</p>\n"},
    {"gfm_quirks", "no_auto_typographic", "a -- b\n", "<p>a -- b</p>\n"},
    {"gfm_quirks", "", "a\n* b\n", "<p>a\n* b</p>\n"},
    {"smart_quotes", "apos,apos,quot,quot", "'a' \"b\"\n", "<p>'a' \"b\"</p>\n"},
    {"smart_quotes", "39,39,171,187", "\"b\"\n", "<p>«b»</p>\n"},
    {"parse_block_html", "true", "<div>\n*a*\n</div>\n", "<div>\n  <p><em>a</em></p>\n</div>\n"},
    {"parse_span_html", "false", "<b>*a*</b>\n", "<p><b>*a*</b></p>\n"},
    {"math_engine", "nil", "$$a$$ b\n", "<p><span class=\"kdmath\">$a$</span> b</p>\n"},
    {"syntax_highlighter", ":none", "`a`\n", "<p><code>a</code></p>\n"},
    {"toc_levels",
     "2,3",
     "* x\n{:toc}\n\n# a\n\n## b\n",
     "<ul id=\"markdown-toc\">\n  <li><a href=\"#b\" "
     "id=\"markdown-toc-b\">b</a></li>\n</ul>\n\n<h1 "
     "id=\"a\">a</h1>\n\n<h2 id=\"b\">b</h2>\n"},
    {"footnote_nr",
     "5",
     "a[^1]\n\n[^1]: b\n",
     "<p>a<sup id=\"fnref:1\" role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" "
     "rel=\"footnote\">5</a></sup></p>\n\n<div class=\"footnotes\" role=\"doc-endnotes\">\n  <ol "
     "start=\"5\">\n    <li id=\"fn:1\" role=\"doc-endnote\">\n      <p>b\u00a0<a "
     "href=\"#fnref:1\" class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a></p>\n    "
     "</li>\n  </ol>\n</div>\n"},
    {"footnote_backlink",
     "",
     "a[^1]\n\n[^1]: b\n",
     "<p>a<sup id=\"fnref:1\" role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" "
     "rel=\"footnote\">1</a></sup></p>\n\n<div class=\"footnotes\" role=\"doc-endnotes\">\n  "
     "<ol>\n    <li id=\"fn:1\" role=\"doc-endnote\">\n      <p>b</p>\n    </li>\n  </ol>\n"
     "</div>\n"},
};

TEST(KramdownOptions, ChangeWhatIsWritten) {
  for (const Case& one : kCases) {
    Options options;
    EXPECT_EQ(set_option(options, one.name, one.value), OptionFate::kSet) << one.name;
    EXPECT_EQ(render(one.markdown, options).html, one.html) << one.name << " " << one.value;
  }
}

TEST(KramdownOptions, ThatCannotBeAreIgnored) {
  const struct {
    const char* name;
    const char* value;
    OptionFate fate;
  } cases[] = {
      {"toc_levels", "7", OptionFate::kIgnored},
      {"toc_levels", "x..y", OptionFate::kIgnored},
      {"smart_quotes", "lsquo", OptionFate::kIgnored},
      {"smart_quotes", "no,such,name,there", OptionFate::kIgnored},
      {"footnote_nr", "one", OptionFate::kIgnored},
      {"entity_output", "as_music", OptionFate::kIgnored},
      {"line_width", "80", OptionFate::kIgnored},
      {"colour", "red", OptionFate::kUnknown},
  };
  for (const auto& one : cases) {
    Options options;
    EXPECT_EQ(set_option(options, one.name, one.value), one.fate) << one.name;
    EXPECT_EQ(render("\"a\" # b\n", options).html, render("\"a\" # b\n", Options()).html);
  }
}

}  // namespace
}  // namespace stet::markdown

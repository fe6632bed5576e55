#include <gtest/gtest.h>

#include "cms/markdown/render.h"

namespace stet::markdown {
namespace {

TEST(Smartify, SetsQuotesDashesAndEllipsesAndLeavesMarkupAlone) {
  const struct {
    const char* text;
    const char* html;
  } cases[] = {
      {"", ""},
      {"\"a\" -- 'b'...", "“a” – ‘b’…"},
      {"it's <a href=\"b\">\"c\"</a>", "it’s <a href=\"b\">“c”</a>"},
      {"a & b &amp; <", "a &amp; b &amp; &lt;"},
      {"c <!-- \"a\" --> \"b\"", "c <!-- \"a\" --> “b”"},
      {"*a* `\"b\"` [c](d) \\\"e\\\"", "*a* `”b”` [c](d) \\“e\\”"},
      {"<b>\"a\"</b> &copy; &nosuch; << a >>", "<b>“a”</b> © &amp;nosuch; «\u00a0a\u00a0»"},
      {"\"a\"\n\n\"b\"\n", "“a”\n\n“b”"},
      {"<p>\"a\"</p>\n\"b\"", "<p>\"a\"</p>\n“b”"},
      {"a <p>b</p>", "a &lt;p&gt;b&lt;/p&gt;"},
      {"~~a~~  \nb[^c]", "~~a~~  \nb[^c]"},
  };
  for (const auto& one : cases) EXPECT_EQ(smartify(one.text), one.html) << one.text;
}

TEST(Smartify, SetsTheMarksOfTheSite) {
  Options options;
  options.smart_quote_marks = {"‚", "‘", "„", "“"};
  options.hard_wrap = true;
  EXPECT_EQ(smartify("\"a\"\n'b'", options), "„a“\n‚b‘");
}

}  // namespace
}  // namespace stet::markdown

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
      {"<!-- \"a\" --> \"b\"", "<!-- \"a\" --> “b”"},
      {"*a*", "*a*"},
  };
  for (const auto& one : cases) EXPECT_EQ(smartify(one.text), one.html) << one.text;
}

TEST(Code, IsEscapedForItsElement) {
  EXPECT_EQ(escape_code("a < b && \"c\" > 'd'"), "a &lt; b &amp;&amp; \"c\" &gt; 'd'");
}

}  // namespace
}  // namespace stet::markdown

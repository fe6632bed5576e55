#include "api/docs/prose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Prose, ExamplesAreShownWithWhatTheyAreForAndHowTheyEnd) {
  std::string html = prose_html(
      "One *word*.\n\n```example 201 a `post` & more\ncurl \"$STET/a?b&c\" \\\n  -X POST\n```\n\n"
      "```example ok by git\ngit push\n```\nEnd.\n");
  EXPECT_THAT(html, HasSubstr("<p>One <em>word</em>.</p>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"title\">a <code>post</code> &amp; more</span>"));
  EXPECT_THAT(html, HasSubstr("answers <span class=\"status\">201</span>"));
  EXPECT_THAT(html, HasSubstr("<code>curl &quot;$STET/a?b&amp;c&quot; \\\n  -X POST</code>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"status\">ends well</span>"));
  EXPECT_THAT(html, HasSubstr("<p>End.</p>"));
}

TEST(Prose, OtherCodeIsNoExample) {
  std::string html = prose_html("```sh\nstet serve\n```\n");
  EXPECT_THAT(html, HasSubstr("<pre tabindex=\"0\"><code>stet serve</code></pre>"));
  EXPECT_THAT(html, Not(HasSubstr("example")));
}

TEST(Prose, WideTablesMoveWithinTheirFrame) {
  std::string html = prose_html("| a | b |\n| --- | --- |\n| 1 | 2 |\n");
  EXPECT_THAT(html, HasSubstr("<div class=\"wide\""));
  EXPECT_THAT(html, HasSubstr("</table></div>"));
}

TEST(Prose, AFenceThatIsNotClosedIsText) {
  EXPECT_THAT(prose_html("A.\n\n```example 200 x\ncurl\n"), Not(HasSubstr("figure")));
}

TEST(Prose, TheChangelogIsThere) {
  EXPECT_THAT(changelog_html(), HasSubstr("Added"));
  EXPECT_EQ(text_of("nosuch"), "");
}

}  // namespace
}  // namespace stet::docs

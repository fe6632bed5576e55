// Sources that bring down readers which recurse, or look back: each must come to an end, within the
// time that a test has, and within the stack of a thread.
#include <gtest/gtest.h>

#include <string>

#include "cms/markdown/render.h"

namespace stet::markdown {
namespace {

constexpr int kTimes = 20'000;

std::string repeated(const std::string& text, int times = kTimes) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

const Options kCommonMark = {.is_kramdown = false,
                             .commonmark = {.is_of_github_pages = true,
                                            .is_unsafe = true,
                                            .is_smart = true,
                                            .has_footnotes = true,
                                            .has_liberal_tags = true,
                                            .has_tables = true,
                                            .has_strikethrough = true,
                                            .has_autolinks = true,
                                            .has_tag_filter = true,
                                            .has_tasks = true}};

TEST(HostileMarkdown, ComesToAnEnd) {
  const std::string sources[] = {
      repeated("> "),
      repeated("- "),
      repeated("*a _b "),
      repeated("["),
      repeated("[a]("),
      repeated("`a"),
      repeated("<div>\n"),
      repeated("<div markdown=\"1\">\n"),
      repeated("<section><div markdown=\"1\">\n"),
      repeated("{:.a}\n"),
      "a\n{:" + repeated(".a") + "}\n",
      "a\n{:" + repeated(" a='b'") + "}\n",
      repeated("|") + "\n" + repeated("|a\n"),
      repeated("|`a\n"),
      repeated("|a|\n\n"),
      repeated("~~a *~~"),
      repeated("\"'"),
      repeated("<a "),
      repeated("<"),
      repeated("{::comment}\n"),
      repeated("{::comment}a{:/comment}"),
      repeated("{::comment}{:/x}\n"),
      repeated("***a*** "),
      repeated("# a\n") + "* x\n{:toc}\n",
      repeated("[a]: b\n") + repeated("<div markdown=\"1\">[a]</div>\n\n", 1000),
      repeated("\\\""),
      repeated("&quot;"),
      std::string(kTimes, '\0'),
      repeated("\xEF\xB7\x90\xEF\xB7"),
      repeated(">", 1'000'000),
      repeated("*", 1'000'000),
      repeated("<div>", 200'000),
      repeated("[", 1'000'000),
      repeated("`````\n"),
      "```\n" + repeated("````\n"),
      repeated("-\n"),
      repeated("a\n: b\n"),
      repeated("\n\n<!-- "),
      repeated("$$ a\n\n"),
      repeated("[a]: <\n"),
      repeated("[^a]: x\n\n"),
      repeated("{:\n"),
      repeated("{:\n") + "}x",
      repeated("<p>a\n\n"),
      repeated("1. "),
      repeated("<script>\n\n"),
      repeated("<a b='"),
      repeated("x[^a]\n\n") + "[^a]: b[^a]\n",
      repeated("<!--\xEF\xB7\xA1"
               "1-->"),
  };
  for (const std::string& source : sources) {
    const Html result = render(source, Options());
    EXPECT_LT(result.html.size(), 400 * source.size() + 1000) << source.substr(0, 40);
    EXPECT_FALSE(smartify(source).empty());
    const Html common = render(source, kCommonMark);
    EXPECT_LT(common.html.size(), 400 * source.size() + 1000) << source.substr(0, 40);
  }
}

}  // namespace
}  // namespace stet::markdown

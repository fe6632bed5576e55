#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "cms/markdown/render.h"

namespace stet::markdown {
namespace {

struct CodeCase {
  std::string_view source;
  std::string_view html;
};

TEST(MarkdownCode, IsHighlightedInItsLanguage) {
  constexpr CodeCase kCases[] = {
      {"```ruby\nputs 1 < a\n```\n",
       "<div class=\"language-ruby highlighter-rouge\"><div class=\"highlight\">"
       "<pre class=\"highlight\"><code><span class=\"nb\">puts</span> <span class=\"mi\">1</span> "
       "<span class=\"o\">&lt;</span> <span class=\"n\">a</span>\n</code></pre></div></div>\n"},
      {"    x: 1\n{: .language-yaml}\n",
       "<div class=\"language-yaml highlighter-rouge\"><div class=\"highlight\">"
       "<pre class=\"highlight\"><code><span class=\"na\">x</span><span class=\"pi\">:</span> "
       "<span class=\"m\">1</span>\n</code></pre></div></div>\n"},
      {"`[1]`{:.language-json}\n",
       "<p><code class=\"language-json highlighter-rouge\"><span class=\"p\">[</span>"
       "<span class=\"mi\">1</span><span class=\"p\">]</span></code></p>\n"},
  };
  for (const auto& [source, html] : kCases) EXPECT_EQ(render(source, {}).html, html) << source;
}

TEST(MarkdownCode, IsTextWithoutALanguageALexerOrAHighlighter) {
  constexpr std::string_view kWrapper = "<div class=\"highlight\"><pre class=\"highlight\"><code>";
  for (const std::string_view language : {"", "plaintext", "abap"}) {
    const std::string source = "```" + std::string(language) + "\nputs 1\n```\n";
    const std::string html = render(source, {}).html;
    EXPECT_NE(html.find(std::string(kWrapper) + "puts 1\n</code>"), html.npos) << html;
  }
  EXPECT_EQ(render("```ruby\nputs 1\n```\n", {.has_highlighter = false}).html,
            "<pre><code class=\"language-ruby\">puts 1\n</code></pre>\n");
}

TEST(MarkdownCode, StandsInATableWithItsLinesNumbered) {
  Options options;
  options.block_format.has_line_numbers = true;
  options.block_format.first_line = 9;
  options.block_format.frame_class = "code";
  EXPECT_EQ(render("```\na\n\nb\n```\n\n`c`\n", options).html,
            "<div class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\">"
            "<pre class=\"code\"><code><table class=\"rouge-table\"><tbody><tr>"
            "<td class=\"rouge-gutter gl\"><pre class=\"lineno\">9\n10\n11\n</pre></td>"
            "<td class=\"rouge-code\"><pre>a\n\nb\n</pre></td></tr></tbody></table>"
            "</code></pre></div></div>\n\n"
            "<p><code class=\"language-plaintext highlighter-rouge\">c</code></p>\n");
  options = {};
  options.block_format.has_frame = false;
  options.span_format.has_line_numbers = true;
  EXPECT_EQ(render("```\na\n```\n\n`c`\n", options).html,
            "<div class=\"language-plaintext highlighter-rouge\">a\n</div>\n\n"
            "<p><code class=\"language-plaintext highlighter-rouge\">"
            "<table class=\"rouge-table\"><tbody><tr><td class=\"rouge-gutter gl\">"
            "<pre class=\"lineno\">1\n</pre></td><td class=\"rouge-code\"><pre>c\n</pre></td></tr>"
            "</tbody></table></code></p>\n");
}

}  // namespace
}  // namespace stet::markdown

// What is left of Markdown, HTML and Liquid for a search.

#include "cms/search/plain_text.h"

#include <gtest/gtest.h>

#include "storage/base/utf8.h"

namespace stet::search {
namespace {

struct Row {
  const char *source, *text;
};

TEST(PlainText, LeavesOutMarkdownsMarks) {
  for (const Row& row :
       {Row{"Some *emphasis* and **more**, `code`.", "Some emphasis and more, code."},
        Row{"A [link](https://example.org/x) here", "A link here"},
        Row{"![A picture](/a.png \"t\") after", "A picture after"},
        Row{"See [that][1].\n\n[1]: https://example.org", "See that."},
        Row{"- one\n- two\n  1. three", "one two three"},
        Row{"> quoted\n> more", "quoted more"},
        Row{"snake_case stays, _this_ goes", "snake_case stays, this goes"},
        Row{"a \\* b", "a * b"},
        Row{"| a | b |\n|---|---|\n| c | d |", "a b c d"},
        Row{"text\n{: .class #id}\nmore", "text more"},
        Row{"word[^1]\n\n[^1]: note", "word : note"},
        Row{"***\n---\ntext", "text"},
        Row{"```cpp\n#include <vector>\nint *p;\n```\nafter", "#include <vector> int *p; after"},
        Row{"5 &lt; 6 &amp; 7 &#65;&#x42; &nbsp; &bogus;", "5 < 6 & 7 AB &bogus;"}}) {
    EXPECT_EQ(plain_text_of(row.source, Markup::kMarkdown).text, row.text) << row.source;
  }
}

TEST(PlainText, LeavesOutTagsCommentsAndScripts) {
  for (const Row& row : {Row{"<p>One</p><p>Two <b>th</b>ree</p>", "One Two three"},
                         Row{"<!-- hidden\nfor long --> shown", "shown"},
                         Row{"<script>var x = '<p>no</p>';</script>yes", "yes"},
                         Row{"<STYLE>p { }\nq { }</STYLE>yes", "yes"},
                         Row{"<a href=\"x\"\n title=\"y\">link</a>", "link"},
                         Row{"a < b and <3", "a < b and <3"},
                         Row{"<!DOCTYPE html><title>T</title>", "T"},
                         Row{"unclosed <!-- away", "unclosed"}}) {
    EXPECT_EQ(plain_text_of(row.source, Markup::kHtml).text, row.text) << row.source;
  }
}

TEST(PlainText, LeavesOutLiquid) {
  for (const Row& row : {Row{"a {{ page.title }} b {% if x %}c{% endif %}", "a b c"},
                         Row{"{% comment %}secret{% endcomment %}open", "open"},
                         Row{"{%- comment -%}secret{%- endcomment -%}open", "open"},
                         Row{"{% raw %}{{ shown }}{% endraw %}", "{{ shown }}"},
                         Row{"{% highlight ruby %}puts{% endhighlight %}", "puts"},
                         Row{"an open {{ stays", "an open {{ stays"},
                         Row{"an open {% comment %} is blank", "an open is blank"}}) {
    EXPECT_EQ(plain_text_of(row.source, Markup::kHtml).text, row.text) << row.source;
  }
}

TEST(PlainText, KnowsHeadings) {
  EXPECT_EQ(plain_text_of("# One #\ntext\n\nTwo\n===\n\nThree\n---\nx", Markup::kMarkdown).headings,
            "One\nTwo\nThree");
  EXPECT_EQ(
      plain_text_of("<h2 id=a>One <i>more</i></h2><p>x</p><h7>no</h7>", Markup::kHtml).headings,
      "One more");
  EXPECT_EQ(plain_text_of("```\n# no heading\n```", Markup::kMarkdown).headings, "");
}

TEST(PlainText, IsWellFormedWhateverCame) {
  std::string bad = "a\xff\xfe b\x01\x00 c\xed\xa0\x80";
  for (Markup markup : {Markup::kMarkdown, Markup::kHtml, Markup::kNone}) {
    EXPECT_TRUE(is_utf8(plain_text_of(bad, markup).text));
  }
  EXPECT_EQ(as_line("a \n\t b\x7f"), "a b");
}

TEST(PlainText, IsBoundedAndQuickForHostileSources) {
  for (std::string piece : {"](",
                            "[^",
                            "{:",
                            "{%",
                            "{{",
                            "<a ",
                            "<script></s",
                            "&",
                            "`",
                            "*",
                            "{% comment %}",
                            "{% raw %}{%",
                            "<!--",
                            "\\"}) {
    std::string source;
    while (source.size() < (std::size_t{1} << 20)) source += piece;
    PlainText plain = plain_text_of(source, Markup::kMarkdown);
    EXPECT_LE(plain.text.size(), kTextBytesMax + 4) << piece;
  }
}

}  // namespace
}  // namespace stet::search

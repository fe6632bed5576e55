#include "cms/change/link_scan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stet::change {
namespace {

std::vector<std::string> names(std::string_view text) {
  std::vector<std::string> names;
  for (const LinkSpan& span : find_links(text)) {
    static constexpr const char* kKinds[] = {"", "link ", "post_url ", "filtered "};
    names.push_back(kKinds[static_cast<int>(span.kind)] +
                    std::string(text.substr(span.begin, span.end - span.begin)));
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(LinkScan, FindsEveryFormOfALink) {
  struct Row {
    const char* text;
    Names names;
  };
  for (const Row& row : {
           Row{"[a](b.md) and ![c](d.png \"t\")", {"b.md", "d.png"}},
           Row{"[a](<b c.md>)", {"b c.md"}},
           Row{"[a](/x_(y)/)", {"/x_(y)/"}},
           Row{"[a]: ../b.md#c \"t\"\n[d]: /e/", {"../b.md#c", "/e/"}},
           Row{"[^1]: a note", {}},
           Row{"<a class=\"x\" href=\"/a/\">b</a><img src='/c.png'>", {"/a/", "/c.png"}},
           Row{"<a href=/a/>b</a>", {"/a/"}},
           Row{"<http://example.org/a/>", {"http://example.org/a/"}},
           Row{"{% link _posts/a.md %}", {"link _posts/a.md"}},
           Row{"{%- post_url 2020-01-01-a -%}", {"post_url 2020-01-01-a"}},
           Row{"[a]({% post_url 2020-01-01-a %})", {"post_url 2020-01-01-a"}},
           Row{"[a]({% link a.md %}#b)", {"link a.md"}},
           Row{"[a]({{ site.baseurl }}/a/)", {"{{ site.baseurl }}/a/"}},
           Row{"[a]({{ '/a/' | relative_url }})", {"filtered /a/"}},
           Row{"{{ \"/a/\" | prepend: x | absolute_url }}", {"filtered /a/"}},
           Row{"{{ page.x | append: '/a/' | relative_url }}", {}},
           Row{"{{ '/a/' }}", {}},
       }) {
    EXPECT_EQ(names(row.text), row.names) << row.text;
  }
}

TEST(LinkScan, PassesOverCodeButNotOverTagsInIt) {
  struct Row {
    const char* text;
    Names names;
  };
  for (const Row& row : {
           Row{"`[a](b)` [c](d)", {"d"}},
           Row{"``[a](`b)`` [c](d)", {"d"}},
           Row{"one ` tick [a](b)", {"b"}},
           Row{"```\n[a](b)\n```\n[c](d)", {"d"}},
           Row{"~~~~ md\n[a](b)\n~~~\n[x](y)\n~~~~\n[c](d)", {"d"}},
           Row{"```\n{% link a.md %}\n```\n", {"link a.md"}},
           Row{"{% raw %}[a](b){% link a.md %}{% endraw %}[c](d)", {"d"}},
           Row{"{% comment %}{% link a.md %}{%- endcomment -%}[c](d)", {"d"}},
           Row{"<!-- [a](b) -->[c](d)", {"d"}},
           Row{"<!-- [a](b) {% link a.md %}\n[x]: y\n-->[c](d)", {"link a.md", "d"}},
           Row{"`[a](b) {% link a.md %}` [c](d)", {"link a.md", "d"}},
           Row{"{% highlight md %}\n[a](b)\n[x]: y\n{% link a.md %}\n{% endhighlight %}\n[c](d)",
               {"link a.md", "d"}},
           Row{"- x\n\n      ```\n      [a](b)\n\n      [a](b)\n      ```\n\n[c](d)", {"d"}},
           Row{"```[a](b)``` [c](d)\n\n[e](f)", {"d", "f"}},
           Row{"```\n``` md\n[a](b)\n```\n[c](d)", {"d"}},
           Row{"~~~ a`b\n[a](b)\n~~~\n[c](d)", {"d"}},
       }) {
    EXPECT_EQ(names(row.text), row.names) << row.text;
  }
}

TEST(LinkScan, EndsWhateverTheText) {
  for (const char* text : {"[",
                           "](",
                           "[a](",
                           "[a](<",
                           "{%",
                           "{{",
                           "{% raw %}",
                           "<a href=\"",
                           "<",
                           "[a]: ",
                           "[a]:",
                           "`",
                           "```",
                           "<!--",
                           "{% link %}",
                           "{% link",
                           "<a"}) {
    EXPECT_TRUE(names(text).empty()) << text;
  }
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "](<{%`[";
  find_links(many);
}

}  // namespace
}  // namespace stet::change

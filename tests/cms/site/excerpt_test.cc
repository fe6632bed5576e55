// What Debian's jekyll takes for the excerpt of the same bodies.
#include "cms/site/excerpt.h"

#include <gtest/gtest.h>

namespace stet::site {
namespace {

TEST(Excerpt, IsWhatComesBeforeTheSeparator) {
  struct {
    std::string body, out;
  } cases[] = {
      {"a--b", "a"},
      {"a", "a"},
      {"a--", "a"},
      {"--b", ""},
      {"", ""},
      {"a--b--c", "a"},
      {"{% if x %}a--b{% endif %}", "{% if x %}a\n{% endif %}"},
      {"{%- if x -%}a--b{% endif %}", "{%- if x -%}a\n{% endif %}"},
      {"{% if x %}a{% endif %}--b", "{% if x %}a{% endif %}"},
      {"{% for i in a %}{% if i %}a--b", "{% for i in a %}{% if i %}a\n{% endif %}\n{% endfor %}"},
      {"{% raw %}a--b{% endraw %}", "{% raw %}a\n{% endraw %}"},
      {"{% highlight ruby %}a--b", "{% highlight ruby %}a\n{% endhighlight %}"},
      {"{% include x %}a--b", "{% include x %}a"},
      {"{% assign x = 1 %}a--b", "{% assign x = 1 %}a"},
      {"[x] [Y z][1]--\n[x]: /u\n   [1]: /v \"t\"\n[no]: /n\n",
       "[x] [Y z][1]\n\n[x]: /u\n[1]: /v \"t\""},
      {"[x]--\n    [x]: /code\n", "[x]"},
      {"[x]--\n[x]:\n", "[x]"},
  };
  for (const auto& c : cases) EXPECT_EQ(excerpt_of(c.body, "--"), c.out) << c.body;
  EXPECT_EQ(excerpt_of("one\n\ntwo", "\n\n"), "one");
}

}  // namespace
}  // namespace stet::site

#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(HighlightTag, WrapsTheCodeAsJekyllDoes) {
  check(
      {{"{% highlight ruby %}\nputs 1\n{% endhighlight %}",
        "<figure class=\"highlight\"><pre><code class=\"language-ruby\" data-lang=\"ruby\"><i>puts "
        "1</i></code></pre></figure>"},
       {"{% highlight C++ %}x{% endhighlight %}",
        "<figure class=\"highlight\"><pre><code class=\"language-c--\" data-lang=\"c++\"><i>x</i>"
        "</code></pre></figure>"}});
}

TEST(HighlightTag, NumbersLinesWhereAsked) {
  check({{"{% highlight c linenos %}a\nb{% endhighlight %}",
          "<figure class=\"highlight\"><pre><code class=\"language-c\" data-lang=\"c\"><table "
          "class=\"rouge-table\"><tbody><tr><td class=\"gutter gl\"><pre "
          "class=\"lineno\">1\n2\n</pre>"
          "</td><td class=\"code\"><pre><i>a\nb</i>\n</pre></td></tr></tbody></table></code></pre>"
          "</figure>"}});
}

TEST(HighlightTag, StandsBetweenWhatTheSitePutsAroundIt) {
  check({{"{% highlight c %}x{% endhighlight %}",
          "<<figure class=\"highlight\"><pre><code class=\"language-c\" data-lang=\"c\"><i>x</i>"
          "</code></pre></figure>>"}},
        {{"highlighter_prefix", text("<")}, {"highlighter_suffix", text(">")}});
}

TEST(HighlightTag, RefusesToHaveNoLanguage) {
  check_refusals({{"{% highlight %}x{% endhighlight %}", "Syntax Error in tag 'highlight'"},
                  {"{% highlight c = %}x{% endhighlight %}", "Syntax Error in tag 'highlight'"}});
}

}  // namespace
}  // namespace stet::liquid

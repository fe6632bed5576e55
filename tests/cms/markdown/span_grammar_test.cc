// Emphasis, code, links, breaks: what kramdown makes of them.
#include "tests/cms/markdown/checked_spans.h"

namespace stet::markdown {
namespace {

TEST(SpanEmphasis, FollowsKramdownsRulesNotCommonMarks) {
  check_spans({
      {"*a* _b_ **c** __d__", "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong>"},
      {"***a***", "<strong><em>a</em></strong>"},
      {"**a *b* c**", "<strong>a <em>b</em> c</strong>"},
      {"*a **b** c*", "<em>a <strong>b</strong> c</em>"},
      {"a*b*c a_b_c", "a<em>b</em>c a_b_c"},
      {"**強調**の文", "<strong>強調</strong>の文"},
      {"**\"x\"**는", "<strong>“x”</strong>는"},
      {"1_2_ _a_b", "1<em>2</em> _a_b"},
      {"x-_y_ é_z_", "x-_y_ é_z_"},
      {"x * a* *b *", "x * a* *b *"},
      {"**a", "**a"},
      {"*a **b", "*a **b"},
      {"**a*", "<em>*a</em>"},
      {"*a\n b*", "<em>a\n b</em>"},
      {"**a** **", "<strong>a</strong> **"},
      {"_a__b_ c_", "<em>a__b</em> c_"},
      {"__a_b__", "<strong>a_b</strong>"},
      {"*a _b* c_", "<em>a _b</em> c_"},
      {"***a** b*", "<em><strong>a</strong> b</em>"},
      {"***a* b**", "<strong><em>a</em> b</strong>"},
      {"*a*b*", "<em>a</em>b*"},
      {"** a**", "** a**"},
      {"a * b * c", "a * b * c"},
      {"*a [b* c](d)", "*a <a href=\"d\">b* c</a>"},
      {"*<b>a*</b>", "*<b>a*</b>"},
      {"_a_1", "_a_1"},
      {"*a\\*b*", "<em>a*b</em>"},
      {"**a `*` b**", "<strong>a <code>*</code> b</strong>"},
      {"*a*{:.x} **b**{:#y}", "<em class=\"x\">a</em> <strong id=\"y\">b</strong>"},
  });
}

TEST(SpanCode, EndsWhereItsBackticksComeAgain) {
  check_spans({
      {"`a`", "<code>a</code>"},
      {"``a ` b``", "<code>a ` b</code>"},
      {"`` ` ``", "<code>`</code>"},
      {"` x`", "` x`"},
      {"a` x`", "a<code> x</code>"},
      {"`a", "`a"},
      {"``a`", "``a`"},
      {"`a\nb`", "<code>a\nb</code>"},
      {"`<b> & \"c\"`", "<code>&lt;b&gt; &amp; \"c\"</code>"},
      {"`a\\`b`", "<code>a\\</code>b`"},
      {"``  a  ``", "<code> a </code>"},
      {"`a``b`", "<code>a</code><code>b</code>"},
      {"`a`{:.x}", "<code class=\"x\">a</code>"},
      {"`a` {:.x}", "<code>a</code> {:.x}"},
  });
}

TEST(SpanLinks, AreFoundInAllTheirForms) {
  check_spans({
      {"[a](b)", "<a href=\"b\">a</a>"},
      {"[a](b \"c\")", "<a href=\"b\" title=\"c\">a</a>"},
      {"[a](b 'c \"d\" e')", "<a href=\"b\" title=\"c &quot;d&quot; e\">a</a>"},
      {"[a](<b c>)", "<a href=\"b c\">a</a>"},
      {"[a](<b> \"c\")", "<a href=\"b\" title=\"c\">a</a>"},
      {"[a](b(c)d)", "<a href=\"b(c)d\">a</a>"},
      {"[a]( b )", "<a href=\"b\">a</a>"},
      {"[a](b c)", "<a href=\"b c\">a</a>"},
      {"[a](b \"c)", "[a](b “c)"},
      {"[a](b", "[a](b"},
      {"[](a)", "<a href=\"a\"></a>"},
      {"[a]()", "<a href=\"\">a</a>"},
      {"[a [b] c](d)", "<a href=\"d\">a [b] c</a>"},
      {"[a ]b](c)", "[a ]b](c)"},
      {"[*a*](b)", "<a href=\"b\"><em>a</em></a>"},
      {"[a](b)[c](d)", "<a href=\"b\">a</a><a href=\"d\">c</a>"},
      {"[a [b](c) d](e)", "<a href=\"e\">a [b](c) d</a>"},
      {"[a\nb](c)", "<a href=\"c\">a\nb</a>"},
      {"[a](b){:.x title=\"y\"}", "<a href=\"b\" class=\"x\" title=\"y\">a</a>"},
      {"[`]`](a)", "<a href=\"a\"><code>]</code></a>"},
      {"[a](b&c=\"d\")", "<a href=\"b&amp;c=&quot;d&quot;\">a</a>"},
      {"[a](b&amp;c)", "<a href=\"b&amp;c\">a</a>"},
      {"\\[a](b)", "[a](b)"},
      {"[a\\]](b)", "<a href=\"b\">a]</a>"},
      {"[^a](b)", "[^a](b)"},
      {"[a](<b\nc>)", "<a href=\"&lt;b\nc&gt;\">a</a>"},
  });
}

TEST(SpanLinks, AreFoundByTheirDefinitions) {
  check_spans({
      {"[a][b] [b][] [b] [B]\n\n[b]: c \"d\"",
       "<a href=\"c\" title=\"d\">a</a> <a href=\"c\" title=\"d\">b</a> <a href=\"c\" "
       "title=\"d\">b</a>"},
      {"[a] [b]\n\n[b]: c", "<a href=\"c\">a</a>"},
      {"[a][x]\n\n[a]: c", "[a][x]"},
      {"[x y]\n[X\nY]\n\n[x  y]: <c d>", "<a href=\"c d\">x y</a>"},
      {"[a](c) [a] (c)\n\n[a]: b", "<a href=\"c\">a</a> <a href=\"b\">a</a> (c)"},
      {"![a][b]\n\n[b]: c 'd'", "<img src=\"c\" alt=\"a\" title=\"d\" />"},
      {"[Ü]\n\n[ü]: x", "<a href=\"x\">Ü</a>"},
      {"[a\\_b]\n\n[a_b]: c", "<a href=\"c\">a_b</a>"},
      {"[*a*]\n\n[*a*]: c", "<a href=\"c\"><em>a</em></a>"},
  });
}

TEST(SpanImages, KeepTheirTextAsItWasTyped) {
  check_spans({
      {"![a](b)", "<img src=\"b\" alt=\"a\" />"},
      {"![*a* \\_b](c \"d\")", "<img src=\"c\" alt=\"*a* _b\" title=\"d\" />"},
      {"![a [b] c](d)", "<img src=\"d\" alt=\"a [b] c\" />"},
      {"[![a](b)](c)", "<a href=\"c\"><img src=\"b\" alt=\"a\" /></a>"},
      {"![![a](b)](c)", "<img src=\"c\" alt=\"![a](b)\" />"},
      {"![a](b){: width=\"3\" .x}", "<img src=\"b\" alt=\"a\" width=\"3\" class=\"x\" />"},
      {"![a\"b](c)", "<img src=\"c\" alt=\"a&quot;b\" />"},
      {"![](a)", "<img src=\"a\" alt=\"\" />"},
      {"!\\[a](b)", "![a](b)"},
      {"![a", "![a"},
      {"![^a](b)", "![^a](b)"},
  });
}

TEST(SpanAutolinks, StandInAngleBracketsOnly) {
  check_spans({
      {"<http://a.b/c?d&e>", "<a href=\"http://a.b/c?d&amp;e\">http://a.b/c?d&amp;e</a>"},
      {"<mailto:a@b.c> <a@b.c>",
       "<a href=\"mailto:a@b.c\">a@b.c</a> <a href=\"mailto:a@b.c\">a@b.c</a>"},
      {"<ftp://a>", "<a href=\"ftp://a\">ftp://a</a>"},
      {"http://a.b www.a.b", "http://a.b www.a.b"},
      {"<http://a\nb>", "&lt;http://a\nb&gt;"},
      {"<a@b@c>", "&lt;a@b@c&gt;"},
      {"<größe@ä.de>", "<a href=\"mailto:größe@ä.de\">größe@ä.de</a>"},
      {"[<http://a>](b)", "<a href=\"b\"><a href=\"http://a\">http://a</a></a>"},
      {"<gopher://a>", "&lt;gopher://a&gt;"},
  });
}

TEST(SpanBreaks, AreTwoBlanksOrTwoBackslashes) {
  check_spans({
      {"a  \nb", "a<br />\nb"},
      {"a   \nb", "a <br />\nb"},
      {"a\\\\\nb", "a<br />\nb"},
      {"a\\\nb", "a<br />\nb"},
      {"a \nb", "a \nb"},
      {"a\nb", "a\nb"},
      {"*a  \nb*", "<em>a<br />\nb</em>"},
      {"a  \n\"b\"", "a<br />\n“b”"},
      {"a<br />\nb", "a<br />\nb"},
      {"<b>a\\\nb</b>", "<b>a\\\nb</b>"},
  });
}

TEST(SpanBreaks, AreAllEndsOfLinesWhereTheSiteSaysSo) {
  Options options;
  options.hard_wrap = true;
  check_spans(
      {
          {"a\nb", "a<br />\nb"},
          {"a  \nb\\\\\nc", "a  <br />\nb\\<br />\nc"},
          {"*a\nb*", "<em>a<br />\nb</em>"},
          {"[a\nb](c)", "<a href=\"c\">a<br />\nb</a>"},
          {"<b>a\nb</b>", "<b>a\nb</b>"},
          {"~~a\nb~~ c\nd", "<del>a\nb</del> c<br />\nd"},
          {"`a\nb`", "<code>a\nb</code>"},
          {"a\nb[^x]\n\n[^x]: c\n    d",
           "a<br />\nb<sup id=\"fnref:x\" role=\"doc-noteref\"><a href=\"#fn:x\" "
           "class=\"footnote\" rel=\"footnote\">1</a></sup>"},
      },
      options);
}

TEST(SpanStrikes, AreTwoTildes) {
  check_spans({
      {"~~a~~", "<del>a</del>"},
      {"~~a *b* c~~ d", "<del>a <em>b</em> c</del> d"},
      {"~~ a~~", "~~ a~~"},
      {"~~a ~~", "~~a ~~"},
      {"~a~", "~a~"},
      {"a~~b~~c", "a<del>b</del>c"},
      {"~~~a~~~ b", "~<del>a</del>~ b"},
      {"~~a\nb~~", "<del>a\nb</del>"},
      {"*~~a*b~~*", "<em><del>a*b</del></em>"},
      {"~~\"a\"~~", "<del>“a”</del>"},
      {"~~a", "~~a"},
      {"*~~*a*~~*", "<em><del><em>a</em></del></em>"},
  });
}

TEST(SpanStrikes, AreTextToKramdownsOwnInput) {
  Options options;
  options.is_gfm_input = false;
  check_spans({{"~~a~~ \\~", "~~a~~ \\~"}, {"a\\\nb", "a\\\nb"}}, options);
}

}  // namespace
}  // namespace stet::markdown

// HTML, entities, quotes, symbols, footnotes, formulas, attributes: what kramdown makes of them.
#include "tests/cms/markdown/checked_spans.h"

namespace stet::markdown {
namespace {

TEST(SpanHtml, IsWrittenAnewAndItsContentRead) {
  check_spans({
      {"<b>*a*</b>", "<b><em>a</em></b>"},
      {"<B CLASS=x>a</B>", "<b class=\"x\">a</b>"},
      {"<a href='b'>c</a>", "<a href=\"b\">c</a>"},
      {"<span a b=c d=\"e\nf\">x</span>", "<span a=\"\" b=\"c\" d=\"e f\">x</span>"},
      {"<br> <br/> <img src=\"a\">", "<br /> <br /> <img src=\"a\" />"},
      {"<b>a", "<b>a</b>"},
      {"a</b>", "a&lt;/b&gt;"},
      {"<b>*a</b>*", "<b><em>a&lt;/b&gt;</em></b>"},
      {"<code>*a* &amp; <i>b</i></code>", "<code>*a* &amp; <i>b</i></code>"},
      {"x <foo>*a*</foo>", "x <foo>*a*</foo>"},
      {"<kbd markdown=\"1\">*a*</kbd>", "<kbd>*a*</kbd>"},
      {"x <foo markdown=\"span\">*a*</foo>", "x <foo><em>a</em></foo>"},
      {"<b markdown=\"0\">*a*</b>", "<b>*a*</b>"},
      {"a <div>b</div>", "a &lt;div&gt;b&lt;/div&gt;"},
      {"a <p class=\"x\">*b*</p>", "a &lt;p class=\"x\"&gt;<em>b</em>&lt;/p&gt;"},
      {"b <!-- *a* -->", "b <!-- *a* -->"},
      {"a <!-- b", "a &lt;!– b"},
      {"<b>a</i></b>", "<b>a&lt;/i&gt;</b>"},
      {"<b><b>a</b>", "<b><b>a</b></b>"},
      {"a < b > c", "a &lt; b &gt; c"},
      {"a<b", "a&lt;b"},
      {"<a href=b-c>d</a>", "&lt;a href=b-c&gt;d&lt;/a&gt;"},
      {"<span>a</SPAN>", "<span>a</span>"},
      {"<b/>a", "<b></b>a"},
      {"<i>a\nb</i>", "<i>a\nb</i>"},
      {"a <script>b < c</script>", "a <script>b &lt; c</script>"},
      {"<u>*a*</u>", "<u>*a*</u>"},
      {"<b>a</b>{:.x}", "<b class=\"x\">a</b>"},
      {"<span class=\"a\">b</span>{:.c #d}", "<span class=\"a c\" id=\"d\">b</span>"},
      {"x <a-b c.d=\"e\">f</a-b>", "x <a-b c.d=\"e\">f</a-b>"},
      {"x <a:b>c</a:b>", "x <a:b>c</a:b>"},
      {"a <? b ?>", "a &lt;? b ?&gt;"},
      {"<a href=\"x\" href=\"y\">z</a>", "<a href=\"y\">z</a>"},
      {"<b\n class=\"x\">a</b>", "<b class=\"x\">a</b>"},
  });
}

TEST(SpanEntities, AreCharactersWhereTheyMayBe) {
  check_spans({
      {"&copy; &eacute; &#233; &#xe9; &hearts;", "© é é é ♥"},
      {"&amp; &lt; &gt; &quot;", "&amp; &lt; &gt; \""},
      {"&#38; &#60; &#x3e;", "&#38; &#60; &#x3e;"},
      {"&nosuch; &check;", "&amp;nosuch; &amp;check;"},
      {"a & b &c", "a &amp; b &amp;c"},
      {"&amp;lt; &amp;#1;", "&amp;lt; &amp;#1;"},
      {"&AMP;", "&amp;AMP;"},
      {"`&amp;`", "<code>&amp;amp;</code>"},
      {"\\&amp;", "\\&amp;"},
  });
}

TEST(SpanEscapes, LetMarksStand) {
  check_spans({
      {"\\*a\\* \\_b\\_ \\`c\\` \\# \\+ \\- \\. \\! \\$ \\= \\: \\|",
       "*a* _b_ `c` # + - . ! $ = : |"},
      {"\\{ \\} \\( \\) \\[ \\] \\< \\> \\\\", "{ } ( ) [ ] &lt; &gt; \\"},
      {"\\\"a\\\" \\'b\\'", "\"a\" 'b'"},
      {"\\a \\& \\/", "\\a \\&amp; \\/"},
      {"\\~~a~~", "~~a~~"},
      {"\\--- \\...", "-– ..."},
      {"\\<< \\>>", "&lt;&lt; &gt;&gt;"},
      {"a\\", "a\\"},
      {"\\\\*a*", "\\<em>a</em>"},
  });
}

TEST(SpanSymbols, StandForWhatWasTyped) {
  check_spans({
      {"a---b a--b a-b", "a—b a–b a-b"},
      {"a... a.. a....", "a… a.. a…."},
      {"<<a>> << a >>", "«a» «\u00a0a\u00a0»"},
      {"x ---- -----", "x —- —–"},
      {"a -- b", "a – b"},
      {"`--`", "<code>--</code>"},
      {"<< a >>b", "«\u00a0a\u00a0»b"},
      {"a>>b", "a»b"},
  });
}

TEST(SpanQuotes, TurnByWhatStandsAroundThem) {
  check_spans({
      {"\"a\" 'b'", "“a” ‘b’"},
      {"it's 'tis rock 'n' roll", "it’s ‘tis rock ‘n’ roll"},
      {"\"'a' b\" '\"a\" b'", "“‘a’ b” ‘“a” b’"},
      {"the '90s, '90s", "the ’90s, ’90s"},
      {"(\"a\") [\"b\"] {'c'}", "(“a”) [“b”] {‘c’}"},
      {"\"a\", \"b.\" \"c?\"", "“a”, “b.” “c?”"},
      {"\"*a*\" '**b**' *\"c\"*", "“<em>a</em>” ‘<strong>b</strong>’ <em>“c”</em>"},
      {"\"[a](b)\" [\"a\"](b)", "“<a href=\"b\">a</a>” <a href=\"b\">“a”</a>"},
      {"\"`a`\" `\"`", "“<code>a</code>” <code>\"</code>"},
      {"a \" b", "a “ b"},
      {"5'10\"", "5’10”"},
      {"a\"b 'c\"", "a”b ‘c”"},
      {"\"\"", "””"},
      {"''a''", "'’a’’"},
      {"\"...a\" \"--a\"", "“…a” “–a”"},
      {"“a” \"b\"", "“a” “b”"},
      {"\"é\" 'ü'", "“é” ‘ü’"},
      {"\"a\"-\"b\"", "“a”-“b”"},
      {"'s a's 's", "’s a’s ‘s"},
      {"\"\na\"", "”\na”"},
      {"\"漢字\"と", "“漢字”と"},
      {"<b>\"a\"</b>", "<b>“a”</b>"},
      {"\"<b>a</b>\"", "“<b>a</b>”"},
      {"\"_a_\"", "“<em>a</em>”"},
      {"-\"a\"", "-“a”"},
      {"&quot;a&quot;", "\"a\""},
      {"\"$$x$$\"", "”\\(x\\)”"},
  });
}

TEST(SpanFootnotes, AreMarkedInTheOrderOfTheirMention) {
  check_spans({
      {"a[^x] b[^y]\n\n[^y]: Y\n[^x]: X",
       "a<sup id=\"fnref:x\" role=\"doc-noteref\"><a href=\"#fn:x\" class=\"footnote\" "
       "rel=\"footnote\">1</a></sup> b<sup id=\"fnref:y\" role=\"doc-noteref\"><a href=\"#fn:y\" "
       "class=\"footnote\" rel=\"footnote\">2</a></sup>"},
      {"a[^x] b[^x]\n\n[^x]: X",
       "a<sup id=\"fnref:x\" role=\"doc-noteref\"><a href=\"#fn:x\" class=\"footnote\" "
       "rel=\"footnote\">1</a></sup> b<sup id=\"fnref:x:1\" role=\"doc-noteref\"><a href=\"#fn:x\" "
       "class=\"footnote\" rel=\"footnote\">1</a></sup>"},
      {"a[^x]", "a[^x]"},
      {"[^x y] [^]", "[^x y] [^]"},
      {"*a[^x]*\n\n[^x]: X",
       "<em>a<sup id=\"fnref:x\" role=\"doc-noteref\"><a href=\"#fn:x\" class=\"footnote\" "
       "rel=\"footnote\">1</a></sup></em>"},
  });
}

TEST(SpanFormulas, StandBetweenTwoDollars) {
  check_spans({
      {"a $$x^2 < \"y\"$$ b", "a \\(x^2 &lt; \"y\"\\) b"},
      {"a $$ x\n y $$", "a \\(x\n y\\)"},
      {"$5 and $6", "$5 and $6"},
      {"a \\$$x$$", "a $$x$$"},
      {"a $$x", "a $$x"},
      {"*$$a*b$$*", "<em>\\(a*b\\)</em>"},
      {"a $$x$$ $$y$$", "a \\(x\\) \\(y\\)"},
      {"`$$x$$`", "<code>$$x$$</code>"},
  });
}

TEST(SpanAttributes, BelongToWhatStandsBeforeThem) {
  check_spans({
      {"*a*{:.b .c #d e=\"f\"}", "<em class=\"b c\" id=\"d\" e=\"f\">a</em>"},
      {"a {:.b}", "a {:.b}"},
      {"a *b* {:.c}", "a <em>b</em> {:.c}"},
      {"*a*{:.b}{:.c}", "<em class=\"b c\">a</em>"},
      {"*a*{:x}\n\n{:x: .y z=\"1\"}", "<em class=\"y\" z=\"1\">a</em>"},
      {"*a*{: }", "<em>a</em>"},
      {"*a*{:.b", "<em>a</em>{:.b"},
      {"\"a\"{:.b} c", "“a” c"},
      {"a<br>{:.x}", "a<br class=\"x\" />"},
      {"*a*{:.x}*", "<em class=\"x\">a</em>*"},
      {"[a](b){:target=\"_blank\" rel=\"x\"}", "<a href=\"b\" target=\"_blank\" rel=\"x\">a</a>"},
  });
}

TEST(SpanExtensions, CommentAndPassThrough) {
  check_spans({
      {"a {::comment}*b*{:/comment} c", "a <!-- *b* --> c"},
      {"a {::comment}b{:/} c", "a <!-- b --> c"},
      {"a {::nomarkdown}*b* <i>{:/} c", "a *b* <i> c"},
      {"a {::nomarkdown type=\"latex\"}b{:/} c", "a  c"},
      {"a {::comment}b", "a {::comment}b"},
      {"a {:/comment} b", "a {:/comment} b"},
      {"a {::nosuch}b{:/} c", "a {::nosuch}b{:/} c"},
      {"a {::comment/} b", "a  b"},
      {"a {::options x=\"y\" /}b", "a b"},
  });
}

TEST(SpanAbbreviations, AreFoundAtTheBoundsOfWords) {
  check_spans({
      {"HTML XHTML HTMLs HTML. (HTML) *HTML* `HTML` \"HTML\"\n\n*[HTML]: Hyper \"Text\"",
       "<abbr title=\"Hyper &quot;Text&quot;\">HTML</abbr> XHTML HTMLs <abbr title=\"Hyper "
       "&quot;Text&quot;\">HTML</abbr>. (<abbr title=\"Hyper &quot;Text&quot;\">HTML</abbr>) "
       "<em><abbr title=\"Hyper &quot;Text&quot;\">HTML</abbr></em> <code>HTML</code> “<abbr "
       "title=\"Hyper &quot;Text&quot;\">HTML</abbr>”"},
      {"a HTML 5 b\n\n*[HTML 5]: five\n*[HTML]: any", "a <abbr title=\"five\">HTML 5</abbr> b"},
      {"C# c#\n\n*[C#]: sharp", "<abbr title=\"sharp\">C#</abbr> c#"},
      {"[HTML](a) <b>HTML</b> <code>HTML</code> HTML&amp;\n\n*[HTML]:",
       "<a href=\"a\"><abbr>HTML</abbr></a> <b><abbr>HTML</abbr></b> <code>HTML</code> "
       "<abbr>HTML</abbr>&amp;"},
      {"日HTML本\n\n*[HTML]: x", "日<abbr title=\"x\">HTML</abbr>本"},
      {"a-b-c\n\n*[a-b]: x\n*[b-c]: y", "<abbr title=\"x\">a-b</abbr>-c"},
      {"HTML\nHTML\n\n*[HTML]: x", "<abbr title=\"x\">HTML</abbr>\n<abbr title=\"x\">HTML</abbr>"},
  });
}

TEST(SpanEntities, AreWrittenAsTheSiteSays) {
  const struct {
    EntityOutput output;
    const char* html;
  } cases[] = {
      {EntityOutput::kAsChar, "© é &lt; &#60; \" &amp;"},
      {EntityOutput::kAsInput, "&copy; &#233; &lt; &#60; &quot; &amp;"},
      {EntityOutput::kNumeric, "&#169; &#233; &lt; &lt; &quot; &amp;"},
      {EntityOutput::kSymbolic, "&copy; &eacute; &lt; &lt; &quot; &amp;"},
  };
  for (const auto& one : cases) {
    Options options;
    options.entity_output = one.output;
    check_spans({{"&copy; &#233; &lt; &#60; &quot; &amp;", one.html}}, options);
  }
}

TEST(SpanQuotes, AreEntitiesWhereTheSiteWantsThose) {
  Options options;
  options.entity_output = EntityOutput::kNumeric;
  check_spans({{"\"a\" -- <<", "&#8220;a&#8221; &#8211; &#171;"}}, options);
  options.entity_output = EntityOutput::kSymbolic;
  check_spans({{"\"a\" -- << b", "&ldquo;a&rdquo; &ndash; &laquo;&nbsp;b"}}, options);
}

TEST(SpanProblems, NameTheLineAndTheMend) {
  const struct {
    const char* text;
    int line;
    const char* message;
  } cases[] = {
      {"a\n\nb\n[^c]", 4, "no footnote is named [^c]; add one that begins [^c]:"},
      {"a\n*b <i>c*", 2, "the HTML element <i> is never closed; add its end tag </i>"},
      {"a\nb</i>", 2, "the end tag </i> closes nothing, and is shown as text; take it away"},
      {"a <div>",
       1,
       "<div> within a line of text is shown as text; begin a paragraph with it, or escape it"},
      {"a ~~b\nc</i>~~", 2, "the end tag </i> closes nothing, and is shown as text; take it away"},
  };
  for (const auto& one : cases) {
    const Problems problems = render(one.text, Options()).problems;
    ASSERT_EQ(problems.size(), 1u) << one.text;
    EXPECT_EQ(problems[0].line, one.line) << one.text;
    EXPECT_EQ(problems[0].message, one.message);
    EXPECT_EQ(problems[0].severity, Severity::kWarning);
  }
}

TEST(SpanProblems, AreNotTooMany) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "[^a] </b>";
  EXPECT_EQ(render(text, Options()).problems.size(), 100u);
}

TEST(SpanEntities, StayWhereTheyNameNoCharacter) {
  check_spans({{"&#xD800; &#x110000; &#99999999999999999999; &#0;",
                "&#xD800; &#x110000; &#99999999999999999999; &#0;"}});
}

TEST(SpanQuotes, AreTheOnesThatTheSiteWants) {
  Options options;
  options.smart_quote_marks = {"‚", "‘", "„", "“"};
  check_spans({{"\"a 'b'\"", "„a ‚b‘“"}}, options);
  options.smart_quotes = false;
  check_spans({{"\"a 'b'\" --", "\"a 'b'\" –"}}, options);
}

TEST(SpanSymbols, AreTheOnesThatTheSiteWants) {
  Options options;
  options.typographic_symbols = {"3", "2", "&hellip;", "<", ">", "<.", ".>"};
  check_spans({{"a---b--c...<<d>> << e >>f", "a3b2c&hellip;&lt;d&gt; &lt;.e.&gt;f"}}, options);
  options.has_no_typography_quirk = true;
  check_spans({{"a--b... << c", "a--b... &lt;&lt; c"}}, options);
}

}  // namespace
}  // namespace stet::markdown

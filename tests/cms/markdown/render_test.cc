#include "cms/markdown/render.h"

#include <gtest/gtest.h>

#include <string>

namespace stet::markdown {
namespace {

struct Case {
  const char* name;
  const char* markdown;
  const char* html;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class Markdown : public testing::TestWithParam<Case> {};

TEST_P(Markdown, IsWrittenAsKramdownWritesIt) {
  const Html result = render(GetParam().markdown, Options());
  EXPECT_EQ(result.html, GetParam().html);
  EXPECT_TRUE(result.problems.empty());
}

constexpr Case kBlocks[] = {
    {"Nothing", "", "\n"},
    {"Paragraphs", "one\ntwo\n\nthree\n", "<p>one\ntwo</p>\n\n<p>three</p>\n"},
    {"WindowsLines", "one\r\ntwo\r\n", "<p>one\ntwo</p>\n"},
    {"Rule", "---\n", "<hr />\n"},
    {"Quote", "> a\n>\n> b\n", "<blockquote>\n  <p>a</p>\n\n  <p>b</p>\n</blockquote>\n"},
    {"TightList", "* a\n* b\n", "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n"},
    {"EachItemIsLooseOnItsOwn",
     "* a\n* b\n\n* c\n* d\n",
     "<ul>\n  <li>a</li>\n  <li>\n    <p>b</p>\n  </li>\n  <li>c</li>\n  <li>d</li>\n</ul>\n"},
    {"ListsOfDifferentMarksAreOne", "* a\n+ b\n", "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n"},
    {"ParenthesesNumberNoList", "1) a\n", "<p>1) a</p>\n"},
    {"ListsDoNotSayWhereTheyStart", "4. a\n", "<ol>\n  <li>a</li>\n</ol>\n"},
    {"NestedList",
     "- a\n  - b\n",
     "<ul>\n  <li>a\n    <ul>\n      <li>b</li>\n    </ul>\n  </li>\n</ul>\n"},
    {"Tasks",
     "- [ ] a\n- [x] b\n",
     "<ul class=\"task-list\">\n  <li class=\"task-list-item\"><input type=\"checkbox\" "
     "class=\"task-list-item-checkbox\" disabled=\"disabled\" />a</li>\n  <li "
     "class=\"task-list-item\"><input type=\"checkbox\" class=\"task-list-item-checkbox\" "
     "disabled=\"disabled\" checked=\"checked\" />b</li>\n</ul>\n"},
};
INSTANTIATE_TEST_SUITE_P(Blocks, Markdown, testing::ValuesIn(kBlocks), [](const auto& test) {
  return test.param.name;
});

constexpr Case kCode[] = {
    {"WithALanguage",
     "```ruby\nputs \"<\" && 1\n```\n",
     "<div class=\"language-ruby highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code><span class=\"nb\">puts</span> <span class=\"s2\">\"&lt;\"</span> "
     "<span class=\"o\">&amp;&amp;</span> <span "
     "class=\"mi\">1</span>\n</code></pre></div></div>\n"},
    {"Indented",
     "    a\n",
     "<div class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code>a\n</code></pre></div></div>\n"},
    {"InALanguageThatRougeDoesNotKnow",
     "```klingon\nqapla\n```\n",
     "<pre><code class=\"language-klingon\">qapla\n</code></pre>\n"},
    {"Span",
     "`a<b`\n",
     "<p><code class=\"language-plaintext highlighter-rouge\">a&lt;b</code></p>\n"},
    {"EscapesStandAsTyped",
     "`\\\"a\\\"` `&quot;` `a << b`\n",
     "<p><code class=\"language-plaintext highlighter-rouge\">\\\"a\\\"</code> <code "
     "class=\"language-plaintext highlighter-rouge\">&amp;quot;</code> <code "
     "class=\"language-plaintext highlighter-rouge\">a &lt;&lt; b</code></p>\n"},
    {"AttributeListsStandAsTyped",
     "```\n{: .a}\n```\n",
     "<div class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code>{: .a}\n</code></pre></div></div>\n"},
};
INSTANTIATE_TEST_SUITE_P(Code, Markdown, testing::ValuesIn(kCode), [](const auto& test) {
  return test.param.name;
});

constexpr Case kHeaders[] = {
    {"GitHubsId", "# Über uns, kurz!\n", "<h1 id=\"über-uns-kurz\">Über uns, kurz!</h1>\n"},
    {"MarkupIsNoPartOfTheId",
     "## A *b* `c_d` [e](f)\n",
     "<h2 id=\"a-b-c_d-e\">A <em>b</em> <code class=\"language-plaintext "
     "highlighter-rouge\">c_d</code> "
     "<a href=\"f\">e</a></h2>\n"},
    {"RepeatedIdsAreCounted",
     "# a\n# a\n# a\n",
     "<h1 id=\"a\">a</h1>\n<h1 id=\"a-1\">a</h1>\n<h1 id=\"a-2\">a</h1>\n"},
    {"DashesThatBecameOneAreNoneInTheId", "# a -- b\n", "<h1 id=\"a--b\">a – b</h1>\n"},
    {"AnIdOfOnesOwn", "# a {#b}\n## c ## {#d}\n", "<h1 id=\"b\">a</h1>\n<h2 id=\"d\">c</h2>\n"},
    {"InsideHtmlKramdownsId",
     "<div markdown=\"1\">\n# 1. Über a_b\n</div>\n",
     "<div>\n  <h1 id=\"ber-ab\">1. Über a_b</h1>\n</div>\n"},
    {"PicturesAreNoPartOfTheId",
     "# a ![b](c)\n",
     "<h1 id=\"a-\">a <img src=\"c\" alt=\"b\" /></h1>\n"},
    {"UnderlinesAreForOneLine", "a\nb\n---\n\nc\n---\n", "<p>a\nb\n—</p>\n\n<h2 id=\"c\">c</h2>\n"},
    {"Contents",
     "# a\n## b\n{: .no_toc}\n## c\n\n* x\n{:toc}\n",
     "<h1 id=\"a\">a</h1>\n<h2 class=\"no_toc\" id=\"b\">b</h2>\n<h2 id=\"c\">c</h2>\n\n<ul "
     "id=\"markdown-toc\">\n  <li><a href=\"#a\" id=\"markdown-toc-a\">a</a>    <ul>\n      "
     "<li><a "
     "href=\"#c\" id=\"markdown-toc-c\">c</a></li>\n    </ul>\n  </li>\n</ul>\n"},
};
INSTANTIATE_TEST_SUITE_P(Headers, Markdown, testing::ValuesIn(kHeaders), [](const auto& test) {
  return test.param.name;
});

constexpr Case kAttributes[] = {
    {"OfTheBlockAbove", "a\n{: .b #c d=\"e\"}\n", "<p class=\"b\" id=\"c\" d=\"e\">a</p>\n"},
    {"OfTheBlockBelow", "{: .b}\n{: .c}\na\n", "<p class=\"b c\">a</p>\n"},
    {"OfTheBlockBelowABlankLine", "a\n\n{: .b}\n\nc\n", "<p>a</p>\n\n<p class=\"b\">c</p>\n"},
    {"OfASpan",
     "*a*{: .b} [c](d){: target=\"_blank\"}\n",
     "<p><em class=\"b\">a</em> <a href=\"d\" target=\"_blank\">c</a></p>\n"},
    {"OfAnItem", "* {: .b} a\n", "<ul>\n  <li class=\"b\">a</li>\n</ul>\n"},
    {"Defined", "a\n{: x}\n\n{:x: .b y}\n{:y: .c}\n", "<p class=\"c b\">a</p>\n\n"},
    {"DefinedByItself", "a\n{: x}\n\n{:x: .b x}\n", nullptr},
    {"OfHtml",
     "<div class=\"a\">\nb\n</div>\n{: .c #d}\n",
     "<div class=\"a c\" id=\"d\">\nb\n</div>\n"},
};

TEST(MarkdownAttributes, BelongToTheirNeighbour) {
  for (const Case& one : kAttributes) {
    if (one.html == nullptr) continue;
    const std::string html = render(one.markdown, Options()).html;
    std::string expected = one.html;
    // Blank lines at the end of a page are nobody's business.
    EXPECT_EQ(html.substr(0, html.find_last_not_of('\n') + 1),
              expected.substr(0, expected.find_last_not_of('\n') + 1))
        << one.name;
  }
}

TEST(MarkdownAttributes, ThatReferToThemselvesEnd) {
  const std::string html = render("a\n{: x}\n\n{:x: .b x}\n", Options()).html;
  EXPECT_TRUE(html.starts_with("<p class=\"b b")) << html;
}

constexpr Case kHtml[] = {
    {"ElementsReachToTheirEndAcrossBlankLines",
     "<div>\n\n*a*\n\n<div>b</div>\n</div>\n",
     "<div>\n\n*a*\n\n<div>b</div>\n</div>\n"},
    {"StyleIsLeftAlone",
     "<style>\na > b {\n\n}\n</style>\n",
     "<style>\na > b {\n\n}\n</style>\n\n"},
    {"SpanElementsBeginAParagraph",
     "<a href=\"b\">\n*c*</a>\n",
     "<p><a href=\"b\">\n<em>c</em></a></p>\n"},
    {"MarkdownInside",
     "<div class=\"a\" markdown=\"1\">\n*b*\n</div>\n",
     "<div class=\"a\">\n  <p><em>b</em></p>\n</div>\n"},
    {"MarkdownInsideOfPlainHtml",
     "<section>\n<div markdown=\"1\">\n*b*\n</div>\n</section>\n",
     "<section>\n<div>\n    <p><em>b</em></p>\n  </div>\n</section>\n"},
    {"Comment", "a\n\n<!-- b\n\nc -->\n", "<p>a</p>\n\n<!-- b\n\nc -->\n"},
    {"CommentOfKramdowns", "{::comment}\na\n{:/comment}\n", "<!-- a -->\n"},
    {"NoMarkdown", "{::nomarkdown}\n*a*\n{:/}\n", "*a*\n"},
    {"Entities", "&copy; &amp; &lt; & <\n", "<p>© &amp; &lt; &amp; &lt;</p>\n"},
};
INSTANTIATE_TEST_SUITE_P(Html, Markdown, testing::ValuesIn(kHtml), [](const auto& test) {
  return test.param.name;
});

constexpr Case kTables[] = {
    {"Plain",
     "| a | b |\n| c |\n",
     "<table>\n  <tbody>\n    <tr>\n      <td>a</td>\n      <td>b</td>\n    </tr>\n    <tr>\n      "
     "<td>c</td>\n      <td>\u00a0</td>\n    </tr>\n  </tbody>\n</table>\n"},
    {"HeaderAndAlignment",
     "a | b\n--|:-:\n*c* | `d|e`\n",
     "<table>\n  <thead>\n    <tr>\n      <th>a</th>\n      <th style=\"text-align: "
     "center\">b</th>\n    "
     "</tr>\n  </thead>\n  <tbody>\n    <tr>\n      <td><em>c</em></td>\n      <td "
     "style=\"text-align: "
     "center\"><code class=\"language-plaintext highlighter-rouge\">d|e</code></td>\n    </tr>\n  "
     "</tbody>\n</table>\n"},
    {"EscapedPipesAreText", "a \\| b\n", "<p>a | b</p>\n"},
    {"Footer",
     "|a|\n|=\n|b|\n",
     "<table>\n  <tbody>\n    <tr>\n      <td>a</td>\n    </tr>\n  </tbody>\n  <tfoot>\n    <tr>\n "
     "     "
     "<td>b</td>\n    </tr>\n  </tfoot>\n</table>\n"},
};
INSTANTIATE_TEST_SUITE_P(Tables, Markdown, testing::ValuesIn(kTables), [](const auto& test) {
  return test.param.name;
});

constexpr Case kSpans[] = {
    {"Breaks", "a  \nb\\\nc\n", "<p>a<br />\nb<br />\nc</p>\n"},
    {"Image", "![a](b.png \"c\")\n", "<p><img src=\"b.png\" alt=\"a\" title=\"c\" /></p>\n"},
    {"LinksByReference", "[a][b]\n\n[b]: c 'd'\n", "<p><a href=\"c\" title=\"d\">a</a></p>\n\n"},
    {"Struck", "~~a *b*~~ ~ c ~~ d\n", "<p><del>a <em>b</em></del> ~ c ~~ d</p>\n"},
    {"ExtensionsWithinALine",
     "a {::nomarkdown}*b*{:/} {::comment}c{:/comment} `{::comment}d{:/}`\n",
     "<p>a *b* <!-- c --> <code class=\"language-plaintext "
     "highlighter-rouge\">{::comment}d{:/}</code></p>\n"},
    {"BothEmphases",
     "***a***\n\n*__b__*\n",
     "<p><strong><em>a</em></strong></p>\n\n<p><em><strong>b</strong></em></p>\n"},
    {"Quotes", "\"a\" 'b' it's \\\"c\\\" &quot;d&quot;\n", "<p>“a” ‘b’ it’s \"c\" \"d\"</p>\n"},
    {"QuotesBesideMarkup",
     "\"*a*\" (\"b\") '80s \"'c' d\"\n",
     "<p>“<em>a</em>” (“b”) ’80s “‘c’ d”</p>\n"},
    {"Symbols", "a -- b --- c... << d >> <<e>>\n", "<p>a – b — c… «\u00a0d\u00a0» «e»</p>\n"},
};
INSTANTIATE_TEST_SUITE_P(Spans, Markdown, testing::ValuesIn(kSpans), [](const auto& test) {
  return test.param.name;
});

struct OptionCase {
  const char* name;
  Options options;
  const char* markdown;
  const char* html;
};

TEST(MarkdownOptions, ChangeWhatIsWritten) {
  const OptionCase cases[] = {
      {"hard_wrap", {.hard_wrap = true}, "a\nb\n", "<p>a<br />\nb</p>\n"},
      {"no ids", {.auto_ids = false}, "# a\n", "<h1>a</h1>\n"},
      {"prefix", {.auto_id_prefix = "x-"}, "# a\n", "<h1 id=\"x-a\">a</h1>\n"},
      {"no quotes", {.smart_quotes = false}, "\"a\" -- b\n", "<p>\"a\" – b</p>\n"},
      {"no highlighter", {.has_highlighter = false}, "`a`\n", "<p><code>a</code></p>\n"},
      {"no GFM", {.is_gfm_input = false}, "- [ ] ~~a~~\n", "<ul>\n  <li>[ ] ~~a~~</li>\n</ul>\n"},
      {"CommonMark",
       {.is_kramdown = false},
       "# a\n\n\"b\"\n",
       "<h1>a</h1>\n<p>&quot;b&quot;</p>\n"},
      {"levels",
       {.toc_levels = 1U << 2U},
       "# a\n## b\n### c\n\n* x\n{:toc}\n",
       "<h1 id=\"a\">a</h1>\n<h2 id=\"b\">b</h2>\n<h3 id=\"c\">c</h3>\n\n<ul "
       "id=\"markdown-toc\">\n  "
       "<li><a href=\"#b\" id=\"markdown-toc-b\">b</a></li>\n</ul>\n"},
  };
  for (const OptionCase& one : cases) {
    EXPECT_EQ(render(one.markdown, one.options).html, one.html) << one.name;
  }
}

TEST(MarkdownProblems, AnElementThatIsNeverClosedIsNamedWithItsLine) {
  const Html result = render("a\n\n<div>\nb\n", Options());
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].line, 3);
  EXPECT_NE(result.problems[0].message.find("</div>"), std::string::npos);
}

TEST(MarkdownProblems, WhatLiesTooDeepIsShownAsText) {
  std::string source;
  for (int i = 0; i < 200; ++i) source += "> ";
  const Html result = render(source + "a\n", Options());
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_NE(result.problems[0].message.find("deep"), std::string::npos);
  EXPECT_NE(result.html.find("&gt; a</p>"), std::string::npos);
}

TEST(MarkdownProblems, DefinitionsThatCountForNothingAreNamed) {
  const struct {
    const char* markdown;
    int line;
    const char* words;
  } cases[] = {
      {"[a]: b\n[a]: c\n", 2, "[a]"},
      {"x[^a]\n\n[^a]: b\n[^a]: c\n", 4, "[^a]"},
      {"\n[^a]: b\n", 2, "nothing mentions"},
      {"*[A]: b\n*[A]: c\n", 2, "abbreviation A"},
      {"a\n\n{::comment}\nb\n", 3, "{:/comment}"},
      {"{::options colour=\"red\" /}\n", 1, "colour"},
      {"* a\n\n  <p>\n", 3, "</p>"},
  };
  for (const auto& one : cases) {
    const Html result = render(one.markdown, Options());
    ASSERT_EQ(result.problems.size(), 1U) << one.markdown;
    EXPECT_EQ(result.problems[0].line, one.line) << one.markdown;
    EXPECT_NE(result.problems[0].message.find(one.words), std::string::npos)
        << result.problems[0].message;
  }
}

TEST(MarkdownProblems, AreAHundredAtMostAndTheNumberOfTheOthers) {
  std::string source;
  for (int i = 0; i < 201; ++i) source += "[a]: b\n";
  const Html result = render(source, Options());
  ASSERT_EQ(result.problems.size(), 101U);
  EXPECT_NE(result.problems.back().message.find("100 more"), std::string::npos);
}

TEST(MarkdownProblems, ASourceThatIsTooLongIsRefused) {
  const Html result = render(std::string(source_bytes_max + 1, 'a'), Options());
  EXPECT_EQ(result.html, "");
  EXPECT_EQ(result.problems.size(), 1U);
}

}  // namespace
}  // namespace stet::markdown

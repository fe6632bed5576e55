// Blocks, each as kramdown writes it: the expectations were compared with its own output.
#include <gtest/gtest.h>

#include <string>

#include "cms/markdown/render.h"

namespace stet::markdown {
namespace {

struct Case {
  const char* name;
  const char* markdown;
  const char* html;
};

void check(const Case& one, const Options& options) {
  EXPECT_EQ(render(one.markdown, options).html, one.html) << one.name;
}

constexpr Case kParagraphs[] = {
    {"AListEndsAParagraph", "a\n* b\n", "<p>a</p>\n<ul>\n  <li>b</li>\n</ul>\n"},
    {"AQuoteEndsAParagraph", "a\n> b\n", "<p>a</p>\n<blockquote>\n  <p>b</p>\n</blockquote>\n"},
    {"AHeaderEndsAParagraph", "a\n# b\n", "<p>a</p>\n<h1 id=\"b\">b</h1>\n"},
    {"AFenceThatNeverClosesDoesNot", "a\n```\nb\n", "<p>a\n```\nb</p>\n"},
    {"AnEndMarkerPartsLists",
     "* a\n^\n* b\n",
     "<ul>\n  <li>a</li>\n</ul>\n<ul>\n  <li>b</li>\n</ul>\n"},
    {"UpToThreeSpacesAreNothing", "   a\n  b\n", "<p>a\n  b</p>\n"},
    {"ATabIsCode",
     "\ta\n",
     "<div class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code>a\n</code></pre></div></div>\n"},
    {"CodeGoesOnWithLazyLines",
     "    a\nb\n\n    c\n",
     "<div class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code>a b\n\nc\n</code></pre></div></div>\n"},
};

TEST(MarkdownBlocks, Paragraphs) {
  for (const Case& one : kParagraphs) check(one, Options());
}

constexpr Case kHeaders[] = {
    {"NeedABlankBehindTheMarks", "#a\n", "<p>#a</p>\n"},
    {"ClosingMarksNeedABlankToo", "# a#\n## b ##\n", "<h1 id=\"a\">a#</h1>\n<h2 id=\"b\">b</h2>\n"},
    {"AreNoneWithoutText", "# \n", "<p>#</p>\n"},
    {"UnderlinedOnes", "a\n=\n\nb\n-\n", "<h1 id=\"a\">a</h1>\n\n<h2 id=\"b\">b</h2>\n"},
    {"OfSevenMarksAreText", "####### a\n", "<p>####### a</p>\n"},
};

TEST(MarkdownBlocks, Headers) {
  for (const Case& one : kHeaders) check(one, Options());
}

constexpr Case kLists[] = {
    {"ByIndentationOfTheFirstCharacter",
     "1.  a\n\n    b\n2.  c\n",
     "<ol>\n  <li>\n    <p>a</p>\n\n    <p>b</p>\n  </li>\n  <li>\n    <p>c</p>\n  </li>\n</ol>\n"},
    {"NestedByTheSameIndentation",
     "* a\n  * b\n    * c\n* d\n",
     "<ul>\n  <li>a\n    <ul>\n      <li>b\n        <ul>\n          <li>c</li>\n        </ul>\n    "
     "  </li>\n    </ul>\n  </li>\n  <li>d</li>\n</ul>\n"},
    {"LazyLinesBelongToTheItem", "* a\nb\n", "<ul>\n  <li>a\nb</li>\n</ul>\n"},
    {"ATabIndents",
     "*\ta\n\n\tb\n",
     "<ul>\n  <li>\n    <p>a</p>\n\n    <p>b</p>\n  </li>\n</ul>\n"},
    {"LooseAndTightItems",
     "* a\n\n* b\n* c\n",
     "<ul>\n  <li>\n    <p>a</p>\n  </li>\n  <li>b</li>\n  <li>c</li>\n</ul>\n"},
    {"TheLastGoesWithTheOthers",
     "* a\n* b\n\n  c\n",
     "<ul>\n  <li>a</li>\n  <li>\n    <p>b</p>\n\n    <p>c</p>\n  </li>\n</ul>\n"},
    {"CodeInAnItem",
     "* a\n\n      b\n",
     "<ul>\n  <li>\n    <p>a</p>\n\n    <div class=\"language-plaintext highlighter-rouge\"><div "
     "class=\"highlight\"><pre class=\"highlight\"><code>b\n</code></pre></div>    </div>\n  "
     "</li>\n</ul>\n"},
    {"AnItemWithoutText", "* a\n*\n* b\n", "<ul>\n  <li>a\n*</li>\n  <li>b</li>\n</ul>\n"},
    {"AnItemOfAttributes", "* {:.x}\n  a\n", "<ul>\n  <li class=\"x\">a</li>\n</ul>\n"},
    {"QuotesInItems",
     "* > a\n  > b\n",
     "<ul>\n  <li>\n    <blockquote>\n      <p>a\nb</p>\n    </blockquote>\n  </li>\n</ul>\n"},
    {"HeadersInItems", "* # a\n", "<ul>\n  <li>\n    <h1 id=\"a\">a</h1>\n  </li>\n</ul>\n"},
    {"NumbersThenBulletsAreTwo",
     "1. a\n* b\n",
     "<ol>\n  <li>a\n    <ul>\n      <li>b</li>\n    </ul>\n  </li>\n</ol>\n"},
    {"ARuleBehindABlankLineEndsIt", "* a\n\n* * *\n", "<ul>\n  <li>a</li>\n</ul>\n\n<hr />\n"},
    {"TasksOnceBegunGoOn",
     "- [ ] a\n- b\n",
     "<ul class=\"task-list\">\n  <li class=\"task-list-item\"><input type=\"checkbox\" "
     "class=\"task-list-item-checkbox\" disabled=\"disabled\" />a</li>\n  <li "
     "class=\"task-list-item\">b</li>\n</ul>\n"},
    {"TasksInNestedLists",
     "- a\n  - [X] b\n",
     "<ul>\n  <li>a\n    <ul class=\"task-list\">\n      <li class=\"task-list-item\"><input "
     "type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"disabled\" "
     "checked=\"checked\" />b</li>\n    </ul>\n  </li>\n</ul>\n"},
};

TEST(MarkdownBlocks, Lists) {
  for (const Case& one : kLists) check(one, Options());
}

constexpr Case kDefinitions[] = {
    {"OfOneTerm", "a\n: b\n", "<dl>\n  <dt>a</dt>\n  <dd>b</dd>\n</dl>\n"},
    {"OfSeveralTermsAndDefinitions",
     "a\nb\n: c\n: d\n",
     "<dl>\n  <dt>a</dt>\n  <dt>b</dt>\n  <dd>c</dd>\n  <dd>d</dd>\n</dl>\n"},
    {"AsParagraphs",
     "a\n\n: b\n\n  c\n",
     "<dl>\n  <dt>a</dt>\n  <dd>\n    <p>b</p>\n\n    <p>c</p>\n  </dd>\n</dl>\n"},
    {"GoOnBehindABlankLine",
     "a\n: b\n\nc\n: d\n",
     "<dl>\n  <dt>a</dt>\n  <dd>b</dd>\n  <dt>c</dt>\n  <dd>d</dd>\n</dl>\n"},
    {"WithIds",
     "{:auto_ids-x}\na b\n: c\n",
     "<dl>\n  <dt id=\"xa-b\">a b</dt>\n  <dd>c</dd>\n</dl>\n"},
    {"WithAttributes",
     "{:.k}a\n: {:.l} b\n",
     "<dl>\n  <dt class=\"k\">a</dt>\n  <dd class=\"l\">b</dd>\n</dl>\n"},
    {"HoldBlocks",
     "a\n: b\n  * c\n",
     "<dl>\n  <dt>a</dt>\n  <dd>b\n    <ul>\n      <li>c</li>\n    </ul>\n  </dd>\n</dl>\n"},
};

TEST(MarkdownBlocks, Definitions) {
  for (const Case& one : kDefinitions) check(one, Options());
}

constexpr Case kFootnotes[] = {
    {"StandAtTheEnd",
     "a[^1]\n\n[^1]: b *c*\n",
     "<p>a<sup id=\"fnref:1\" role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" "
     "rel=\"footnote\">1</a></sup></p>\n\n<div class=\"footnotes\" role=\"doc-endnotes\">\n  "
     "<ol>\n    <li id=\"fn:1\" role=\"doc-endnote\">\n      <p>b <em>c</em> <a href=\"#fnref:1\" "
     "class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a></p>\n    </li>\n  "
     "</ol>\n</div>\n"},
    {"MentionedTwice",
     "a[^1] b[^1]\n\n[^1]: c\n",
     "<p>a<sup id=\"fnref:1\" role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" "
     "rel=\"footnote\">1</a></sup> b<sup id=\"fnref:1:1\" role=\"doc-noteref\"><a href=\"#fn:1\" "
     "class=\"footnote\" rel=\"footnote\">1</a></sup></p>\n\n<div class=\"footnotes\" "
     "role=\"doc-endnotes\">\n  <ol>\n    <li id=\"fn:1\" role=\"doc-endnote\">\n      <p>c <a "
     "href=\"#fnref:1\" class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a> <a "
     "href=\"#fnref:1:1\" class=\"reversefootnote\" "
     "role=\"doc-backlink\">&#8617;<sup>2</sup></a></p>\n    </li>\n  </ol>\n</div>\n"},
    {"WithSeveralBlocks",
     "a[^x]\n\n[^x]:\n    b\n\n        c\n",
     "<p>a<sup id=\"fnref:x\" role=\"doc-noteref\"><a href=\"#fn:x\" class=\"footnote\" "
     "rel=\"footnote\">1</a></sup></p>\n\n<div class=\"footnotes\" role=\"doc-endnotes\">\n  "
     "<ol>\n    <li id=\"fn:x\" role=\"doc-endnote\">\n\n      <p>b</p>\n\n      <div "
     "class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code>c\n</code></pre></div>      </div>\n      <p><a href=\"#fnref:x\" "
     "class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a></p>\n    </li>\n  "
     "</ol>\n</div>\n"},
    {"ThatMentionOthers",
     "a[^1]\n\n[^1]: b[^2]\n[^2]: c\n",
     "<p>a<sup id=\"fnref:1\" role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" "
     "rel=\"footnote\">1</a></sup></p>\n\n<div class=\"footnotes\" role=\"doc-endnotes\">\n  "
     "<ol>\n    <li id=\"fn:1\" role=\"doc-endnote\">\n      <p>b<sup id=\"fnref:2\" "
     "role=\"doc-noteref\"><a href=\"#fn:2\" class=\"footnote\" rel=\"footnote\">2</a></sup> <a "
     "href=\"#fnref:1\" class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a></p>\n    "
     "</li>\n    <li id=\"fn:2\" role=\"doc-endnote\">\n      <p>c <a href=\"#fnref:2\" "
     "class=\"reversefootnote\" role=\"doc-backlink\">&#8617;</a></p>\n    </li>\n  "
     "</ol>\n</div>\n"},
    {"WhereTheDocumentWants",
     "* x\n{:footnotes}\n\na[^1]\n\n[^1]: b\n",
     "<div class=\"footnotes\" role=\"doc-endnotes\">\n  <ol>\n    <li id=\"fn:1\" "
     "role=\"doc-endnote\">\n      <p>b <a href=\"#fnref:1\" class=\"reversefootnote\" "
     "role=\"doc-backlink\">&#8617;</a></p>\n    </li>\n  </ol>\n</div>\n\n<p>a<sup id=\"fnref:1\" "
     "role=\"doc-noteref\"><a href=\"#fn:1\" class=\"footnote\" "
     "rel=\"footnote\">1</a></sup></p>\n\n"},
    {"ThatAreNotDefinedAreText", "a[^1]\n", "<p>a[^1]</p>\n"},
};

TEST(MarkdownBlocks, Footnotes) {
  for (const Case& one : kFootnotes) check(one, Options());
}

constexpr Case kHtml[] = {
    {"ParsedInOneLine",
     "<div markdown=\"1\">*a*</div>\n",
     "<div>\n  <p><em>a</em>&lt;/div&gt;</p>\n</div>\n"},
    {"AsASpan", "<div markdown=\"span\">*a*</div>\n", "<div><em>a</em></div>\n"},
    {"AsABlock",
     "<td markdown=\"block\">*a*</td>\n",
     "<td>\n  <p><em>a</em>&lt;/td&gt;</p>\n</td>\n"},
    {"RawInsideOfParsed",
     "<div markdown=\"1\">\n<div>*a*</div>\n\n*b*\n</div>\n",
     "<div>\n  <div>*a*</div>\n\n  <p><em>b</em></p>\n</div>\n"},
    {"NotParsed", "<div markdown=\"0\">*a*</div>\n", "<div>*a*</div>\n"},
    {"AttributesAreWrittenAnew",
     "<DIV Class='a' hidden data-x=y>b</DIV>\n",
     "<div class=\"a\" hidden=\"\" data-x=\"y\">b</div>\n"},
    {"ValuesOfOtherCharactersNeedQuotes", "<div width=50%>\n", "<p>&lt;div width=50%&gt;</p>\n"},
    {"EndTagsOfOthersAreText", "<div>a</p></div>\n", "<div>a&lt;/p&gt;</div>\n"},
    {"VoidElements", "<hr>\n<br>\n\na\n", "<hr />\n\n<p><br /></p>\n\n<p>a</p>\n"},
    {"TextBehindAnElement", "<div>a</div> b\n", "<div>a</div>\n<p>b</p>\n"},
    {"InAnItem",
     "* <div>a</div>\n  b\n",
     "<ul>\n  <li>\n    <div>a</div>\n    <p>b</p>\n  </li>\n</ul>\n"},
    {"CommentsWithBlankLines", "<!-- a\n\nb --> c\n", "<!-- a\n\nb -->\n<p>c</p>\n"},
    {"Instructions", "<div><?php a > b ?></div>\n", "<div><?php a > b ?></div>\n"},
    {"EmptyElements", "<div markdown=\"1\"></div>\n<i></i>\n", "<div></div>\n<p><i></i></p>\n"},
    {"NestedOfOneName", "<div>a<div>b</div>c</div>\nd\n", "<div>a<div>b</div>c</div>\n<p>d</p>\n"},
    {"AFigure",
     "![a](b){:standalone .c}\n",
     "<figure class=\"c\">\n  <img src=\"b\" alt=\"a\" />\n  "
     "<figcaption>a</figcaption>\n</figure>\n"},
};

TEST(MarkdownBlocks, Html) {
  for (const Case& one : kHtml) check(one, Options());
}

constexpr Case kExtensions[] = {
    {"RawForOthersIsNotShown", "{::nomarkdown type=\"latex\"}\na\n{:/}\nb\n", "<p>b</p>\n"},
    {"UnknownOnesAreText", "{::a}\nb\n", "<p>{::a}\nb</p>\n"},
    {"SettingsOfTheDocument",
     "{::options auto_ids=\"false\" header_offset=\"1\" /}\n\n# a\n",
     "\n<h2>a</h2>\n"},
    {"SettingsOfContents",
     "{::options toc_levels=\"2..3\" /}\n\n* x\n{:toc}\n\n# a\n\n## b\n",
     "\n<ul id=\"markdown-toc\">\n  <li><a href=\"#b\" "
     "id=\"markdown-toc-b\">b</a></li>\n</ul>\n\n<h1 id=\"a\">a</h1>\n\n<h2 id=\"b\">b</h2>\n"},
    {"SeveralListsOnLines", "a\n{:.b}\n{:.c}\n", "<p class=\"b c\">a</p>\n"},
    {"ListsOfALine", "{: .a\n  #b}\nc\n", "<p class=\"a\" id=\"b\">c</p>\n"},
    {"QuotedBraces", "a\n{: title=\"b\\}c\"}\n", "<p title=\"b}c\">a</p>\n"},
    {"OrderedContents",
     "1. x\n{:toc .k}\n\n# a\n",
     "<ol class=\"k\" id=\"markdown-toc\">\n  <li><a href=\"#a\" "
     "id=\"markdown-toc-a\">a</a></li>\n</ol>\n\n<h1 id=\"a\">a</h1>\n"},
    {"ContentsOfNothing", "* x\n{:toc}\n", ""},
};

TEST(MarkdownBlocks, Extensions) {
  for (const Case& one : kExtensions) check(one, Options());
}

constexpr Case kMath[] = {
    {"Block", "$$ a < b $$\n", "\\[a &lt; b\\]\n"},
    {"BlockOfLines", "$$\na\n\nb\n$$\n", "\\[a\n\nb\\]\n"},
    {"WithAttributes", "$$a$$\n{:.b}\n", "<div class=\"b\">\\[a\\]\n</div>\n"},
    {"EscapedIsText", "\\$$a$$\n", "<p>\\(a\\)</p>\n"},
    {"NotBetweenText", "a\n$$b$$\nc\n", "<p>a\n\\(b\\)\nc</p>\n"},
};

TEST(MarkdownBlocks, Math) {
  for (const Case& one : kMath) check(one, Options());
}

constexpr Case kTables[] = {
    {"PipesInCommentsCount",
     "**<!--a|b-->** c\n",
     "<table>\n  <tbody>\n    <tr>\n      <td>**&lt;!–a</td>\n      <td>b–&gt;** c</td>\n    "
     "</tr>\n  </tbody>\n</table>\n"},
    {"WithoutLeadingPipes",
     "a | b\nc | d\n",
     "<table>\n  <tbody>\n    <tr>\n      <td>a</td>\n      <td>b</td>\n    </tr>\n    <tr>\n      "
     "<td>c</td>\n      <td>d</td>\n    </tr>\n  </tbody>\n</table>\n"},
    {"NeedABlankLineBehind", "a | b\nc\n", "<p>a | b\nc</p>\n"},
    {"PipesInCode",
     "| `a|b` | <code>c|d</code> |\n",
     "<table>\n  <tbody>\n    <tr>\n      <td><code class=\"language-plaintext "
     "highlighter-rouge\">a|b</code></td>\n      <td><code>c|d</code></td>\n    </tr>\n  "
     "</tbody>\n</table>\n"},
    {"OnlyInCodeAreNoTable",
     "`a|b`\n",
     "<p><code class=\"language-plaintext highlighter-rouge\">a|b</code></p>\n"},
    {"BodiesAndFooters",
     "|a|\n|-|\n|b|\n|-|\n|c|\n|=|\n|d|\n",
     "<table>\n  <thead>\n    <tr>\n      <th>a</th>\n    </tr>\n  </thead>\n  <tbody>\n    <tr>\n "
     "     <td>b</td>\n    </tr>\n  </tbody>\n  <tbody>\n    <tr>\n      <td>c</td>\n    </tr>\n  "
     "</tbody>\n  <tfoot>\n    <tr>\n      <td>d</td>\n    </tr>\n  </tfoot>\n</table>\n"},
    {"OnlyAHeaderIsNone", "|a|\n|-|\n", "<p>|a|\n|-|</p>\n"},
    {"AlignmentOfMissingColumns",
     "|a|b|\n|:-|\n|c|d|\n",
     "<table>\n  <thead>\n    <tr>\n      <th style=\"text-align: left\">a</th>\n      "
     "<th>b</th>\n    </tr>\n  </thead>\n  <tbody>\n    <tr>\n      <td style=\"text-align: "
     "left\">c</td>\n      <td>d</td>\n    </tr>\n  </tbody>\n</table>\n"},
    {"WithAttributes",
     "|a|\n{:.b}\n",
     "<table class=\"b\">\n  <tbody>\n    <tr>\n      <td>a</td>\n    </tr>\n  "
     "</tbody>\n</table>\n"},
};

TEST(MarkdownBlocks, Tables) {
  for (const Case& one : kTables) check(one, Options());
}

constexpr Case kDefinitionsOfLinks[] = {
    {"WithATitleOnTheNextLine",
     "[a]\n\n[a]: b\n  \"c\"\n",
     "<p><a href=\"b\" title=\"c\">a</a></p>\n\n"},
    {"InAngles", "[a]\n\n[a]: <b c>\n", "<p><a href=\"b c\">a</a></p>\n\n"},
    {"IgnoringCaseAndLines", "[A\nb]\n\n[a B]: c\n", "<p><a href=\"c\">A\nb</a></p>\n\n"},
    {"WithAttributes", "[a]\n\n[a]: b\n{:.c}\n", "<p><a class=\"c\" href=\"b\">a</a></p>\n\n"},
    {"WithoutAnAddressAreText", "[a]:\n", "<p>[a]:</p>\n"},
};

TEST(MarkdownBlocks, DefinitionsOfLinks) {
  for (const Case& one : kDefinitionsOfLinks) check(one, Options());
}

constexpr Case kAbbreviations[] = {
    {"AreMarked",
     "A B.\n\n*[A]: first\n*[B]: \n",
     "<p><abbr title=\"first\">A</abbr> <abbr>B</abbr>.</p>\n\n"},
    {"WithAttributes",
     "A\n\n*[A]: first\n{:.c}\n",
     "<p><abbr class=\"c\" title=\"first\">A</abbr></p>\n\n"},
};

TEST(MarkdownBlocks, Abbreviations) {
  for (const Case& one : kAbbreviations) check(one, Options());
}

constexpr Case kCode[] = {
    {"AShorterFenceMayEndIt",
     "~~~~~\na\n~~~~\n",
     "<pre><code class=\"language-~\">a\n</code></pre>\n"},
    {"ClassesThatNameALanguage",
     "```\na\n```\n{:.b-language-nothing}\n",
     "<pre class=\"b-\"><code class=\"language-nothing\">a\n</code></pre>\n"},
    {"OfTwoLanguagesTheFirstCounts",
     "~~~ ruy\na\n~~~\n{:.language-python}\n",
     "<pre class=\"language-python\"><code class=\"language-ruy\">a\n</code></pre>\n"},
};

TEST(MarkdownBlocks, Code) {
  for (const Case& one : kCode) check(one, Options());
}

constexpr Case kKramdown[] = {
    {"AHeaderBelowItsMarks", "#\na\nb\n", "<h1 id=\"a\">\na</h1>\n<p>b</p>\n"},
    {"FencesAreTildes",
     "~~~\na\n~~~\n\n```\nb\n```\n",
     "<div class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\"><pre "
     "class=\"highlight\"><code>a\n</code></pre></div></div>\n\n<p><code "
     "class=\"language-plaintext highlighter-rouge\">\nb\n</code></p>\n"},
    {"ParagraphsNeedBlankLines", "a\n* b\n# c\n", "<p>a\n* b\n# c</p>\n"},
    {"HeadersNeedNoBlank", "#a#\n", "<h1 id=\"a\">a</h1>\n"},
    {"IdsOfTheTypedText", "# *a* 1\n", "<h1 id=\"a-1\"><em>a</em> 1</h1>\n"},
    {"NoTasks", "* [ ] a\n", "<ul>\n  <li>[ ] a</li>\n</ul>\n"},
    {"NothingIsStruck", "~~a~~\n", "<p>~~a~~</p>\n"},
};

TEST(MarkdownBlocks, OfKramdownsOwnInput) {
  for (const Case& one : kKramdown) check(one, {.is_gfm_input = false});
}

}  // namespace
}  // namespace stet::markdown

// What Debian's jekyll writes for the same files.
#include "cms/render/renderer.h"

#include <gmock/gmock.h>

#include "tests/cms/render/rendered_site.h"

namespace stet::render {
namespace {

using site::page;
using testing::HasSubstr;
using testing::Not;

TEST(Renderer, LayoutsLieInLayouts) {
  RenderedSite made({{"_layouts/base.html",
                      "B[{{ content }}]{{ layout.m }}{{ layout.n | jsonify }}{{ layout.o }}"},
                     {"_layouts/mid.html",
                      "---\nlayout: base\nm: mid\nn: {x: 1}\n---\nM[{{ content }}]{{ layout.m }}"},
                     {"_layouts/sub/deep.html", "deep[{{ content }}]"},
                     {"_layouts/x.y.html", "xy[{{ content }}]"},
                     {"_layouts/404.html", "---\nlayout: 7\n---\n404[{{ content }}]"},
                     {"_layouts/7.html", "7[{{ content }}]"},
                     {"a.html", page("layout: mid", "a {{ layout.m }}|{{ layout.layout }}")},
                     {"b.html", page("layout: sub/deep", "b")},
                     {"c.html", page("layout: x.y", "c")},
                     {"d.html", page("layout: none", "d")},
                     {"e.html", page("", "e")},
                     {"f.html", page("layout: 404", "f")}});
  EXPECT_EQ(made.bytes("f.html"), "7[404[f]]");
  EXPECT_EQ(made.bytes("a.html"), "B[M[a mid|base]mid]mid{\"x\":1}");
  EXPECT_EQ(made.bytes("b.html"), "deep[b]");
  EXPECT_EQ(made.bytes("c.html"), "xy[c]");
  EXPECT_EQ(made.bytes("d.html"), "d");
  EXPECT_EQ(made.bytes("e.html"), "e");
}

TEST(Renderer, LayoutsThatRunInACircleEnd) {
  RenderedSite made({{"_layouts/one.html", "---\nlayout: two\n---\n1[{{ content }}]"},
                     {"_layouts/two.html", "---\nlayout: one\n---\n2[{{ content }}]"},
                     {"_layouts/self.html", "---\nlayout: self\n---\nS[{{ content }}]"},
                     {"a.html", page("layout: one", "a")},
                     {"b.html", page("layout: self", "b")}});
  EXPECT_EQ(made.bytes("a.html"), "2[1[a]]");
  EXPECT_EQ(made.bytes("b.html"), "S[b]");
  EXPECT_FALSE(made.page("a.html").is_failed);
}

TEST(Renderer, LayoutsSeeAPageAsItIsWrittenAndADocumentAsItIsRendered) {
  RenderedSite made({{"_layouts/l.html", "{{ page.content | strip }}|{{ content | strip }}"},
                     {"a.md", page("layout: l\nt: T", "*a* {{ page.t }}")},
                     {"_posts/2020-01-01-a.md", page("layout: l\nt: T", "*a* {{ page.t }}")}});
  EXPECT_EQ(made.bytes("a.html"), "*a* {{ page.t }}|<p><em>a</em> T</p>");
  EXPECT_EQ(made.bytes("2020/01/01/a.html"), "<p><em>a</em> T</p>|<p><em>a</em> T</p>");
}

TEST(Renderer, ALayoutThatIsMissingIsAWarning) {
  RenderedSite made({{"_layouts/to.html", "---\nlayout: gone\n---\nG[{{ content }}]"},
                     {"a.html", page("layout: nope", "a")},
                     {"b.html", page("layout: to", "b")}});
  EXPECT_EQ(made.bytes("a.html"), "a");
  EXPECT_EQ(made.problems("a.html"),
            "a.html:1: layout 'nope' does not exist; make _layouts/nope.html\n");
  EXPECT_EQ(made.bytes("b.html"), "G[b]");
  EXPECT_FALSE(made.page("b.html").is_failed);
  made.site().edit({{"_layouts/nope.html", "now[{{ content }}]"}});
  EXPECT_EQ(made.bytes("a.html"), "now[a]");
}

TEST(Renderer, IncludesComeFromTheirFolderOrFromBeside) {
  RenderedSite made(
      {{"_includes/i.html", "I{{ include.a }}{{ page.title }}"},
       {"_includes/front.html", "---\nx: 1\n---\nF"},
       {"_includes/sub/j.html", "J{% include i.html a=include.b %}"},
       {"a.html", page("title: T", "{% include i.html a='q' %}{% include sub/j.html b=7 %}")},
       {"f.html", page("", "{% include front.html %}")},
       {"s/rel.html", page("", "{% include_relative part.txt %}{% include_relative t/u.txt %}")},
       {"s/part.txt", "P{{ page.path }}"},
       {"s/t/u.txt", "{% include_relative t/v.txt %}"},
       {"s/t/v.txt", "V"},
       {"_posts/2020-01-01-a.html", page("", "{% include_relative sub/x.txt %}")},
       {"_posts/sub/x.txt", "X"},
       {"m.html", page("", "before {% include nope.html %}")}});
  EXPECT_EQ(made.bytes("a.html"), "IqTJI7T");
  EXPECT_EQ(made.bytes("f.html"), "---\nx: 1\n---\nF");
  EXPECT_EQ(made.bytes("s/rel.html"), "Ps/rel.htmlV");
  EXPECT_EQ(made.bytes("2020/01/01/a.html"), "X");
  EXPECT_TRUE(made.page("m.html").is_failed);
  EXPECT_THAT(made.problems("m.html"), HasSubstr("m.html:3:8: "));
  EXPECT_THAT(made.problems("m.html"), HasSubstr("nope.html"));
}

TEST(Renderer, LinksAndPostUrls) {
  auto link = [](const std::string& tag) {
    RenderedSite made({{"a.md", page()},
                       {"s/part.txt", "static"},
                       {"_config.yml", "{collections: {things: {output: true}}, baseurl: /b}"},
                       {"_things/x.md", page()},
                       {"_posts/2020-01-01-a.md", page()},
                       {"_posts/sub/2020-01-02-b.md", page()},
                       {"cat/_posts/2020-01-03-c.md", page()},
                       {"dog/_posts/2020-01-03-c.md", page()},
                       {"_posts/2020-01-05-name.md", page("slug: slugged")},
                       {"p.html", page("z: a.md", "{% " + tag + " %}")}});
    RenderedPage rendered = made.page("p.html");
    return rendered.is_failed ? "failed" : rendered.bytes;
  };
  struct {
    std::string tag, out;
  } cases[] = {
      {"link a.md", "/b/a.html"},
      {"link s/part.txt", "/b/s/part.txt"},
      {"link _things/x.md", "/b/things/x.html"},
      {"link _posts/2020-01-01-a.md", "/b/2020/01/01/a.html"},
      {"link {{ page.z }}", "/b/a.html"},
      {"link nope.md", "failed"},
      {"post_url 2020-01-01-a", "/b/2020/01/01/a.html"},
      {"post_url /2020-01-01-a", "/b/2020/01/01/a.html"},
      {"post_url 2020-1-1-a", "/b/2020/01/01/a.html"},
      {"post_url sub/2020-01-02-b", "/b/2020/01/02/b.html"},
      {"post_url 2020-01-02-b", "/b/2020/01/02/b.html"},
      {"post_url cat/2020-01-03-c", "/b/cat/2020/01/03/c.html"},
      {"post_url dog/2020-01-03-c", "/b/dog/2020/01/03/c.html"},
      {"post_url 2020-01-05-slugged", "/b/2020/01/05/slugged.html"},
      {"post_url 2020-01-09-none", "failed"},
      {"post_url none", "failed"},
  };
  for (const auto& c : cases) EXPECT_EQ(link(c.tag), c.out) << c.tag;
}

TEST(Renderer, StaticFilesOfACollectionAreAmongItsFilesAndTheDocuments) {
  RenderedSite made(
      {{"_config.yml", "collections: {things: {output: true}}"},
       {"_posts/2020-01-01-a.md", page()},
       {"_things/t.md", page()},
       {"_things/s.png", "s"},
       {"u.png", "u"},
       {"a.txt",
        page("",
             "{% for c in site.collections %}{{ c.label }}: {{ c.docs | map: 'path' }} {{ c.files "
             "| map: 'path' }}\n{% endfor %}{{ site.documents | map: 'path' | join: ' ' }}")}});
  EXPECT_EQ(made.bytes("a.txt"),
            "posts: _posts/2020-01-01-a.md \nthings: _things/t.md _things/s.png\n"
            "_posts/2020-01-01-a.md _things/t.md _things/s.png");
}

// Documents of collections in the order of the configuration, posts first, then pages.
TEST(Renderer, OthersAreRenderedIfTheirTurnCameBefore) {
  RenderedSite made(
      {{"_config.yml", "collections: {things: {output: true}}"},
       {"_posts/2020-01-01-a.md", page("", "*a* {{ page.next.content }}")},
       {"_posts/2020-01-02-b.md", page("", "*b* {{ page.previous.content }}")},
       {"_things/t.md", page("", "*t*")},
       {"a.html", page("", "{% for p in site.pages %}{{ p.content }};{% endfor %}")},
       {"b.md", page("", "*page*")},
       {"c.html", page("", "{% for p in site.pages %}{{ p.content | strip }};{% endfor %}")},
       {"d.html",
        page("", "{{ site.posts[0].content | strip }}|{{ site.things[0].content | strip }}")},
       {"_posts/2020-01-03-c.md", page("", "{{ site.things[0].content }}")}});
  EXPECT_EQ(made.bytes("2020/01/01/a.html"),
            "<p><em>a</em> <em>b</em> {{ page.previous.content }}</p>\n");
  EXPECT_EQ(made.bytes("2020/01/02/b.html").substr(0, 13), "<p><em>b</em>");
  EXPECT_EQ(made.bytes("2020/01/03/c.html"), "<p><em>t</em></p>\n");
  EXPECT_THAT(made.bytes("a.html"), HasSubstr(";*page*;"));
  EXPECT_THAT(made.bytes("c.html"), HasSubstr(";<p><em>page</em></p>;"));
  EXPECT_EQ(made.bytes("d.html"), "<p><em>t</em></p>|<p><em>t</em></p>");
}

TEST(Renderer, ADocumentPrintsItselfAsItIsRenderedOrElseAsItIsWritten) {
  RenderedSite site(
      {{"_config.yml", "collections: {things: {output: true}}\npermalink: /:title/\n"},
       {"_layouts/box.html", "[{{ content | strip }}]"},
       {"_things/a.md", "---\nlayout: box\n---\n*a*"},
       {"_posts/2020-01-01-p.md", site::page("", "{{ site.things.first }}")},
       {"all.html", site::page("", "{% for t in site.things %}{{ t }}{% endfor %}")}});
  EXPECT_EQ(site.bytes("all/index.html"), "[<p><em>a</em></p>]");
  EXPECT_EQ(site.bytes("p/index.html"), "<p><em>a</em></p>\n");
}

TEST(Renderer, HighlightedBlocksStandOnLinesOfTheirOwnInMarkdown) {
  const std::string text =
      "{% capture c %}{% highlight x %}y{% endhighlight %}{% endcapture %}"
      "{{ c | newline_to_br | slice: 0, 6 | escape }}";
  RenderedSite site({{"a.md", site::page("", text)}, {"b.html", site::page("", text)}});
  EXPECT_EQ(site.bytes("a.html"), "<p>&lt;br /&gt;</p>\n");
  EXPECT_EQ(site.bytes("b.html"), "&lt;figur");
}

TEST(Renderer, LiquidIsLeftAloneWhereThePageSaysSo) {
  RenderedSite made(
      {{"_layouts/l.html", "[{{ content }}{{ page.title }}]"},
       {"a.md",
        page("{render_with_liquid: false, layout: l, title: T}", "{{ page.title }} {% raw %}\n")},
       {"b.md", page("{render_with_liquid: true, title: T}", "{{ page.title }}")}});
  EXPECT_EQ(made.bytes("a.html"), "[<p>{{ page.title }} {% raw %}</p>\nT]");
  EXPECT_EQ(made.bytes("b.html"), "<p>T</p>\n");
}

TEST(Renderer, Excerpts) {
  RenderedSite made(
      {{"_posts/2020-01-01-a.md", page("title: T", "*{{ page.title }}*{{ page.excerpt }}\n\nmore")},
       {"_posts/2020-01-02-own.md", page("excerpt: own *x*")},
       {"_posts/2020-01-03-none.md", page("excerpt_separator: ''")},
       {"_posts/2020-01-04-h.html", page("", "*a*\n\nb")},
       {"i.html", page("", "{% for p in site.posts %}[{{ p.excerpt }}]{% endfor %}")}});
  EXPECT_EQ(made.bytes("i.html"), "[*a*][][own *x*][<p><em>T</em></p>\n]");
}

TEST(Renderer, PagesAreHashesAndDocumentsAreNot) {
  RenderedSite made({{"_posts/2020-01-01-a.md", page()},
                     {"p.html", page("t: 1", "{% for k in page %}{{ k[0] }},{% endfor %}")},
                     {"j.json", page("", "{{ page | jsonify }}")}});
  EXPECT_EQ(made.bytes("p.html"), "t,content,dir,excerpt,name,path,url,");
  EXPECT_EQ(
      made.bytes("j.json"),
      "{\"content\":\"{{ page | jsonify }}\",\"dir\":\"/\",\"excerpt\":null,\"name\":\"j.json\","
      "\"path\":\"j.json\",\"url\":\"/j.json\"}");
}

TEST(Renderer, ProblemsOfMarkdownNameTheFileAndItsLine) {
  std::string body(17 << 20, 'x');
  RenderedSite made({{"a.md", page("t: 1", body)}});
  EXPECT_EQ(made.problems("a.html").substr(0, 5), "a.md:");
}

TEST(Renderer, ADocumentWhoseDateIsNoneFails) {
  RenderedSite made({{"_posts/2020-01-01-a.md", page("date: soon")}});
  RenderedPage rendered = made.page("2020/01/01/a.html");
  EXPECT_TRUE(rendered.is_failed);
  EXPECT_THAT(site::show(rendered.problems), HasSubstr("date: 'soon' is no date"));
}

TEST(Renderer, APageThatFailsSaysWhereAndFromWhichFileItIs) {
  RenderedSite made(
      {{"_includes/x.html", "\n{% nonsense %}"}, {"a.html", page("", "{% include x.html %}")}});
  RenderedPage rendered = made.page("a.html");
  EXPECT_TRUE(rendered.is_failed);
  EXPECT_EQ(rendered.source, "a.html");
  EXPECT_THAT(site::show(rendered.problems), HasSubstr("_includes/x.html:2:1: "));
}

TEST(Renderer, StaticFilesAreCopied) {
  RenderedSite made({{"a.bin", std::string("\0\xff{{ x }}", 9)}});
  EXPECT_EQ(made.bytes("a.bin"), std::string("\0\xff{{ x }}", 9));
  EXPECT_EQ(made.reads("a.bin"), "file a.bin\n");
}

TEST(Renderer, NotesWhatItReadsAndNoMore) {
  RenderedSite made(
      {{"_config.yml", "{title: S, author: {name: N, mail: M}}"},
       {"_layouts/l.html", "{{ site.author.name }}{{ content }}"},
       {"_posts/2020-01-01-a.md", page("title: T")},
       {"a.html",
        page("layout: l", "{% for p in site.posts limit: 1 %}{{ p.title }}{% endfor %}")}});
  std::string page_reads = made.reads("a.html");
  EXPECT_THAT(page_reads, HasSubstr("configuration author.name\n"));
  EXPECT_THAT(page_reads, HasSubstr("file _layouts/l.html\n"));
  EXPECT_THAT(page_reads, HasSubstr("content of a.html, rendered\n"));
  EXPECT_THAT(page_reads, Not(HasSubstr("author.mail")));
  EXPECT_THAT(page_reads, Not(HasSubstr("title")));
  Renditions renditions;
  Renderer(made.site().pointer(), {made.templates(), renditions, made.instants(), {}})
      .content(*made.site()->find_document("a.html"));
  auto fresh = renditions.take_fresh();
  ASSERT_EQ(fresh.size(), 1u);
  const reads::Reads& body = fresh[0].second;
  std::string body_reads;
  for (reads::Key key : body.keys) body_reads += describe(key, made.site().names()) + "\n";
  EXPECT_THAT(body_reads, HasSubstr("title of _posts/2020-01-01-a.md\n"));
  EXPECT_THAT(body_reads, HasSubstr("#body of a.html\n"));
  EXPECT_THAT(body_reads, Not(HasSubstr("length of site.posts")));
  ASSERT_EQ(body.spans.size(), 1u);
  EXPECT_EQ(describe(body.spans[0], made.site().names()), "position 0 of site.posts");
}

TEST(Renderer, TheInstantIsReadAsItWasPrinted) {
  RenderedSite made({{"y.html", page("", "{{ site.time | date: '%Y' }}")}});
  EXPECT_EQ(made.bytes("y.html"), "2020");
  ASSERT_EQ(made.instants().seen().size(), 1u);
  EXPECT_EQ(made.instants().seen().begin()->second, "2020");
}

TEST(Renderer, CodeIsFramedAsTheHighlightersSettingsSay) {
  RenderedSite made(
      {{"_config.yml",
        "kramdown:\n  syntax_highlighter_opts:\n    css_class: c\n"
        "    line_numbers: true\n    span: {line_numbers: false}\n"
        "    block: {start_line: 5, table_class: t, gutter_class: g, code_class: d}\n"},
       {"a.md", page("", "`x`\n\n    y\n")}});
  EXPECT_EQ(made.bytes("a.html"),
            "<p><code class=\"language-plaintext highlighter-rouge\">x</code></p>\n\n"
            "<div class=\"language-plaintext highlighter-rouge\"><div class=\"highlight\">"
            "<pre class=\"c\"><code><table class=\"t\"><tbody><tr><td class=\"g gl\">"
            "<pre class=\"lineno\">5\n</pre></td><td class=\"d\"><pre>y\n</pre></td></tr>"
            "</tbody></table></code></pre></div></div>\n");
}

}  // namespace
}  // namespace stet::render

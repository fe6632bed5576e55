#include "tests/cms/liquid/filters/table.h"

namespace stet::liquid {
namespace {

TEST(MarkupFilters, EscapeHtmlAndXml) {
  bench::check({
      {"escape",
       R"("<a href='x'>&amp;\"")",
       "[]",
       R"("&lt;a href=&#39;x&#39;&gt;&amp;amp;&quot;")"},
      {"h", R"("<")", "[]", R"("&lt;")"},
      {"escape", "null", "[]", "nil"},
      {"escape", "5", "[]", R"("5")"},
      {"escape_once",
       R"("&amp; &#38; &x1; & &#; &; <")",
       "[]",
       R"("&amp; &#38; &amp;x1; &amp; &amp;#; &amp;; &lt;")"},
      {"escape_once", "null", "[]", R"("")"},
      {"xml_escape", R"("'<>&\"")", "[]", R"("&apos;&lt;&gt;&amp;&quot;")"},
      {"inspect", R"({"a": "b'"})", "[]", R"("{&quot;a&quot;=&gt;&quot;b&apos;&quot;}")"},
      {"jsonify", R"({"a": [1, null, "x\"\n"]})", "[]", R"("{\"a\":[1,null,\"x\\\"\\n\"]}")"},
  });
}

TEST(MarkupFilters, StripTagsWithWhatIsInScriptsStylesAndComments) {
  bench::check({
      {"strip_html", R"("<p>a<br/>b</p>")", "[]", R"("ab")"},
      {"strip_html", R"("a<script>x<b></script>b")", "[]", R"("ab")"},
      {"strip_html", R"("a<style\n>x</style>b<!-- <i> -->c")", "[]", R"("abc")"},
      {"strip_html", R"("a<!-- b")", "[]", R"("a<!-- b")"},
      {"strip_html", R"("a<script>b")", "[]", R"("ab")"},
      {"strip_html", R"("1 < 2")", "[]", R"("1 < 2")"},
      {"strip_html", R"("a<\n>b")", "[]", R"("ab")"},
      {"strip_html", "null", "[]", R"("")"},
  });
}

TEST(MarkupFilters, AskTheHostForMarkdownAndSass) {
  bench::check({
      {"markdownify", R"("*a*")", "[]", "\"md(*a*)\""},
      {"smartify", R"("a")", "[]", "\"smart(a)\""},
      {"sassify", R"("a")", "[]", "\"sass(a)\""},
      {"scssify", R"("a")", "[]", "\"scss(a)\""},
      {"scssify", R"("broken")", "[]", "! broken sass"},
  });
}

TEST(UrlFilters, EncodeAndDecode) {
  bench::check({
      {"url_encode", R"("a b*é&~")", "[]", R"("a+b%2A%C3%A9%26~")"},
      {"cgi_escape", R"("a b")", "[]", R"("a+b")"},
      {"url_encode", "null", "[]", "nil"},
      {"url_decode", R"("a+b%2A%zz%C3%A9")", "[]", R"("a b*%zzé")"},
      {"url_decode", R"("%ff")", "[]", "! invalid byte sequence in UTF-8"},
      {"uri_escape", R"("a b/ü?x=%41")", "[]", R"("a%20b/%C3%BC?x=A")"},
      {"strip_index", R"("/a/index.html")", "[]", R"("/a/")"},
      {"strip_index", R"("/a/index.htm")", "[]", R"("/a/")"},
      {"strip_index", R"("/a/index.html?x")", "[]", R"("/a/index.html?x")"},
      {"strip_index", R"("index.html")", "[]", R"("index.html")"},
      {"strip_index", "42", "[]", "! strip_index needs text, and got Integer"},
  });
}

struct Link {
  std::string_view input;
  std::string_view relative;
  std::string_view absolute;
};

void check_links(std::string_view url, std::string_view baseurl, const std::vector<Link>& links) {
  for (const Link& link : links) {
    bench::CountingContext context;
    if (!url.empty()) context.recording_host.settings.emplace_back("url", Value(std::string(url)));
    context.recording_host.settings.emplace_back("baseurl", Value(std::string(baseurl)));
    Value input{std::string(link.input)};
    EXPECT_EQ(bench::run(context, "relative_url", input).value().as_string(), link.relative);
    EXPECT_EQ(bench::run(context, "absolute_url", input).value().as_string(), link.absolute);
  }
}

TEST(UrlFilters, PutTheSitesAddressBeforeALink) {
  check_links("https://Ex.org:443",
              "b/",
              {{"a", "/b/a", "https://ex.org/b/a"},
               {"/a b/ü", "/b/a%20b/%C3%BC", "https://ex.org/b/a%20b/%C3%BC"},
               {"", "/b", "https://ex.org/b"},
               {"/", "/b/", "https://ex.org/b/"},
               {"/x/../y", "/b/y", "https://ex.org/b/y"},
               {"?q=a;b", "/b/?q=a%3Bb", "https://ex.org/b/?q=a%3Bb"},
               {"mailto:a@b", "mailto:a@b", "mailto:a@b"},
               {"HTTP://X/%41", "HTTP://X/%41", "HTTP://X/%41"}});
  // What needs no change is not looked at for long; what looks alike but does, is.
  check_links("https://example.org",
              "",
              {{"/a-b/2020_1.html", "/a-b/2020_1.html", "https://example.org/a-b/2020_1.html"},
               {"/a/../b", "/b", "https://example.org/b"},
               {"/a/./b", "/a/b", "https://example.org/a/b"},
               {"/A/", "/A/", "https://example.org/A/"},
               {"/.well-known/x", "/.well-known/x", "https://example.org/.well-known/x"},
               {"/ü", "/%C3%BC", "https://example.org/%C3%BC"}});
  check_links("HTTP://Example.org:80", "", {{"/a", "/a", "http://example.org/a"}});
  check_links("", "", {{"a", "/a", "/a"}, {"", "", ""}, {"//cdn/x", "//cdn/x", "//cdn/x"}});
  check_links("http://bücher.example", "", {{"a", "/a", "http://xn--bcher-kva.example/a"}});
}

TEST(UrlFilters, RefuseWhatHasNoScheme) {
  bench::CountingContext context;
  auto refused = bench::run(context, "relative_url", Value(std::string("1:2")));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "Invalid scheme format: '1'");
}

TEST(Slugify, HasJekyllsModes) {
  bench::check({
      {"slugify", R"("The _config.yml file")", "[]", R"("the-config-yml-file")"},
      {"slugify", R"("The _config.yml file")", R"(["pretty"])", R"("the-_config.yml-file")"},
      {"slugify", R"(" Été — 1½ ")", R"(["default"])", R"("été-1")"},
      {"slugify", R"(" Été — 1½ ")", R"(["ascii"])", R"("t-1")"},
      {"slugify", R"(" Été Øre ß")", R"(["latin"])", R"("ete-ore-ss")"},
      {"slugify", R"("A  b\tC!")", R"(["raw"])", R"("a-b-c!")"},
      {"slugify", R"("A b")", R"(["none"])", R"("a b")"},
      {"slugify", R"("A b")", R"(["bogus"])", R"("a b")"},
      {"slugify", R"("日本語 テキスト")", "[]", R"("日本語-テキスト")"},
      {"slugify", R"("-")", "[]", R"("")"},
      {"slugify", "null", "[]", "nil"},
  });
}

}  // namespace
}  // namespace stet::liquid

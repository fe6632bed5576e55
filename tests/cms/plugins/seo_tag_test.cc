// {% seo %} by the fields of page and site.

#include "cms/plugins/seo_tag.h"

#include <gmock/gmock.h>

#include "tests/cms/generate/built_site.h"

namespace stet::plugins {
namespace {

using generate::BuiltSite;
using testing::HasSubstr;
using testing::Not;
using Files = std::map<std::string, std::string>;

std::string head(const std::string& config,
                 const std::string& fields,
                 const std::string& path = "page.md") {
  Files files{{"_config.yml", "plugins: [jekyll-seo-tag]\n" + config},
              {"_layouts/seo.html", "{% seo %}"},
              {path, "---\nlayout: seo\n" + fields + "---\nLead *text*.\n\nMore.\n"}};
  BuiltSite site(files);
  std::string bytes;
  site.site().for_each_output(
      [&](const std::string& output, const auto&) { bytes += site.bytes(output); });
  return bytes;
}

std::string meta(const std::string& kind, const std::string& name, const std::string& content) {
  return "<meta " + kind + "=\"" + name + "\" content=\"" + content + "\" />\n";
}

TEST(SeoTag, SaysWhoseTagItIsAndEndsWithData) {
  std::string html = head("", "");
  EXPECT_THAT(html, HasSubstr("<!-- Begin Jekyll SEO tag v2.8.0 -->\n<meta name=\"generator\""));
  EXPECT_THAT(
      html,
      HasSubstr("<script type=\"application/ld+json\">\n{\"@context\":\"https://schema.org\""
                ",\"@type\":\"WebPage\",\"url\":\"/page.html\"}</script>\n"
                "<!-- End Jekyll SEO tag -->\n"));
  EXPECT_THAT(html, Not(HasSubstr("<title>")));
  EXPECT_THAT(html, Not(HasSubstr("canonical")));
}

TEST(SeoTag, TheTitleIsThePagesThenTheSites) {
  struct Case {
    std::string config, fields, title;
  };
  const Case cases[] = {
      {"title: S\n", "title: P\n", "P | S"},
      {"title: S\n", "", "S"},
      {"name: N\n", "title: P\n", "P | N"},
      {"title: S\ndescription: D\n", "", "S | D"},
      {"title: S\ndescription: D\ntagline: T\n", "", "S | T"},
      {"title: S\ntagline: T\n", "", "S"},
      {"title: A *b* & <i>c</i>\n", "title: S -- \"x\"\n", "S – “x” | A b &amp; c"},
      {"", "title: P\n", "P"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(head(c.config, c.fields), HasSubstr("<title>" + c.title + "</title>\n"))
        << c.config << c.fields;
  }
}

TEST(SeoTag, EachFieldHasItsTags) {
  struct Case {
    std::string config, fields, tag;
  };
  const Case cases[] = {
      {"", "author: A\n", meta("name", "author", "A")},
      {"author: {name: S}\n", "", meta("name", "author", "S")},
      {"author: S\n", "authors: [B, C]\n", meta("name", "author", "B")},
      {"", "", meta("property", "og:locale", "en_US")},
      {"lang: de-AT\n", "", meta("property", "og:locale", "de_AT")},
      {"lang: de\n", "locale: fr-FR\n", meta("property", "og:locale", "fr_FR")},
      {"", "description: D\n", meta("name", "description", "D")},
      {"description: S\n", "", meta("property", "og:description", "S")},
      {"url: https://x.example\n",
       "",
       "<link rel=\"canonical\" href=\"https://x.example/page.html\" />\n"},
      {"url: https://x.example\n",
       "canonical_url: https://c.example/\n",
       meta("property", "og:url", "https://c.example/")},
      {"url: https://x.example\n",
       "image: /a b.png\n",
       meta("property", "og:image", "https://x.example/a%20b.png") +
           meta("property", "og:type", "website")},
      {"",
       "image: {path: /i.png, height: 2, width: 3, alt: A}\n",
       meta("property", "og:image:height", "2") + meta("property", "og:image:width", "3") +
           meta("property", "og:image:alt", "A")},
      {"", "image: /i.png\n", meta("name", "twitter:card", "summary_large_image")},
      {"", "image: /i.png\ntwitter: {card: c}\n", meta("name", "twitter:card", "c")},
      {"", "", meta("name", "twitter:card", "summary")},
      {"twitter: {username: '@t'}\n", "", meta("name", "twitter:site", "@t")},
      {"twitter: {username: t}\n",
       "author: {name: N, twitter: '@n'}\n",
       meta("name", "twitter:creator", "@n")},
      {"facebook: {admins: 1, publisher: p, app_id: 2}\n",
       "",
       meta("property", "fb:admins", "1") + meta("property", "article:publisher", "p") +
           meta("property", "fb:app_id", "2")},
      {"webmaster_verifications: {google: g, bing: b, alexa: a, yandex: y, baidu: d, facebook: "
       "f}\n",
       "",
       meta("name", "google-site-verification", "g") + meta("name", "msvalidate.01", "b") +
           meta("name", "alexaVerifyID", "a") + meta("name", "yandex-verification", "y") +
           meta("name", "baidu-site-verification", "d") +
           meta("name", "facebook-domain-verification", "f")},
      {"google_site_verification: g\n", "", meta("name", "google-site-verification", "g")},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(head(c.config, c.fields), HasSubstr(c.tag)) << c.config << c.fields;
  }
}

TEST(SeoTag, TheDataIsInOrderOfItsKeys) {
  EXPECT_THAT(head("url: https://x.example\nlogo: /l.png\n",
                   "title: T\nauthor: {name: N, type: Organization, url: u}\n"
                   "image: {path: /i.png, height: 2}\nseo: {type: CreativeWork, name: M, links: "
                   "[a]}\ndate: 2020-01-02\n"),
              HasSubstr(R"({"@context":"https://schema.org","@type":"CreativeWork",)"
                        R"("author":{"@type":"Organization","name":"N","url":"u"},)"
                        R"("dateModified":"2020-01-02T00:00:00+00:00",)"
                        R"("datePublished":"2020-01-02T00:00:00+00:00","headline":"T",)"
                        R"("image":{"height":2,"url":"https://x.example/i.png",)"
                        R"("@type":"imageObject"},"mainEntityOfPage":{"@type":"WebPage",)"
                        R"("@id":"https://x.example/page.html"},"name":"M",)"
                        R"("publisher":{"@type":"Organization","logo":{"@type":"ImageObject",)"
                        R"("url":"https://x.example/l.png"},"name":"N"},"sameAs":["a"],)"
                        R"("url":"https://x.example/page.html"})"));
  EXPECT_THAT(head("", "author: {name: N, type: Robot}\n"), Not(HasSubstr("\"author\":")));
}

TEST(SeoTag, APostIsAnArticleAndItsExcerptDescribesIt) {
  std::string html = head("title: S\n", "title: P\n", "_posts/2020-01-02-p.md");
  EXPECT_THAT(html, HasSubstr(meta("name", "description", "Lead text.")));
  EXPECT_THAT(html,
              HasSubstr(meta("property", "og:type", "article") +
                        meta("property", "article:published_time", "2020-01-02T00:00:00+00:00")));
  EXPECT_THAT(html, HasSubstr("\"@type\":\"BlogPosting\""));
}

TEST(SeoTag, TheFirstPageAndTheOneAboutAreTheSite) {
  const std::string config = "title: S\nsocial: {name: N, links: [l]}\n";
  for (const char* path : {"index.md", "about/index.md"}) {
    EXPECT_THAT(head(config, "", path), HasSubstr("\"@type\":\"WebSite\"")) << path;
    EXPECT_THAT(head(config, "", path), HasSubstr("\"name\":\"N\",\"sameAs\":[\"l\"]")) << path;
  }
  EXPECT_THAT(head(config, ""), Not(HasSubstr("sameAs")));
}

TEST(SeoTag, PagesOfAPaginatorSayWhichTheyAre) {
  Files files{
      {"_config.yml", "plugins: [jekyll-seo-tag, jekyll-paginate]\npaginate: 1\ntitle: S\n"},
      {"index.html", "---\n---\n{% seo %}"},
      {"_posts/2020-01-01-a.md", "---\n---\n"},
      {"_posts/2020-01-02-b.md", "---\n---\n"}};
  BuiltSite site(files);
  EXPECT_THAT(site.bytes("index.html"), HasSubstr("<link rel=\"next\" href=\"/page2\" />\n"));
  EXPECT_THAT(site.bytes("page2/index.html"), HasSubstr("<title>Page 2 of 2 for S</title>"));
  EXPECT_THAT(site.bytes("page2/index.html"), HasSubstr("<link rel=\"prev\" href=\"/\" />\n"));
}

TEST(SeoTag, MayLeaveTheTitleOut) {
  BuiltSite site(Files{{"_config.yml", "plugins: [jekyll-seo-tag]\ntitle: S\n"},
                       {"a.html", "---\n---\n{% seo title=false %}"}});
  EXPECT_THAT(site.bytes("a.html"), Not(HasSubstr("<title>")));
  EXPECT_THAT(site.bytes("a.html"), HasSubstr("og:title"));
}

TEST(PluginTags, AreUnknownWithoutTheirPlugin) {
  for (const char* tag : {"seo", "feed_meta", "gist x", "last_modified_at"}) {
    BuiltSite site(Files{{"a.html", "---\n---\n{% " + std::string(tag) + " %}"}});
    auto page = site.page("a.html");
    EXPECT_TRUE(page.is_failed) << tag;
    ASSERT_FALSE(page.problems.empty()) << tag;
    EXPECT_THAT(page.problems[0].message, HasSubstr("under plugins: in _config.yml"));
  }
}

TEST(PluginTags, PointToTheFeedAndShowGists) {
  BuiltSite site(
      Files{{"_config.yml",
             "plugins: [jekyll-feed, jekyll-gist]\nurl: https://x.example\ntitle: A & \"b\"\n"},
            {"a.html", "---\nid_of: u/7\n---\n{% feed_meta %}"},
            {"b.html", "---\nmine: u/7\n---\n{% gist 12 %}{% gist page.mine a.js %}"},
            {"c.html", "---\n---\n{% gist %}"}});
  EXPECT_EQ(site.bytes("a.html"),
            "<link type=\"application/atom+xml\" rel=\"alternate\" "
            "href=\"https://x.example/feed.xml\" title=\"A &amp; &quot;b&quot;\" />");
  EXPECT_EQ(site.bytes("b.html"),
            "<script src=\"https://gist.github.com/12.js\"> </script>"
            "<script src=\"https://gist.github.com/u/7.js?file=a.js\"> </script>");
  EXPECT_TRUE(site.page("c.html").is_failed);
}

}  // namespace
}  // namespace stet::plugins

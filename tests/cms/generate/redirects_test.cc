// Pages of jekyll-redirect-from: where they lie, where they lead, and what lists them.

#include "cms/generate/redirects.h"

#include <gtest/gtest.h>

#include "tests/cms/generate/built_site.h"

namespace stet::generate {
namespace {

using Files = std::map<std::string, std::string>;

Files with_plugin(Files files, const std::string& more = "") {
  files["_config.yml"] =
      "url: https://x.example\nbaseurl: /b\nplugins: [jekyll-redirect-from]\n" + more;
  return files;
}

bool leads_to(const std::string& page, const std::string& url) {
  return page.find("<link rel=\"canonical\" href=\"" + url + "\">") != std::string::npos &&
         page.find("content=\"0; url=" + url + "\"") != std::string::npos;
}

TEST(Redirects, LeadFromEachAddressToTheDocument) {
  BuiltSite site(
      with_plugin({{"a.md", "---\nredirect_from: [/old/, gone.html, /plain]\n---\nBody"},
                   {"_posts/2020-01-01-p.md", "---\nredirect_from: /post-was-here\n---\nBody"}}));
  for (const char* path : {"old/index.html", "gone.html", "plain.html"}) {
    EXPECT_TRUE(leads_to(site.bytes(path), "https://x.example/b/a.html")) << path;
  }
  EXPECT_TRUE(leads_to(site.bytes("post-was-here.html"), "https://x.example/b/2020/01/01/p.html"));
  EXPECT_NE(site.bytes("a.html").find("Body"), std::string::npos);
}

TEST(Redirects, ADocumentMayLeadElsewhereItself) {
  BuiltSite site(with_plugin({{"a.md", "---\nredirect_to: https://else.example/\n---\nBody"},
                              {"b.md", "---\nredirect_to: [/c/, /d/]\nlayout: x\n---\nBody"}}));
  EXPECT_TRUE(leads_to(site.bytes("a.html"), "https://else.example/"));
  EXPECT_TRUE(leads_to(site.bytes("b.html"), "https://x.example/b/c/"));
  EXPECT_EQ(site.bytes("a.html").find("Body"), std::string::npos);
}

TEST(Redirects, TheSitesOwnLayoutIsTakenWhereThereIsOne) {
  BuiltSite site(with_plugin({{"_layouts/redirect.html", "to {{ page.redirect.to }}"},
                              {"a.md", "---\nredirect_from: /old\n---\n"}}));
  EXPECT_EQ(site.bytes("old.html"), "to https://x.example/b/a.html");
}

TEST(Redirects, AreNamedInAFileUnlessTheConfigurationSaysNo) {
  Files files{{"b.md", "---\nredirect_to: https://else.example/\n---\n"},
              {"a.md", "---\nredirect_from: [/1, /2]\n---\n"},
              {"_posts/2020-01-01-p.md", "---\nredirect_from: /3\n---\n"}};
  EXPECT_EQ(BuiltSite(with_plugin(files)).bytes("redirects.json"),
            R"({"/3":"https://x.example/b/2020/01/01/p.html",)"
            R"("/1":"https://x.example/b/a.html","/2":"https://x.example/b/a.html",)"
            R"("/b.html":"https://else.example/"})");
  EXPECT_FALSE(
      BuiltSite(with_plugin(files, "redirect_from: {json: false}\n")).has("redirects.json"));
  files["redirects.json"] = "{}";
  EXPECT_EQ(BuiltSite(with_plugin(files)).bytes("redirects.json"), "{}");
}

TEST(Redirects, AreNotMadeWithoutThePlugin) {
  BuiltSite site(Files{{"a.md", "---\nredirect_from: /old\nredirect_to: /new\n---\nBody"}});
  EXPECT_FALSE(site.has("old.html"));
  EXPECT_NE(site.bytes("a.html").find("Body"), std::string::npos);
}

}  // namespace
}  // namespace stet::generate

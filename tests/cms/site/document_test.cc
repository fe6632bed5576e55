#include "cms/site/document.h"

#include "tests/cms/site/made_site.h"
#include "tests/cms/site/plain_view.h"

namespace stet::site {
namespace {

constexpr char kPost[] = "_posts/2020-01-01-a.md";

// The fields that differ after the post became another.
std::string differing(const std::string& before, const std::string& after) {
  MadeSite site({{kPost, before}});
  SitePtr before_edit = site.pointer();
  DocumentPtr was = before_edit->find_document(kPost);
  site.edit({{kPost, after}});
  DocumentPtr is = site->find_document(kPost);
  std::string text;
  for (const std::string& field : differing_fields({*was, *before_edit}, {*is, *site})) {
    text += (text.empty() ? "" : " ") + field;
  }
  return text;
}

TEST(Document, NamesTheFieldsThatDiffer) {
  EXPECT_EQ(differing(page("a: 1"), page("a: 1")), "");
  EXPECT_EQ(differing(page("a: 1"), page("a:   1 # said otherwise")), "");
  EXPECT_EQ(differing(page("a: 1"), page("a: 2")), "a");
  EXPECT_EQ(differing(page("a: 1"), page("")), "a #line *");
  EXPECT_EQ(differing(page("a: [1]"), page("a: [1, 2]")), "a");
  EXPECT_EQ(differing(page("", "x\n\ny\n"), page("", "x\n\nz\n")), "#body");
  EXPECT_EQ(differing(page("", "x\n\ny\n"), page("", "z\n\ny\n")), "#body #excerpt");
  EXPECT_EQ(differing(page("", "x"), page("excerpt: e", "x")), "excerpt #line #excerpt excerpt *");
  EXPECT_EQ(differing(page("slug: a"), page("slug: b")), "id slug url");
  EXPECT_EQ(differing(page("date: 2020-01-02"), page("date: 2020-01-02 00:00:00")), "");
  EXPECT_EQ(differing(page("category: c"), page("category: d")), "categories category id url");
}

TEST(Document, ShowsWhatJekyllShows) {
  MadeSite site({{kPost, page("{slug: My Slug, name: own, path: p, url: u, id: i}")},
                 {"sub/b.md", page("{path: own/path, name: n, url: u, dir: d}")},
                 {"c.md", page()},
                 {"_posts/2020-01-02-b.md", page("permalink: /x/y/")}});
  struct {
    std::string path, field, out;
  } cases[] = {
      {kPost, "url", "/2020/01/01/My-Slug.html"},
      {kPost, "id", "/2020/01/01/My Slug"},
      {kPost, "path", kPost},
      {kPost, "relative_path", kPost},
      {kPost, "name", "own"},
      {kPost, "collection", "posts"},
      {kPost, "dir", "nil"},
      {"_posts/2020-01-02-b.md", "id", "/x/b"},
      {"_posts/2020-01-02-b.md", "name", "2020-01-02-b.md"},
      {"sub/b.md", "path", "own/path"},
      {"sub/b.md", "name", "b.md"},
      {"sub/b.md", "url", "/sub/b.html"},
      {"sub/b.md", "dir", "/sub/"},
      {"sub/b.md", "id", "nil"},
      {"c.md", "dir", "/"},
      {"c.md", "path", "c.md"},
  };
  for (const auto& c : cases) EXPECT_EQ(site.field(c.path, c.field), c.out) << c.path << c.field;
}

TEST(Document, ALookIsARead) {
  MadeSite site({{kPost, page("title: T")}, {"c.md", page()}});
  PlainView view(*site.pointer(), site.names());
  DocumentPtr post = site->find_document(kPost);
  auto reads = [&] {
    std::string text;
    for (reads::Key key : view.recorder().take().keys) text += describe(key, site.names()) + ";";
    return text;
  };
  post->get("title", view);
  EXPECT_EQ(reads(), "title of " + std::string(kPost) + ";");
  post->has_key("none", view);
  EXPECT_EQ(reads(), "none of " + std::string(kPost) + ";");
  post->keys(view);
  EXPECT_EQ(reads(), "* of " + std::string(kPost) + ";");
  EXPECT_TRUE(post->get("next", view).is_nil());
  EXPECT_EQ(reads(), "next of " + std::string(kPost) + ";");
}

TEST(Document, APageIsAHashAndADocumentIsNone) {
  MadeSite site({{kPost, page()}, {"c.md", page()}});
  EXPECT_FALSE(site->find_document(kPost)->is_hash());
  EXPECT_TRUE(site->find_document("c.md")->is_hash());
}

}  // namespace
}  // namespace stet::site

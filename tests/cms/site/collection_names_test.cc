// Collections that are called as other lists of the site are.
#include <gtest/gtest.h>

#include "cms/site/site_drop.h"
#include "tests/cms/site/made_site.h"
#include "tests/cms/site/plain_view.h"

namespace stet::site {
namespace {

MadeSite site_of_pages() {
  return MadeSite({{"_config.yml",
                    "collections: {pages: {output: true}, html_pages: {}, static_files: {},\n"
                    "  tags: {}, documents: {}, time: {}}\n"},
                   {"_pages/a.md", page("n: 1")},
                   {"_pages/b.md", page("")},
                   {"_html_pages/h.md", page("")},
                   {"_static_files/s.md", page("")},
                   {"_tags/t.md", page("")},
                   {"_documents/d.md", page("")},
                   {"_time/i.md", page("")},
                   {"_posts/2020-01-01-p.md", page("tags: [x]")},
                   {"index.md", page("")},
                   {"file.txt", "as it is"}});
}

std::string paths_in(const liquid::Value& list, View& view) {
  std::string paths;
  for (const liquid::Value& item : liquid::items_of(list, view)) {
    paths += show(item.as_drop().get("path", view)) + "|";
  }
  return paths;
}

TEST(CollectionNames, GoBeforeWhatElseIsCalledSo) {
  MadeSite site = site_of_pages();
  PlainView view(*site, site.names());
  struct {
    const char* key;
    const char* paths;
  } cases[] = {
      {"pages", "_pages/a.md|_pages/b.md|"},
      {"html_pages", "_html_pages/h.md|"},
      {"static_files", "_static_files/s.md|"},
      {"tags", "_tags/t.md|"},
      {"documents", "_documents/d.md|"},
      {"time", "_time/i.md|"},
      {"posts", "_posts/2020-01-01-p.md|"},
  };
  for (const auto& c : cases) EXPECT_EQ(paths_in(SiteDrop().get(c.key, view), view), c.paths);
}

TEST(CollectionNames, DoNotMixWithListsOfOtherThings) {
  MadeSite site = site_of_pages();
  PlainView view(*site, site.names());
  EXPECT_EQ(paths_in(list_value("pages", view), view), "index.md|");
  EXPECT_EQ(paths_in(list_value("html_pages", view), view), "index.md|");
  DocumentPtr next = site->neighbour_of(*site->find_document("_pages/a.md"), true);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->path(), "_pages/b.md");
}

}  // namespace
}  // namespace stet::site

// A field of a whole list is told as its items tell it, and leaves the same reads.

#include "cms/site/column.h"

#include <gmock/gmock.h>

#include "cms/site/site_drop.h"
#include "tests/cms/site/made_site.h"
#include "tests/cms/site/plain_view.h"

namespace stet::site {
namespace {

MadeSite four_posts() {
  return MadeSite({{"_config.yml", "collections: [things]\n"},
                   {"_posts/2020-01-01-a.md", page("lang: en")},
                   {"_posts/2020-01-02-b.md", page("lang: de", "First.")},
                   {"_posts/2020-01-03-c.md", page("")},
                   {"_posts/2020-01-04-d.md", page("{lang: [en, de], date: 2020-01-04 10:00:00}")},
                   {"_things/x.md", page("n: 1")},
                   {"_things/y.md", page("session: own")},
                   {"file.txt", "as it is"}});
}

struct Told {
  std::string values;
  reads::Reads reads;
  friend bool operator==(const Told&, const Told&) = default;
};

Told told_by_list(MadeSite& site, const std::string& list, const std::string& field) {
  PlainView view(*site, site.names());
  std::string values;
  Told told;
  EXPECT_TRUE(list_value(list, view)
                  .as_list()
                  .visit_field(field, view, [&](std::size_t, const liquid::Value& value) {
                    told.values += show(value) + "|";
                  }));
  told.reads = view.recorder().take();
  return told;
}

Told told_by_items(MadeSite& site, const std::string& list, const std::string& field) {
  PlainView view(*site, site.names());
  Told told;
  for (const liquid::Value& item : liquid::items_of(list_value(list, view), view)) {
    told.values += show(item.as_drop().get(field, view)) + "|";
  }
  told.reads = view.recorder().take();
  return told;
}

TEST(Column, TellsAndReadsWhatItsItemsDo) {
  MadeSite site = four_posts();
  for (const char* list : {"posts", "things", "pages", "static_files", "nothing"}) {
    for (const char* field : {"lang",
                              "title",
                              "date",
                              "url",
                              "path",
                              "excerpt",
                              "content",
                              "n",
                              "next",
                              "session",
                              "layout",
                              "modified_time",
                              "none"}) {
      EXPECT_EQ(told_by_list(site, list, field), told_by_items(site, list, field))
          << list << " " << field;
    }
  }
  EXPECT_EQ(told_by_list(site, "posts", "lang").values, "[en, de]|nil|de|en|");
}

TEST(Column, BelongsToOneVersionOfTheSite) {
  MadeSite site = four_posts();
  told_by_list(site, "posts", "lang");
  site.edit(
      {{"_posts/2020-01-01-a.md", page("lang: fr")}, {"_posts/2020-01-05-e.md", page("lang: it")}});
  EXPECT_EQ(told_by_list(site, "posts", "lang").values, "it|[en, de]|nil|de|fr|");
}

TEST(Column, IsNotKeptForMoreFieldsThanSitesAskFor) {
  MadeSite site = four_posts();
  PlainView view(*site, site.names());
  Columns columns;
  const Items& posts = site->list("posts");
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_TRUE(columns.of("posts", "f" + std::to_string(i), posts, site.names()));
  }
  EXPECT_FALSE(columns.of("posts", "one too many", posts, site.names()));
  EXPECT_TRUE(columns.of("posts", "f7", posts, site.names()));
}

}  // namespace
}  // namespace stet::site

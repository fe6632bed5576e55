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

// As site.documents is asked, and as its items are.
Told told_of_documents(MadeSite& site, const std::string& field, bool by_list) {
  PlainView view(*site, site.names());
  Told told;
  liquid::Value documents = SiteDrop().get("documents", view);
  auto tell = [&](const liquid::Value& value) { told.values += show(value) + "|"; };
  if (by_list) {
    EXPECT_TRUE(documents.as_list().visit_field(
        field, view, [&](std::size_t, const liquid::Value& value) { tell(value); }));
  } else {
    for (const liquid::Value& item : liquid::items_of(documents, view)) {
      tell(item.as_drop().get(field, view));
    }
  }
  told.reads = view.recorder().take();
  return told;
}

TEST(Column, OfAllDocumentsIsToldInTheOrderOfTheirCollections) {
  MadeSite site({{"_config.yml", "collections: [posts, things]\n"},
                 {"_posts/2020-01-02-b.md", page("lang: de")},
                 {"_posts/2020-01-01-a.md", page("lang: en")},
                 {"_things/x.md", page("n: 1")},
                 {"_things/picture.png", "as it is"},
                 {"about.md", page("n: 2")},
                 {"file.txt", "as it is"}});
  for (const char* field : {"lang", "path", "url", "next", "collection", "modified_time", "none"}) {
    EXPECT_EQ(told_of_documents(site, field, true), told_of_documents(site, field, false)) << field;
  }
  EXPECT_EQ(told_of_documents(site, "path", true).values,
            "_posts/2020-01-01-a.md|_posts/2020-01-02-b.md|_things/x.md|_things/picture.png|");
}

TEST(Column, OfAllDocumentsReadsEveryListThatTheyStandIn) {
  MadeSite site = four_posts();
  PlainView view(*site, site.names());
  SiteDrop().get("documents", view);
  const reads::Reads first = view.recorder().take();
  SiteDrop().get("documents", view);
  EXPECT_EQ(view.recorder().take(), first);
  std::vector<std::string> told;
  for (const reads::Key& key : first.keys) told.push_back(reads::describe(key, site.names()));
  for (const char* read : {"length of site.posts",
                           "length of site.things",
                           "length of site.static_files",
                           "collection of file.txt",
                           "configuration collections"}) {
    EXPECT_THAT(told, testing::Contains(read));
  }
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
  const Columns::VisitAll posts = [&](const Columns::Visit& ask) {
    site->list("posts").for_each([&](const ListKey&, const ItemPtr& item) { ask(*item); });
  };
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_TRUE(columns.of("posts", "f" + std::to_string(i), posts, site.names()));
  }
  EXPECT_FALSE(columns.of("posts", "one too many", posts, site.names()));
  EXPECT_TRUE(columns.of("posts", "f7", posts, site.names()));
}

}  // namespace
}  // namespace stet::site

// Collections of which some documents have dates: in the order that Debian's jekyll 4.3.1 gives
// them.

#include "cms/site/mixed_order.h"

#include <gmock/gmock.h>

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

using testing::ElementsAre;

MadeSite things(const std::map<std::string, std::string>& dates, const std::string& more = "") {
  MadeSite::Files files{{"_config.yml", "collections: {things: {output: true" + more + "}}\n"}};
  for (const auto& [name, date] : dates) {
    files["_things/" + name + ".md"] = page(date.empty() ? "" : "date: " + date);
  }
  return MadeSite(std::move(files));
}

std::string names_of(const MadeSite& site) {
  std::string names;
  for (const std::string& path : site.list("things")) names += path.substr(8, 1);
  return names;
}

TEST(MixedOrder, IsWhatAMergeSortOfThePathsMakesOfIt) {
  EXPECT_EQ(names_of(things({{"a", "2020-03-01"}, {"b", ""}, {"c", "2020-01-01"}})), "abc");
  EXPECT_EQ(names_of(things({{"a", "2020-03-01"}, {"b", "2020-01-01"}, {"c", ""}})), "bac");
  EXPECT_EQ(names_of(things({{"a", "2020-03-01"}, {"b", ""}, {"c", ""}, {"d", "2020-01-01"}})),
            "abcd");
  EXPECT_EQ(names_of(things({{"a", ""}, {"b", "2020-03-01"}, {"c", ""}, {"d", "2020-01-01"}})),
            "abcd");
  EXPECT_EQ(names_of(things({{"a", "2020-02-01"}, {"b", "2020-01-01"}, {"c", ""}, {"d", ""}})),
            "bacd");
}

TEST(MixedOrder, IsOfCollectionsAlone) {
  std::map<std::string, std::string> dates{{"a", "2020-03-01"}, {"b", ""}, {"c", "2020-01-01"}};
  EXPECT_EQ(names_of(things(dates, ", sort_by: title")), "abc");
  EXPECT_FALSE(things(dates, ", order: [c.md]")->has_mixed_order("things"));
  EXPECT_FALSE(things({{"a", "2020-03-01"}, {"c", "2020-01-01"}})->has_mixed_order("things"));
  EXPECT_FALSE(things({{"a", ""}, {"c", ""}})->has_mixed_order("things"));
  EXPECT_TRUE(things(dates)->has_mixed_order("things"));
}

TEST(MixedOrder, ComesAndGoesWithDates) {
  MadeSite site = things({{"a", "2020-03-01"}, {"b", "2020-02-01"}, {"c", "2020-01-01"}});
  EXPECT_EQ(names_of(site), "cba");
  site.edit({{"_things/b.md", page("")}});
  EXPECT_EQ(names_of(site), "abc");
  auto neighbour = [&](bool is_next) {
    DocumentPtr found = site->neighbour_of(*site->find_document("_things/b.md"), is_next);
    return found ? found->path() : "none";
  };
  EXPECT_EQ(neighbour(true), "_things/c.md");
  EXPECT_EQ(neighbour(false), "_things/a.md");
  site.edit({{"_things/a.md", std::nullopt}});
  EXPECT_EQ(names_of(site), "bc");
  EXPECT_EQ(neighbour(false), "none");
  site.edit({{"_things/b.md", page("date: 2021-01-01")}});
  EXPECT_EQ(names_of(site), "cb");
  EXPECT_EQ(neighbour(true), "none");
  EXPECT_EQ(neighbour(false), "_things/c.md");
}

}  // namespace
}  // namespace stet::site

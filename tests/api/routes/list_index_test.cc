// An index that was brought along is the index that would be made from nothing.

#include "api/routes/list_index.h"

#include <gtest/gtest.h>

#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

std::vector<std::string> keys_of(const ListIndex& index) {
  std::vector<std::string> keys;
  index.rows().for_each([&](const std::string& key, const ListIndex::Row& row) {
    keys.push_back(key + " " + row.source->blob.hex());
  });
  return keys;
}

std::vector<ListSpec> specs() {
  const change::Resource& posts = change::resource_of(change::EntryKind::kPost);
  std::vector<ListSpec> specs(4);
  for (ListSpec& spec : specs) spec.resource = &posts;
  specs[0].sort = {{"date", true}};
  specs[1].sort = {{"title", false}, {"date", true}};
  specs[1].filters = {*Filter::parse("filter[tags]", "b", TimeZone())};
  specs[2] = specs[0];
  specs[2].is_public = true;
  specs[3].resource = &change::resource_of(change::EntryKind::kPage);
  specs[3].sort = {{"path", false}};
  return specs;
}

TEST(ListIndex, FollowsEachChangeAsIfItWereMadeAnew) {
  World world;
  ListIndexes indexes;
  auto compare = [&](const std::string& step) {
    site::SitePtr site = world.pipeline->site();
    for (const ListSpec& spec : specs()) {
      EXPECT_EQ(keys_of(*indexes.find_or_make(site, spec, true)),
                keys_of(*ListIndex::build(site, spec)))
          << step << " " << spec.canonical();
    }
  };
  compare("start");
  EXPECT_EQ(indexes.made(), 4u);
  EXPECT_EQ(indexes.advanced(), 0u);
  const std::string first = "/posts/2020-01-01-first";
  for (const char* patch : {R"({"front_matter": {"title": "Zed"}})",
                            R"({"front_matter": {"tags": ["c"]}})",
                            R"({"front_matter": {"published": false}})",
                            R"({"front_matter": {"published": null, "date": "2021-01-01"}})",
                            R"({"front_matter": {"date": "2030-01-01"}})"}) {
    Told told = world.patch(first, patch);
    ASSERT_EQ(told.status, 200) << told.body;
    compare(patch);
  }
  ASSERT_EQ(world
                .api({.method = "POST",
                      .target = "/posts",
                      .body = R"({"front_matter": {"title": "New", "tags": ["b"]}})"})
                .status,
            201);
  compare("a new one");
  ASSERT_EQ(world.api({.method = "DELETE", .target = first, .headers = {{"If-Match", "*"}}}).status,
            200);
  compare("one less");
  EXPECT_EQ(indexes.made(), 4u);
  EXPECT_EQ(indexes.advanced(), 7u * 4u);
  ASSERT_EQ(world.patch("/config", R"({"timezone": "Asia/Tokyo"})").status, 200);
  compare("another configuration");
  EXPECT_EQ(indexes.made(), 8u);
}

TEST(ListIndexes, AreForgottenBeforeThereAreTooMany) {
  World world;
  ListIndexes indexes;
  ListSpec spec = specs()[0];
  std::weak_ptr<const ListIndex> first = indexes.find_or_make(world.pipeline->site(), spec, true);
  EXPECT_FALSE(first.expired());
  for (std::size_t i = 0; i < ListIndexes::kIndexesMax; ++i) {
    spec.filters = {*Filter::parse("filter[title]", std::to_string(i), TimeZone())};
    indexes.find_or_make(world.pipeline->site(), spec, true);
  }
  EXPECT_TRUE(first.expired());
}

TEST(ListIndexes, AreForgottenBeforeTheyAreTooLarge) {
  World world;
  ListSpec spec = specs()[0];
  std::size_t bytes = ListIndex::build(world.pipeline->site(), spec)->bytes();
  EXPECT_GT(bytes, 2 * spec.sort.size() * 9);
  ListIndexes indexes(2 * bytes);
  std::vector<std::weak_ptr<const ListIndex>> made;
  for (const char* field : {"a", "b", "c"}) {
    spec.sort = {{"date", true}, {field, false}};
    made.emplace_back(indexes.find_or_make(world.pipeline->site(), spec, true));
  }
  EXPECT_TRUE(made[0].expired());
  EXPECT_TRUE(made[1].expired());
  EXPECT_FALSE(made[2].expired());
}

TEST(ListIndexes, HoldNoOldSitesForLong) {
  World world;
  ListIndexes indexes;
  std::weak_ptr<const ListIndex> first =
      indexes.find_or_make(world.pipeline->site(), specs()[0], true);
  for (std::uint64_t i = 0; i <= ListIndexes::kSitesMax + 1; ++i) {
    ASSERT_EQ(world.patch("/pages/about", R"({"body": ")" + std::to_string(i) + R"("})").status,
              200);
    indexes.find_or_make(world.pipeline->site(), specs()[3], true);
  }
  EXPECT_TRUE(first.expired());
}

}  // namespace
}  // namespace stet::api

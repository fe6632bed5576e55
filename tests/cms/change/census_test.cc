// A census that follows a site is the one that is made of it from nothing.

#include "cms/change/census.h"

#include <gtest/gtest.h>

#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

std::string shown(const schema::Tally& tally);

std::string shown(const schema::FieldTally& field) {
  std::string text = std::to_string(field.count) + "/" + std::to_string(field.nils) + "/" +
                     std::to_string(field.texts) + "/" + std::to_string(field.lists) + "/" +
                     std::to_string(field.places) + (field.values.has_more ? "+" : "");
  for (const auto& [value, count] : field.values.counts) {
    text += " " + value + "*" + std::to_string(count);
  }
  if (field.items) text += " [" + shown(*field.items) + "]";
  if (field.members) text += " {" + shown(*field.members) + "}";
  return text;
}

std::string shown(const schema::Tally& tally) {
  std::string text = std::to_string(tally.entries) + ":";
  for (const auto& [name, field] : tally.fields) text += "\n" + name + " " + shown(field);
  return text;
}

std::string post_path(int i) {
  std::string number = std::to_string(1000 + i);
  return "_posts/2020-01-01-" + number + ".md";
}

Files files() {
  Files files{{"_config.yml", "collections: {people: {output: true}}\n"},
              {"about.md", "---\ntitle: About\n---\n"},
              {"style.css", "a {}"},
              {"_people/ada.md", "---\nname: Ada\n---\n"},
              {"_drafts/d.md", "---\ntitle: D\n---\n"}};
  for (int i = 0; i < 700; ++i) {
    files[post_path(i)] = "---\ntitle: Post " + std::to_string(i) + "\nkind: k" +
                          std::to_string(i % 5) + "\ntags: [t" + std::to_string(i % 3) +
                          "]\nplace: {city: c" + std::to_string(i % 2) + "}\n---\n";
  }
  return files;
}

void expect_same(const Census& a, const Census& b) {
  EXPECT_EQ(a.entries(), b.entries());
  for (const char* key : {"posts", "drafts", "pages", "people"}) {
    EXPECT_EQ(shown(a.tally_of(key)), shown(b.tally_of(key))) << key;
  }
}

TEST(Census, CountsEachKindOfEntry) {
  SmallSite site(files());
  CensusPtr census = Census::build(site.shared());
  EXPECT_EQ(census->entries(),
            (std::map<std::string, std::size_t>{
                {"drafts", 1}, {"pages", 1}, {"people", 1}, {"posts", 700}}));
  schema::Tally posts = census->tally_of("posts");
  EXPECT_EQ(posts.find("kind")->values.counts.at("k3"), 140u);
  EXPECT_TRUE(posts.find("title")->values.has_more);
  EXPECT_EQ(posts.find("tags")->items->values.counts.size(), 3u);
  EXPECT_EQ(posts.find("place")->members->find("city")->count, 700u);
}

TEST(Census, FollowsEditsAsIfItWereMadeFromNothing) {
  Files now = files();
  SmallSite first(now);
  CensusPtr census = Census::build(first.shared());
  std::vector<std::unique_ptr<SmallSite>> later;
  auto step = [&] {
    later.push_back(std::make_unique<SmallSite>(now));
    census = census->advance(later.back()->shared());
    expect_same(*census, *Census::build(later.back()->shared()));
  };
  now[post_path(5)] = "---\ntitle: Other\nkind: odd\n---\n";
  step();
  now["0.md"] = "---\ntitle: First of all\n---\n";  // before every range
  now["zz.md"] = "---\ntitle: Last of all\n---\n";
  step();
  for (int i = 100; i < 500; ++i) now.erase(post_path(i));
  step();
  for (int i = 700; i < 1500; ++i) now[post_path(i)] = "---\nkind: new\n---\n";
  step();
  now = {{"_config.yml", "title: empty\n"}};
  step();
  now = files();
  step();
}

TEST(Census, OfDataFilesTellsListsAndMapsFromOneMap) {
  SmallSite site({{"_data/list.yml", "- a: 1\n- a: 2\n"},
                  {"_data/map.yml", "x: {a: 1}\ny: {a: 2}\n"},
                  {"_data/one.yml", "a: 1\nb: {c: 2}\n"},
                  {"_data/none.yml", "- 1\n"}});
  auto of = [&](const char* path) {
    DataTally counted = tally_of_data(*site.site().find_source(path)->data);
    return std::pair(counted.shape, counted.tally.entries);
  };
  EXPECT_EQ(of("_data/list.yml"), std::pair(schema::Shape::kList, std::size_t{2}));
  EXPECT_EQ(of("_data/map.yml"), std::pair(schema::Shape::kMap, std::size_t{2}));
  EXPECT_EQ(of("_data/one.yml"), std::pair(schema::Shape::kObject, std::size_t{1}));
  EXPECT_EQ(of("_data/none.yml"), std::pair(schema::Shape::kObject, std::size_t{0}));
}

}  // namespace
}  // namespace stet::change

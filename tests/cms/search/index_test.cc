// An index over sites in memory: what is found, by whom, and after which changes.

#include "cms/search/index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "tests/cms/site/made_site.h"
#include "tests/storage/git/test_repository.h"

namespace stet::search {
namespace {

using site::MadeSite;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const CommitId kOne = CommitId::parse(std::string(40, '1')).value();
const CommitId kTwo = CommitId::parse(std::string(40, '2')).value();

Fingerprint identity() { return fingerprint("a program"); }

class Searched {
 public:
  explicit Searched(MadeSite& site) : site_(site) {
    open();
    follow(kOne);
  }
  void open() {
    index_.reset();
    auto opened = Index::open(path(), identity());
    ASSERT_TRUE(opened) << opened.error().message;
    index_ = std::move(*opened);
  }
  void follow(const CommitId& commit) {
    Status done = index_->follow(site_.pointer(), commit);
    ASSERT_TRUE(done) << done.error().message;
  }
  std::filesystem::path path() const { return folder_.path() / "search.sqlite"; }
  Index& index() { return *index_; }

  Found ask(std::string_view typed, Reach reach = {}) {
    auto found = index_->find({.query = parse_query(typed).value(), .reach = reach});
    EXPECT_TRUE(found) << typed << ": " << found.error().message;
    return found ? std::move(*found) : Found();
  }
  std::vector<std::string> paths(std::string_view typed, Reach reach = {}) {
    std::vector<std::string> paths;
    for (const Hit& hit : ask(typed, reach).hits) paths.push_back(hit.path);
    return paths;
  }

 private:
  MadeSite& site_;
  storage::TemporaryFolder folder_;
  std::unique_ptr<Index> index_;
};

MadeSite::Files some_files() {
  return {{"_config.yml", "title: T\ncollections: {recipes: {output: true}, notes: {}}\n"},
          {"_posts/2020-01-01-bread.md",
           "---\ntitle: Sourdough bread\ntags: [Baking, Slow Food]\nauthor: Ada\n---\n"
           "## The starter\nFlour and *water*, a week long.\n"},
          {"_posts/2020-02-01-soup.md",
           "---\ntitle: Soup\ncategories: [dinner]\nprivate_note: orange marmalade\n---\n"
           "Bread goes well with it. Übergrößen der Donaudampfschifffahrt.\n"},
          {"_posts/2020-03-01-hidden.md",
           "---\ntitle: Not yet\npublished: false\n---\nHidden bread.\n"},
          {"_posts/2030-01-01-later.md", "---\ntitle: Later\n---\nFuture bread.\n"},
          {"_drafts/idea.md", "---\ntitle: An idea\n---\nRaw bread.\n"},
          {"_recipes/cake.md", "---\ntitle: Cake\n---\nNo yeast. 東京都で食べた。\n"},
          {"_notes/own.md", "---\ntitle: Own\n---\nA note on bread.\n"},
          {"about.md", "---\ntitle: About\nsearch: false\n---\nAbout bread.\n"},
          {"404.html", "---\n---\nbread is lost\n"},
          {"fa.md", "---\ntitle: فارسی\n---\nمن کتاب می‌خواهم و نان.\n"},
          {"_data/shops.yml", "- name: The bread corner\n"},
          {"style.css", "---\n---\nbread { }\n"}};
}

TEST(SearchIndex, FindsWordsPhrasesAndBeginnings) {
  MadeSite site(some_files());
  Searched search(site);
  const std::string bread = "_posts/2020-01-01-bread.md", soup = "_posts/2020-02-01-soup.md";
  struct Row {
    const char* typed;
    std::vector<std::string> paths;
  };
  for (const Row& row : {Row{"flour", {bread}},
                         Row{"flo", {bread}},
                         Row{"\"flour and water\"", {bread}},
                         Row{"\"water and flour\"", {}},
                         Row{"starter ", {bread}},
                         Row{"ada ", {bread}},
                         Row{"soup bread ", {soup}},
                         Row{"tag:baking", {bread}},
                         Row{"tag:\"slow food\" water ", {bread}},
                         Row{"category:dinner", {soup}},
                         Row{"ubergross", {soup}},
                         Row{"ÜBERGRÖSSEN ", {soup}},
                         Row{"marmalade ", {soup}},
                         Row{"marma", {soup}},
                         Row{"\"orange marmalade\" well ", {soup}},
                         Row{"\"orange marma", {soup}},
                         Row{"soup -marmalade ", {}},
                         Row{"schifffahrt ", {soup}},  // inside of a word: nothing else has it
                         Row{"東京 ", {"_recipes/cake.md"}},
                         Row{"京都で", {"_recipes/cake.md"}},
                         Row{"京", {"_recipes/cake.md"}},
                         Row{"食べ", {"_recipes/cake.md"}},
                         Row{"京東", {}},
                         Row{"کتاب ", {"fa.md"}},
                         Row{"كتاب میخواهم ", {"fa.md"}},
                         Row{"is:draft", {"_drafts/idea.md"}},
                         Row{"in:data bread ", {"_data/shops.yml"}},
                         Row{"in:recipes yea", {"_recipes/cake.md"}},
                         Row{"bread -water in:posts is:published ", {soup}},
                         Row{"nothing at all ", {}},
                         Row{"", {}}}) {
    EXPECT_EQ(search.paths(row.typed), row.paths) << row.typed;
  }
}

TEST(SearchIndex, PutsWhatIsInTheTitleFirst) {
  MadeSite site(some_files());
  Searched search(site);
  auto paths = search.paths("bread ");
  ASSERT_FALSE(paths.empty());
  EXPECT_EQ(paths.front(), "_posts/2020-01-01-bread.md");
  EXPECT_EQ(search.paths("bread ").size(), 10u);
  EXPECT_EQ(search.ask("bread ").total, 10u);
  EXPECT_EQ(search.ask("br").hits.front().path, "_posts/2020-01-01-bread.md");
}

TEST(SearchIndex, ShowsThePublicWhatTheSiteShows) {
  MadeSite site(some_files());
  Searched search(site);
  EXPECT_THAT(search.paths("bread ", {.is_public = true}),
              UnorderedElementsAre("_posts/2020-01-01-bread.md", "_posts/2020-02-01-soup.md"));
  EXPECT_THAT(search.paths("marmalade ", {.is_public = true}), IsEmpty());
  EXPECT_THAT(search.paths("marma", {.is_public = true}), IsEmpty());
  EXPECT_THAT(search.paths("\"orange marmalade\"", {.is_public = true}), IsEmpty());
  EXPECT_THAT(search.paths("goes -marmalade ", {.is_public = true}),
              ElementsAre("_posts/2020-02-01-soup.md"));
  EXPECT_THAT(search.paths("m in:posts", {.is_public = true}), IsEmpty());
  EXPECT_THAT(search.paths("-nothing is:draft", {.is_public = true}), IsEmpty());
  EXPECT_THAT(search.paths("sourdough ", {.is_public = true, .is_without_names = true}), IsEmpty());
  EXPECT_THAT(search.paths("flour ", {.is_public = true, .is_without_names = true}),
              ElementsAre("_posts/2020-01-01-bread.md"));
}

TEST(SearchIndex, FollowsChangesAndTime) {
  MadeSite site(some_files());
  Searched search(site);
  site.edit({{"_posts/2020-01-01-bread.md", "---\ntitle: Rolls\n---\nRye.\n"},
             {"_posts/2020-02-01-soup.md", std::nullopt},
             {"_posts/2020-04-01-new.md", "---\ntitle: New\n---\nSpelt.\n"}});
  search.follow(kTwo);
  EXPECT_EQ(search.index().commit(), kTwo);
  EXPECT_EQ(search.ask("x").commit, kTwo);
  EXPECT_THAT(search.paths("flour "), IsEmpty());
  EXPECT_THAT(search.paths("rye "), ElementsAre("_posts/2020-01-01-bread.md"));
  EXPECT_THAT(search.paths("spelt "), ElementsAre("_posts/2020-04-01-new.md"));
  EXPECT_THAT(search.paths("marmalade "), IsEmpty());
  EXPECT_THAT(search.paths("future ", {.is_public = true}), IsEmpty());
  site.edit({}, Instant{1'900'000'000});
  search.follow(kTwo);
  EXPECT_THAT(search.paths("future ", {.is_public = true}),
              ElementsAre("_posts/2030-01-01-later.md"));
  // A default that the configuration gives is text of each entry.
  site.edit(
      {{"_config.yml", "title: T\ndefaults: [{scope: {path: ''}, values: {author: Grace}}]\n"}});
  search.follow(kTwo);
  EXPECT_THAT(search.paths("grace in:posts rye "), ElementsAre("_posts/2020-01-01-bread.md"));
}

TEST(SearchIndex, GoesOnAfterARestartFromWhateverItHolds) {
  MadeSite site(some_files());
  Searched search(site);
  site.edit({{"_posts/2020-01-01-bread.md", "---\ntitle: Rolls\n---\nRye.\n"}});
  search.open();
  EXPECT_EQ(search.index().commit(), kOne);
  EXPECT_THAT(search.paths("flour "), ElementsAre("_posts/2020-01-01-bread.md"));
  search.follow(kTwo);
  EXPECT_THAT(search.paths("flour "), IsEmpty());
  EXPECT_THAT(search.paths("rye "), ElementsAre("_posts/2020-01-01-bread.md"));
}

TEST(SearchIndex, IsMadeAnewWhereItIsSpoiltOrOfAnotherProgram) {
  MadeSite site(some_files());
  Searched search(site);
  auto other = Index::open(search.path(), fingerprint("another program"));
  ASSERT_TRUE(other);
  EXPECT_EQ((*other)->commit(), std::nullopt);
  EXPECT_FALSE((*other)->find({.query = parse_query("bread").value()}));
  ASSERT_TRUE((*other)->follow(site.pointer(), kOne));
  EXPECT_EQ((*other)->find({.query = parse_query("flour ").value()})->total, 1u);
  other->reset();
  {
    std::ofstream spoilt(search.path(), std::ios::trunc);
    spoilt << std::string(20'000, 'x');
  }
  search.open();
  search.follow(kOne);
  EXPECT_THAT(search.paths("flour "), ElementsAre("_posts/2020-01-01-bread.md"));
}

TEST(SearchIndex, IsTheSameHoweverItCameAbout) {
  MadeSite site(some_files());
  Searched grown(site);
  for (int i = 0; i < 12; ++i) {
    std::string n = std::to_string(i % 5);
    site.edit({{"_posts/2021-01-0" + std::to_string(1 + i % 5) + "-p.md",
                i % 4 == 3 ? std::nullopt
                           : std::optional("---\ntitle: P" + n + "\ntags: [t" + n +
                                           "]\n---\nbread w" + std::to_string(i) + "\n")}});
    grown.follow(kTwo);
  }
  MadeSite same(site.files());
  Searched fresh(same);
  for (const char* typed :
       {"bread ", "w1", "p3 ", "tag:t2", "is:draft", "w11 ", "-bread in:posts"}) {
    EXPECT_EQ(grown.paths(typed), fresh.paths(typed)) << typed;
    EXPECT_EQ(grown.ask(typed).total, fresh.ask(typed).total) << typed;
  }
}

MadeSite::Files many_files() {
  MadeSite::Files files = {{"_config.yml", "title: T\n"}};
  for (int i = 0; i < 2500; ++i) {
    files["p" + std::to_string(i) + ".md"] = "---\ntitle: P\n---\nword" + std::to_string(i) + "\n";
  }
  return files;
}

TEST(SearchIndexDeathTest, AKillBetweenIsHealed) {
  MadeSite site(many_files());
  storage::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "search.sqlite";
  auto begin = [&] {
    auto index = Index::open(path, identity());
    [[maybe_unused]] Status ended = (*index)->follow(site.pointer(), kOne, [] {
      std::raise(SIGKILL);
      return true;
    });
  };
  EXPECT_EXIT(begin(), ::testing::KilledBySignal(SIGKILL), "");
  auto index = Index::open(path, identity());
  ASSERT_TRUE(index) << index.error().message;
  EXPECT_EQ((*index)->commit(), std::nullopt);
  ASSERT_TRUE((*index)->follow(site.pointer(), kOne));
  EXPECT_EQ((*index)->entries(), 2500u);
  for (const char* typed : {"word3 ", "word1999 ", "word2499 "}) {
    EXPECT_EQ((*index)->find({.query = parse_query(typed).value()})->total, 1u) << typed;
  }
}

TEST(SearchIndex, ThatIsInterruptedGoesOnWhereItWas) {
  MadeSite site(many_files());
  MadeSite empty({{"_config.yml", "title: T\n"}});
  Searched search(empty);
  ASSERT_TRUE(search.index().follow(site.pointer(), kTwo, [] { return true; }));
  // The commit is told when all of it is there.
  EXPECT_EQ(search.index().commit(), kOne);
  search.open();
  ASSERT_TRUE(search.index().follow(site.pointer(), kTwo));
  EXPECT_EQ(search.index().commit(), kTwo);
  EXPECT_EQ(search.index().entries(), 2500u);
  EXPECT_THAT(search.paths("word2499 "), ElementsAre("p2499.md"));
  EXPECT_EQ(search.ask("p").total, kWeighedMax);
  EXPECT_TRUE(search.ask("p").is_more);
}

TEST(SearchIndex, TakesHostileQueriesForWords) {
  MadeSite site(some_files());
  Searched search(site);
  for (const char* typed : {"\"",
                            "\"\"",
                            "*",
                            "bread*",
                            "^bread",
                            "NEAR(bread water)",
                            "bread OR",
                            "NOT bread",
                            "{title}:bread",
                            "title:bread",
                            "- - -",
                            "(((",
                            ":a",
                            ".br",
                            "=bread",
                            "~br",
                            "bread\x01water",
                            "'; DELETE FROM words; --",
                            "%",
                            "\\",
                            "-bread"}) {
    EXPECT_TRUE(search.index().find({.query = parse_query(typed).value()})) << typed;
  }
  EXPECT_THAT(search.paths("flour "), ElementsAre("_posts/2020-01-01-bread.md"));
}

}  // namespace
}  // namespace stet::search

// What Debian's jekyll takes of the same names under the same configuration.
#include "cms/site/entry_filter.h"

#include <gtest/gtest.h>

namespace stet::site {
namespace {

liquid::Value list(const std::vector<std::string>& texts) {
  std::vector<liquid::Value> items;
  for (const std::string& text : texts) items.emplace_back(text);
  return liquid::make_array(std::move(items));
}

EntryFilter filter_of(const std::vector<std::string>& include,
                      const std::vector<std::string>& exclude) {
  static reads::Names names;
  liquid::Hash file({{"include", list(include)}, {"exclude", list(exclude)}});
  return EntryFilter(*Config::make(&file, "_config.yml", {}, names));
}

TEST(Glob, MatchesAsRubysFnmatchDoes) {
  struct {
    std::string pattern, text;
    bool is_match;
  } cases[] = {
      {"*.md", "a.md", true},
      {"*.md", "a/b.md", true},
      {"a?c", "abc", true},
      {"a?c", "ac", false},
      {"[a-c]x", "bx", true},
      {"[^a-c]x", "bx", false},
      {"[!a]x", "bx", true},
      {"[]a]x", "]x", true},
      {"[a-", "[a-", true},
      {"a\\*b", "a*b", true},
      {"a\\*b", "axb", false},
      {"**", "a/b", true},
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"*a*b*c", "xaybzc", true},
      {"*a*b*c", "xaybz", false},
      {"a", "A", false},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(matches_glob(c.pattern, c.text), c.is_match) << c.pattern << " " << c.text;
  }
}

TEST(Glob, ManyStarsCostNoMoreThanTheProductOfBothLengths) {
  std::string stars, letters(20'000, 'a');
  for (int i = 0; i < 200; ++i) stars += "*a";
  EXPECT_FALSE(matches_glob(stars + "b", letters));
}

TEST(EntryFilter, TakesPlainNamesAndWhatIsIncluded) {
  EntryFilter filter =
      filter_of({"_inc",
                 ".well-known",
                 "x~",
                 "*.keep",
                 "_pages/a.md",
                 "ex/yes.txt",
                 "node_modules/in.txt",
                 ".htaccess"},
                {"foo", "ex/", "*.bak", "/lead", "./dot", "q?.txt", "[a-c].txt", "d/*/z.txt"});
  struct {
    std::string path;
    bool is_taken;
  } cases[] = {
      {"a", true},
      {"sub/foo", true},
      {"_inc/a.txt", true},
      {"_inc/_b.txt", false},
      {".well-known/x", true},
      {".hid", false},
      {"_under.txt", false},
      {"#h", false},
      {"~t", false},
      {"y~", false},
      {"x~", true},
      {"a.keep", true},
      {"sub/.b.keep", true},
      {"_pages/a.md", true},
      {"_pages/b.md", false},
      {"foo", false},
      {"foobar.txt", false},
      {"foo2/x", false},
      {"ex/no.txt", false},
      {"ex/yes.txt", true},
      {"exx.txt", true},
      {"a.bak", false},
      {"s/a.bak", false},
      {"lead", false},
      {"s/lead", true},
      {"dot", true},
      {"q1.txt", false},
      {"q12.txt", true},
      {"a.txt", false},
      {"s/b.txt", true},
      {"d.txt", true},
      {"d/1/z.txt", false},
      {"node_modules/x", false},
      {"node_modules/in.txt", true},
      {"vendor/x", true},
      {"vendor/bundle/x", false},
      {"Gemfile", false},
      {"s/Gemfile", true},
      {"end.", false},
      {"a/_sub/x.txt", false},
      {"a/.dot/x.txt", false},
      {".htaccess2", true},
  };
  for (const auto& c : cases) EXPECT_EQ(filter.takes(c.path), c.is_taken) << c.path;
}

TEST(EntryFilter, BelowASpecialFolderOnlyTheBeginningAndTheNameCount) {
  EntryFilter filter = filter_of({"kept~"}, {"_things/no"});
  struct {
    std::string inner;
    bool is_taken;
  } cases[] = {
      {"a.md", true},
      {"_u.md", false},
      {".h.md", false},
      {"_d/x.md", false},
      {"b/_d/e.md", true},
      {"b/_c.md", false},
      {"no/x.md", false},
      {"nox.md", false},
      {"b/no.md", true},
      {"b/y~", false},
      {"b/kept~", true},
      {"b/end.", false},
  };
  for (const auto& c : cases) EXPECT_EQ(filter.takes_in("_things", c.inner), c.is_taken) << c.inner;
}

TEST(EntryFilter, TakesTheRootAsAFolder) {
  EntryFilter filter = filter_of({}, {"ex/"});
  EXPECT_TRUE(filter.takes_folder(""));
  EXPECT_FALSE(filter.takes_folder("ex"));
  EXPECT_TRUE(filter.takes("ex"));
}

}  // namespace
}  // namespace stet::site

// What Debian's jekyll takes from the same sets.
#include "cms/site/front_matter_defaults.h"

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

const char kConfig[] = R"(
collections: {things: {output: true}}
defaults:
- {values: {v: base}, scope: {path: ""}}
- {scope: {path: sub}, values: {v: sub, layout: l}}
- {scope: {path: "sub/d*"}, values: {v: glob}}
- {scope: {path: "", type: posts}, values: {v: posts}}
- {scope: {path: "_things", type: things}, values: {v: things}}
- {scope: {path: "/lead"}, values: {v: lead}}
- {scope: {path: "abcde"}, values: {v: five, w: five}}
- {scope: {path: "abc"}, values: {v: three, w: three}}
- {scope: {path: "abcd"}, values: {v: four, w: four}}
- {scope: {path: "*.txt"}, values: {v: txt}}
- {scope: {path: "**/deep"}, values: {v: stars}}
- {scope: {path: "m/*/z"}, values: {v: mid}}
- {scope: {path: "", type: post}, values: {old: 1}}
- {scope: {path: "", type: }, values: {nil_type: 1}}
- {scope: {path: "p", type: pages}, values: {t: {a: 1, b: 1}}}
- {scope: {path: "p"}, values: {t: {b: 2, c: 2}}}
- {scope: {path: "p", type: pages}, values: {t: {c: 3}}}
- {values: {unscoped: 1}}
- no map at all
- {scope: {path: q}}
)";

std::string defaults(std::string_view path, std::string_view type, std::string_view key) {
  static MadeSite site({{"_config.yml", kConfig}});
  auto found = defaults_for(site->config(), path, type);
  const liquid::Value* value = found->find(key);
  return value ? show(*value) : "";
}

TEST(FrontMatterDefaults, TheMoreSpecialSetWins) {
  struct {
    std::string path, type, key, out;
  } cases[] = {
      {"a.md", "pages", "v", "base"},
      {"sub/a.md", "pages", "v", "sub"},
      {"subx.md", "pages", "v", "sub"},
      {"sub/da/x.md", "pages", "v", "glob"},
      {"sub/ex/dab.md", "pages", "v", "sub"},
      {"lead/a.md", "pages", "v", "base"},
      {"_posts/2020-01-01-a.md", "posts", "v", "posts"},
      {"_posts/2020-01-01-a.md", "posts", "old", "1"},
      {"_things/t.md", "things", "v", "things"},
      {"_things/t.md", "pages", "v", "base"},
      {"abcdef.md", "pages", "v", "five"},
      {"abcd.md", "pages", "v", "four"},
      {"t.txt", "pages", "v", "txt"},
      {"u/t.txt", "pages", "v", "base"},
      {"deep/c.md", "pages", "v", "stars"},
      {"a/deep/b.md", "pages", "v", "stars"},
      {"a/b/deep/d.md", "pages", "v", "stars"},
      {".a/deep/d.md", "pages", "v", "base"},
      {"m/1/z/x.md", "pages", "v", "mid"},
      {"m/1/z.md", "pages", "v", "base"},
      {"m/1/2/z/x.md", "pages", "v", "base"},
      {"st.txt", "", "v", "txt"},
      {"a.md", "pages", "unscoped", "1"},
      {"a.md", "pages", "nil_type", ""},
      {"a.md", "", "nil_type", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(defaults(c.path, c.type, c.key), c.out) << c.path;
}

TEST(FrontMatterDefaults, MapsAreMergedAndATypeIsMoreSpecialThanNone) {
  EXPECT_EQ(defaults("p.md", "pages", "t"), "{b: 1, c: 3, a: 1}");
  EXPECT_EQ(defaults("p.md", "drafts", "t"), "{b: 2, c: 2}");
}

// Of five, three and four letters, in this order, three lies over four: both went under five.
TEST(FrontMatterDefaults, GoingUnderIsNoOrder) {
  static MadeSite site({{"_config.yml", R"(
defaults:
- {scope: {path: abcde}, values: {v: 5}}
- {scope: {path: abc}, values: {w: 3}}
- {scope: {path: abcd}, values: {w: 4}}
)"}});
  EXPECT_EQ(show(*defaults_for(site->config(), "abcdef.md", "pages")->find("w")), "3");
}

TEST(FrontMatterDefaults, TheFolderOfCollectionsIsNoPartOfAScope) {
  MadeSite site({{"_config.yml", R"(
collections_dir: all
collections: {things: {}}
defaults:
- {scope: {path: all/_things}, values: {v: long}}
- {scope: {path: _things}, values: {w: short}}
- {scope: {path: "*/_things/*.md"}, values: {x: found}}
- {scope: {path: "_things/*.md"}, values: {y: not on the disk}}
)"}});
  auto found = defaults_for(site->config(), "all/_things/a.md", "things");
  EXPECT_EQ(show(liquid::Value(found)), "{w: short, v: long, x: found}");
}

}  // namespace
}  // namespace stet::site

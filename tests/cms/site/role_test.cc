// What Debian's jekyll reads a file as, by its path alone.
#include "cms/site/role.h"

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

std::string roles(std::string_view path, const std::string& yaml = "", bool has_schedule = false) {
  MadeSite site({{"_config.yml", yaml}});
  static const char* const kNames[] = {
      "config", "layout", "include", "data", "post", "draft", "collection", "site"};
  std::string text;
  EntryFilter filter(site->config());
  for (const RoleOf& role : roles_of(path, site->config(), filter, {"_config.yml"}, has_schedule)) {
    text += (text.empty() ? "" : " ") + std::string(kNames[static_cast<int>(role.role)]) +
            (role.label.empty() ? "" : ":" + role.label);
  }
  return text;
}

TEST(Role, IsToldByThePath) {
  struct {
    std::string path, out;
  } cases[] = {
      {"_config.yml", "config"},
      {"a.md", "site"},
      {"img/a.png", "site"},
      {"_layouts/a.html", "layout"},
      {"_includes/a/b.html", "include"},
      {"_data/a.yml", "data"},
      {"_data/a.txt", ""},
      {"_data/.a.yml", ""},
      {"_posts/2020-01-01-a.md", "post:posts"},
      {"_posts/any", "post:posts"},
      {"a/b/_posts/c/2020-01-01-a.md", "post:posts"},
      {"_posts/_u/2020-01-01-a.md", ""},
      {"_posts/.h/2020-01-01-a.md", ""},
      {"_hidden/_posts/2020-01-01-a.md", ""},
      {"_drafts/a.md", "draft:posts"},
      {"x/_drafts/a.md", "draft:posts"},
      {"_things/a.md", "collection:things"},
      {"_things/_posts/2020-01-01-a.md", ""},
      {"_things/_u.md", ""},
      {"_schedule/a.md", ""},
      {"_other/a.md", ""},
      {".hidden/a", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(roles(c.path, "collections: [things]"), c.out) << c.path;
}

TEST(Role, SettingsMoveFolders) {
  EXPECT_EQ(roles("look/a.html", "layouts_dir: look"), "layout site");
  EXPECT_EQ(roles("_layouts/a.html", "layouts_dir: look"), "");
  EXPECT_EQ(roles("_schedule/a.md", "", true), "collection:schedule");
  EXPECT_EQ(roles("_posts/2020-01-01-a.md", "include: [_posts]"), "post:posts site");
  EXPECT_EQ(roles("_things/a.md", "{collections: [things], include: [_things]}"),
            "collection:things site");
  EXPECT_EQ(roles("_things/a.md", "{collections: [things], exclude: [_things]}"), "");
  EXPECT_EQ(roles("old/_posts/2020-01-01-a.md", "exclude: [old]"), "");
}

TEST(Role, CollectionsMayLieInAFolderOfTheirOwn) {
  const std::string yaml = "{collections_dir: all, collections: [things]}";
  EXPECT_EQ(roles("all/_things/a.md", yaml), "collection:things");
  EXPECT_EQ(roles("_things/a.md", yaml), "");
  EXPECT_EQ(roles("all/_posts/2020-01-01-a.md", yaml), "post:posts");
  EXPECT_EQ(roles("all/sub/_posts/2020-01-01-a.md", yaml), "post:posts");
  EXPECT_EQ(roles("_posts/2020-01-01-a.md", yaml), "");
  EXPECT_EQ(roles("sub/_posts/2020-01-01-a.md", yaml), "");
  EXPECT_EQ(roles("all/page.md", yaml), "site");
}

}  // namespace
}  // namespace stet::site

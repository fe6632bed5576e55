#include "cms/site/theme.h"

#include <gmock/gmock.h>

#include "cms/site/theme_drop.h"
#include "tests/cms/site/made_site.h"
#include "tests/cms/site/plain_view.h"

namespace stet::site {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

MadeSite::Files plain_theme() {
  return {
      {"_layouts/post.html", "theme's post"},
      {"_includes/head.html", "theme's head"},
      {"_sass/base.scss", "a { b: c }"},
      {"_data/menu.yml", "home: Home\nabout: About\n"},
      {"_config.yml", "colour: blue\nnested: {a: 1, b: 2}\npermalink: /never/\nfuture: true\n"},
      {"assets/main.scss", page("", "@import 'base';")},
      {"assets/logo.svg", "theme's logo"},
      {"README.md", page("", "not of the site")},
  };
}

MadeSite themed(MadeSite::Files files, const std::string& config = "theme: plain\n") {
  files["_config.yml"] = config;
  return MadeSite(std::move(files), {}, MadeSite::kNow, {{"plain", plain_theme()}});
}

std::string text_at(const MadeSite& site, const std::optional<FoundFile>& found) {
  return found ? site->read(*found).value() : "(none)";
}

TEST(Theme, StandsInWhereTheSiteHasNoFile) {
  MadeSite site = themed({{"_includes/head.html", "own head"}});
  EXPECT_EQ(text_at(site, site->find_layout("post")), "theme's post");
  EXPECT_EQ(site->find_layout("post")->path, "_themes/plain/_layouts/post.html");
  EXPECT_EQ(text_at(site, site->find_file("_includes/head.html")), "own head");
  EXPECT_EQ(text_at(site, site->find_file("_themes/plain/_includes/head.html")), "theme's head");
  EXPECT_EQ(site->find_file("_sass/base.scss"), std::nullopt);
  EXPECT_THAT(site->problems(), IsEmpty());
}

TEST(Theme, GivesAssetsThatTheSiteLacks) {
  MadeSite site = themed({{"assets/logo.svg", "own logo"}});
  EXPECT_THAT(site.outputs(),
              ElementsAre(testing::Pair("assets/logo.svg", "assets/logo.svg"),
                          testing::Pair("assets/main.css", "assets/main.scss"),
                          testing::Pair("assets/main.css.map", "assets/main.scss")));
  EXPECT_THAT(site.list("pages"), ElementsAre("assets/main.scss"));
  EXPECT_THAT(site.list("static_files"), ElementsAre("assets/logo.svg"));
  site.edit({{"assets/main.scss", page("", "own")}, {"assets/logo.svg", std::nullopt}});
  EXPECT_EQ(body_of(*site, *site->find_document("assets/main.scss")), "own");
  auto logo = site->find_output("assets/logo.svg");
  ASSERT_TRUE(logo);
  EXPECT_EQ(site->read(static_cast<const StaticFile&>(*logo->item)).value(), "theme's logo");
  site.edit({{"assets/main.scss", std::nullopt}});
  EXPECT_EQ(body_of(*site, *site->find_document("assets/main.scss")), "@import 'base';");
}

TEST(Theme, LaysDataAndConfigurationUnderTheSites) {
  MadeSite site =
      themed({{"_data/menu.yml", "about: Us\n"}}, "theme: plain\ncolour: red\nnested: {b: 3}\n");
  EXPECT_EQ(show(*site->data()->hash().find("menu")), "{home: Home, about: Us}");
  EXPECT_EQ(site->config().text("colour"), "red");
  EXPECT_EQ(show(site->config().get("nested")), "{a: 1, b: 3}");
  EXPECT_EQ(site->config().text("permalink"), "date");
  EXPECT_FALSE(site->config().flag("future"));
  MadeSite ignoring = themed({}, "theme: plain\nignore_theme_config: true\n");
  EXPECT_EQ(ignoring->config().text("colour"), "");
  MadeSite remote = themed({}, "remote_theme: someone/Plain@v1\n");
  EXPECT_EQ(remote->config().text("colour"), "");
  EXPECT_TRUE(remote->find_layout("post"));
}

std::string told(const MadeSite& site, const std::string& key, reads::Names& names) {
  PlainView view(*site, names);
  return show(ThemeDrop(site->theme()).get(key, view));
}

TEST(Theme, TellsTemplatesWhatItsGemspecSays) {
  MadeSite site({{"_config.yml", "theme: own\n"},
                 {"_themes/own/_layouts/a.html", "x"},
                 {"_themes/own/own.gemspec",
                  "  s.version = \"1.2\"\n  s.authors = [\"A\", \"B\"]\n  s.summary = 'Short.'\n"
                  "  s.metadata[\"k\"] = \"v\"\n  s.add_dependency \"jekyll\", \">= 3\", \"< 5\"\n"
                  "  s.add_dependency \"x\"\n"}});
  struct {
    std::string key, out;
  } cases[] = {{"root", "_themes/own"},
               {"version", "1.2"},
               {"authors", "A, B"},
               {"description", "Short."},
               {"metadata", "{k: v}"},
               {"dependencies", "[jekyll (>= 3, < 5), x (>= 0)]"},
               {"name", "nil"}};
  for (const auto& one : cases) EXPECT_EQ(told(site, one.key, site.names()), one.out) << one.key;
}

TEST(Theme, OfARepositoryIsLookedForByItsNames) {
  EXPECT_THAT(theme_names("Owner/Name@v1.2"), ElementsAre("owner/name@v1.2", "owner/name", "name"));
  EXPECT_THAT(theme_names("jekyll/minima"), ElementsAre("jekyll/minima", "minima"));
  EXPECT_THAT(
      theme_names("pages-themes/cayman@v0.2.0"),
      ElementsAre(
          "pages-themes/cayman@v0.2.0", "pages-themes/cayman", "jekyll-theme-cayman", "cayman"));
  EXPECT_THAT(theme_names("../up"), IsEmpty());
}

TEST(Theme, OfARepositoryThatIsNowhereIsAProblemWithTheCommandThatGetsIt) {
  struct {
    std::string named, command;
  } cases[] = {
      {"some/theme@v1.0",
       "get it by: git clone --depth 1 --branch v1.0 https://github.com/some/theme "
       "_themes/theme && rm -rf _themes/theme/.git, and commit that folder"},
      {"Some/Theme",
       "get it by: git clone --depth 1 https://github.com/Some/Theme _themes/theme && "
       "rm -rf _themes/theme/.git, and commit that folder"},
      {"some/theme;x", "copy its files to _themes/some/theme;x"},
  };
  for (const auto& one : cases) {
    MadeSite site({{"_config.yml", "remote_theme: \"" + one.named + "\"\n"}});
    EXPECT_THAT(show(site->problems()), HasSubstr(one.command)) << one.named;
  }
}

TEST(Theme, BringsThePluginsThatItsGemspecAsksFor) {
  MadeSite site({{"_config.yml", "theme: own\nplugins: [jekyll-sitemap]\n"},
                 {"_themes/own/_layouts/a.html", "x"},
                 {"_themes/own/own.gemspec",
                  "Gem::Specification.new do |spec|\n  spec.add_runtime_dependency "
                  "\"jekyll-seo-tag\", \"~> 2\"\n"
                  "  spec.add_dependency(%q<jekyll-feed>.freeze, [\"~> 0.9\"])\n"
                  "  # spec.add_dependency 'jekyll-archives'\n"
                  "  spec.add_development_dependency 'jekyll-redirect-from'\nend\n"}});
  for (const char* name : {"jekyll-sitemap", "jekyll-seo-tag", "jekyll-feed"}) {
    EXPECT_TRUE(site->config().has_plugin(name)) << name;
  }
  for (const char* name : {"jekyll-archives", "jekyll-redirect-from"}) {
    EXPECT_FALSE(site->config().has_plugin(name)) << name;
  }
  EXPECT_THAT(site->config().texts("plugins"), ElementsAre("jekyll-sitemap"));
}

TEST(Theme, OfTheRepositoryComesBeforeOneOutside) {
  MadeSite site = themed({{"_themes/plain/_layouts/post.html", "vendored"}});
  EXPECT_EQ(text_at(site, site->find_layout("post")), "vendored");
  EXPECT_THAT(site.outputs(), IsEmpty());
  site.edit({{"_themes/plain/_layouts/post.html", "edited"}, {"_themes/plain/assets/x.txt", "x"}});
  EXPECT_EQ(text_at(site, site->find_layout("post")), "edited");
  EXPECT_THAT(site.outputs(), ElementsAre(testing::Pair("assets/x.txt", "assets/x.txt")));
}

TEST(Theme, ThatIsNowhereIsAProblem) {
  MadeSite site = themed({}, "theme: gone\n");
  EXPECT_EQ(show(site->problems()),
            "_config.yml: theme: the theme 'gone' is neither in the site's folder _themes nor "
            "installed; copy its files to _themes/gone\n");
  EXPECT_EQ(site->find_layout("post"), std::nullopt);
  site.edit({{"_themes/gone/_layouts/post.html", "here"}});
  EXPECT_THAT(site->problems(), IsEmpty());
  EXPECT_EQ(text_at(site, site->find_layout("post")), "here");
}

TEST(Theme, NamesLeadNowhereElse) {
  EXPECT_THAT(theme_names("Minima "), ElementsAre("minima"));
  EXPECT_THAT(theme_names("a/b@v1"), ElementsAre("a/b@v1", "a/b", "b"));
  EXPECT_THAT(theme_names("a/b"), ElementsAre("a/b", "b"));
  for (const char* name :
       {"", " ", "../x", "a/../b", "/etc", ".git", "a/.b", "a//b", "a\\b", "a/"}) {
    EXPECT_THAT(theme_names(name), IsEmpty()) << name;
  }
}

TEST(Theme, IsTheSameAfterEditsAsFromNothing) {
  MadeSite site = themed({{"_posts/2020-01-01-a.md", page("layout: post")}});
  const MadeSite::Edits kEdits[] = {
      {{"assets/main.scss", "static"}},
      {{"_themes/plain/assets/b.txt", "b"}},
      {{"_config.yml", "theme: gone\n"}},
      {{"assets/main.scss", std::nullopt}},
      {{"_config.yml", "theme: plain\n"}},
      {{"_themes/plain/assets/b.txt", std::nullopt}},
      {{"assets/logo.svg", page("", "page")}},
      {{"assets/logo.svg", std::nullopt}},
      {{"_config.yml", std::nullopt}},
  };
  for (const auto& edit : kEdits) {
    site.edit(edit);
    SitePtr fresh = site.from_nothing();
    std::map<std::string, std::string> outputs;
    fresh->for_each_output([&](const std::string& path, const Output& output) {
      outputs[path] = output.item->path();
    });
    EXPECT_EQ(site.outputs(), outputs) << edit.begin()->first;
    EXPECT_EQ(show(site->problems()), show(fresh->problems())) << edit.begin()->first;
  }
}

}  // namespace
}  // namespace stet::site

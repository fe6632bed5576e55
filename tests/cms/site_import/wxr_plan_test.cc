#include "cms/site_import/wxr_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "cms/site_import/wxr_entries.h"
#include "storage/snapshot/memory_snapshot.h"
#include "tests/cms/site_import/exported.h"

namespace stet::site_import {
namespace {

using testing::HasSubstr;
using Files = std::map<std::string, std::string>;

const Files kSite = {{"_config.yml", "# ours\ntimezone: Europe/Berlin\npermalink: /:title/\n"}};

WxrPlan plan_of(const std::string& text, const Files& files, WxrTarget target = {}) {
  target.there = *storage::make_memory_snapshot(files);
  auto plan = plan_wxr(read_export(text), target);
  EXPECT_TRUE(plan) << plan.error().message;
  return plan ? std::move(*plan) : WxrPlan();
}

Files after(const WxrPlan& plan, Files files = {}) {
  for (const auto& file : plan.files) files[file.path.string()] = file.after;
  return files;
}

std::string paths_of(const WxrPlan& plan) {
  std::string text;
  for (const PlannedEntry& entry : plan.entries) text += entry.kind + " " + entry.path + "\n";
  return text;
}

TEST(WxrPlan, APostHasWhatItHad) {
  WxrPlan plan = plan_of(
      export_of({{.id = "12",
                  .title = "Ropes",
                  .slug = "ropes",
                  .body = "One\n\ntwo {{ x }}",
                  .link = "https://old.example/blog/2020/05/ropes/",
                  .more = "<dc:creator>ann</dc:creator>"
                          "<excerpt:encoded><![CDATA[Short]]></excerpt:encoded>"
                          "<category domain=\"category\" nicename=\"c\">Craft</category>"
                          "<category domain=\"category\" nicename=\"uncategorized\">None</category>"
                          "<category domain=\"post_tag\" nicename=\"h\">Hemp</category>"
                          "<wp:postmeta><wp:meta_key>colour</wp:meta_key>"
                          "<wp:meta_value>red</wp:meta_value></wp:postmeta>"
                          "<wp:postmeta><wp:meta_key>_edit_lock</wp:meta_key>"
                          "<wp:meta_value>1:1</wp:meta_value></wp:postmeta>"
                          "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>"
                          "<wp:meta_value>9</wp:meta_value></wp:postmeta>"},
                 {.id = "9",
                  .title = "x",
                  .slug = "x",
                  .type = "attachment",
                  .status = "inherit",
                  .more = "<wp:attachment_url>https://old.example/x.jpg</wp:attachment_url>"}}),
      kSite);
  EXPECT_EQ(after(plan)["_posts/2020-05-03-ropes.html"],
            "---\n"
            "title: Ropes\n"
            "date: 2020-05-03T10:00:00+02:00\n"
            "author: ann\n"
            "categories:\n  - Craft\n"
            "tags:\n  - Hemp\n"
            "excerpt: Short\n"
            "image: https://old.example/x.jpg\n"
            "render_with_liquid: false\n"
            "colour: red\n"
            "wordpress_id: 12\n"
            "wordpress_site: old.example/blog\n"
            "redirect_from: /2020/05/ropes/\n"
            "---\n\n"
            "<p>One</p>\n<p>two {{ x }}</p>\n");
  EXPECT_EQ(after(plan)["_data/authors.yml"], "ann:\n  name: ann\n");
  EXPECT_EQ(after(plan)["_config.yml"],
            kSite.at("_config.yml") + "plugins:\n  - jekyll-redirect-from\n");
}

TEST(WxrPlan, EachStatusHasItsPlace) {
  struct Case {
    Exported item;
    std::string paths, field, said;
  };
  const std::vector<Case> cases = {
      {{.id = "1", .title = "T", .slug = "t"}, "post _posts/2020-05-03-t.html\n", "title: T", ""},
      {{.id = "1", .title = "T", .slug = "", .status = "draft"}, "draft _drafts/t.html\n", "", ""},
      {{.id = "1", .title = "T", .slug = "t", .status = "pending"},
       "draft _drafts/t.html\n",
       "",
       ""},
      {{.id = "1",
        .title = "T",
        .slug = "t",
        .status = "future",
        .date = "2099-01-01 00:00:00",
        .gmt = "2099-01-01 00:00:00"},
       "post _posts/2099-01-01-t.html\n",
       "date: 2099-01-01T01:00:00+01:00",
       ""},
      {{.id = "1",
        .title = "T",
        .slug = "t",
        .type = "page",
        .status = "future",
        .date = "2099-01-01 00:00:00",
        .gmt = "2099-01-01 00:00:00"},
       "page t.html\n",
       "published: false",
       "assumed 4: 'T' is scheduled for 2099-01-01T01:00:00+01:00 -> published: false"},
      {{.id = "1", .title = "T", .slug = "t", .status = "private"},
       "post _posts/2020-05-03-t.html\n",
       "published: false",
       "'T' is private"},
      {{.id = "1", .title = "T", .slug = "t", .more = "<wp:post_password>x</wp:post_password>"},
       "post _posts/2020-05-03-t.html\n",
       "published: false",
       "'T' is protected by a password"},
      {{.id = "1",
        .title = "T",
        .slug = "t",
        .type = "page",
        .link = "https://old.example/blog/t/"},
       "page t.html\n",
       "permalink: /t/",
       ""},
      {{.id = "1", .title = "T", .slug = "t", .type = "page", .status = "draft"},
       "page t.html\n",
       "published: false",
       ""},
      {{.id = "1", .title = "T", .slug = "t", .type = "page", .link = "https://old.example/blog/"},
       "page t.html\n",
       "title: T",
       "'T' was the front page"},
      {{.id = "1", .title = "T", .slug = "t", .status = "trash"},
       "",
       "",
       "1 posts and pages of status 'trash'"},
      {{.id = "1", .title = "T", .slug = "t", .type = "nav_menu_item"},
       "",
       "",
       "items of type 'nav_menu_item'"},
      {{.id = "", .title = "T", .slug = "t"}, "", "", "neither wp:post_id nor link"},
      {{.id = "1", .title = "T", .slug = "t", .date = "", .gmt = ""},
       "draft _drafts/t.html\n",
       "",
       "doubt 4: the post 'T' has no date"},
      {{.id = "1", .title = "T", .slug = "%d0%ba%d0%bd%d0%b8%d0%b3%d0%b0"},
       "post _posts/2020-05-03-книга.html\n",
       "",
       ""},
      {{.id = "1", .title = "...", .slug = "../../etc"},
       "post _posts/2020-05-03-etc.html\n",
       "",
       ""},
      {{.id = "1", .title = "!", .slug = ""}, "post _posts/2020-05-03-post-1.html\n", "", ""},
      {{.id = "1", .title = "T", .slug = "t", .body = "a\n\n<!--more-->\n\nb"},
       "post _posts/2020-05-03-t.html\n",
       "excerpt_separator: \"<!--more-->\"",
       ""},
      {{.id = "1", .title = "T", .slug = "t", .more = "<wp:is_sticky>1</wp:is_sticky>"},
       "post _posts/2020-05-03-t.html\n",
       "sticky: true",
       ""},
      {{.id = "1",
        .title = "T",
        .slug = "t",
        .more = "<wp:comment><wp:comment_approved>1</wp:comment_approved></wp:comment>"},
       "post _posts/2020-05-03-t.html\n",
       "",
       "1 comments and pings stay behind"},
  };
  for (const Case& one : cases) {
    WxrPlan plan = plan_of(export_of({one.item}), kSite);
    std::string label = one.item.type + " " + one.item.status + " " + one.item.slug;
    EXPECT_EQ(paths_of(plan), one.paths) << label;
    if (!one.field.empty()) {
      EXPECT_THAT(after(plan)[plan.entries.at(0).path], HasSubstr(one.field + "\n")) << label;
    }
    if (one.said.empty()) {
      EXPECT_FALSE(tells(plan.findings, "doubt")) << label << shown(plan.findings);
    } else {
      EXPECT_TRUE(tells(plan.findings, one.said)) << label << shown(plan.findings);
    }
  }
}

TEST(WxrPlan, CustomFieldsThatMeanSomethingElseStayBehind) {
  const std::vector<std::pair<std::string, std::string>> fields = {
      {"layout", "x"},
      {"title", "x"},
      {"wordpress_id", "3"},
      {"wordpress_site", "x"},
      {"packed", "a:1:{i:0;s:1:\"x\";}"}};
  for (const auto& [key, value] : fields) {
    WxrPlan plan = plan_of(
        export_of({{.id = "1",
                    .title = "T",
                    .slug = "t",
                    .more = "<wp:postmeta><wp:meta_key>" + key + "</wp:meta_key><wp:meta_value>" +
                            cdata(value) + "</wp:meta_value></wp:postmeta>"}}),
        kSite);
    EXPECT_TRUE(tells(plan.findings, "left out 4: the custom field '" + key + "'"))
        << key << shown(plan.findings);
    EXPECT_EQ(after(plan)["_posts/2020-05-03-t.html"].find("a:1:"), std::string::npos);
  }
}

TEST(WxrPlan, NamesAreGivenOnce) {
  WxrPlan plan = plan_of(export_of({{.id = "1", .title = "A", .slug = "t"},
                                    {.id = "2", .title = "B", .slug = "t"},
                                    {.id = "3", .title = "C", .slug = "about", .type = "page"},
                                    {.id = "4",
                                     .title = "D",
                                     .slug = "team",
                                     .type = "page",
                                     .more = "<wp:post_parent>3</wp:post_parent>"},
                                    {.id = "5",
                                     .title = "E",
                                     .slug = "loop",
                                     .type = "page",
                                     .more = "<wp:post_parent>5</wp:post_parent>"}}),
                         {{"about.md", "---\n---\n"}});
  EXPECT_EQ(paths_of(plan),
            "post _posts/2020-05-03-t.html\npost _posts/2020-05-03-t-2.html\n"
            "page about-2.html\npage about/team.html\npage loop.html\n");
  EXPECT_TRUE(tells(plan.findings, "'_posts/2020-05-03-t' is taken"));
}

TEST(WxrPlan, TheSameImportTwiceChangesNothing) {
  const std::vector<Exported> items = {
      {.id = "1", .title = "A", .slug = "t", .link = "https://old.example/blog/a/t/"},
      {.id = "2", .title = "B", .slug = "t", .link = "https://old.example/blog/b/t/"},
      {.id = "3", .title = "C", .slug = "c", .type = "page", .status = "draft"},
      {.id = "4", .title = "D", .slug = "d", .status = "draft"}};
  Files first = after(plan_of(export_of(items), {}));
  EXPECT_EQ(plan_of(export_of(items), first).files.size(), 0u);
  // Moved and edited by people, it is still the one with that id.
  Files edited = first;
  edited["_posts/2021/2021-01-01-moved.md"] =
      "---\nwordpress_id: 1\nwordpress_site: old.example/blog\n---\nNew\n";
  edited.erase("_posts/2020-05-03-t.html");
  WxrPlan again = plan_of(export_of(items), edited);
  EXPECT_TRUE(again.files.empty());
  EXPECT_EQ(again.entries[0].path, "_posts/2021/2021-01-01-moved.md");
  EXPECT_TRUE(again.entries[0].is_there);
}

TEST(WxrPlan, APostOfADayToComeWaitsWhereTheSiteShowsSuchToo) {
  const std::string text = export_of({{.id = "1", .title = "T", .slug = "t", .status = "future"}});
  WxrPlan plan = plan_of(text, {{"_config.yml", "future: true\n"}});
  EXPECT_THAT(after(plan)["_posts/2020-05-03-t.html"], HasSubstr("published: false\n"));
  EXPECT_TRUE(tells(plan.findings, "'T' is scheduled for 2020-05-03T10:00:00+02:00"));
}

TEST(WxrPlan, AnExcerptWithAScriptIsADoubt) {
  WxrPlan plan = plan_of(export_of({{.id = "1",
                                     .title = "T",
                                     .slug = "t",
                                     .more = "<excerpt:encoded>" + cdata("<script>x()</script>") +
                                             "</excerpt:encoded>"}}),
                         kSite);
  EXPECT_TRUE(tells(plan.findings, "doubt 4: a script would run")) << shown(plan.findings);
}

TEST(WxrPlan, ASiteWithoutAConfigurationGetsOne) {
  Files made = after(plan_of(
      export_of({{.id = "1", .title = "A", .slug = "t", .link = "https://old.example/blog/a/"}}),
      {}));
  EXPECT_EQ(made["_config.yml"],
            "title: Tide & Time\ndescription: Of boats\nstet:\n  theme: default\nplugins:\n"
            "  - jekyll-redirect-from\n");
}

TEST(WxrPlan, PostsAndPagesTakeTheSitesLayouts) {
  const std::string text = export_of({{.id = "1", .title = "A", .slug = "a"},
                                      {.id = "2", .title = "B", .slug = "b", .type = "page"}});
  Files made = after(plan_of(text, {{"_layouts/post.html", "{{ content }}"}}));
  EXPECT_THAT(made["_posts/2020-05-03-a.html"], HasSubstr("---\nlayout: post\ntitle: A\n"));
  EXPECT_EQ(made["b.html"].find("layout"), std::string::npos);
  Files own = {{"_layouts/post.html", ""},
               {"_layouts/mine.html", ""},
               {"_config.yml", "defaults:\n  - scope: {path: ''}\n    values: {layout: mine}\n"}};
  EXPECT_EQ(after(plan_of(text, own))["_posts/2020-05-03-a.html"].find("layout"),
            std::string::npos);
}

TEST(WxrPlan, WhatLiesAtAnAddressAlreadyIsADoubt) {
  WxrPlan plan = plan_of(export_of({{.id = "1",
                                     .title = "A",
                                     .slug = "a",
                                     .type = "page",
                                     .link = "https://old.example/blog/about/"}}),
                         {{"other.md", "---\npermalink: /about/\n---\n"}});
  EXPECT_TRUE(tells(plan.findings, "doubt 4: another page of the site lies at '/about/'"))
      << shown(plan.findings);
}

TEST(WxrPlan, ClocksWithoutAZoneKeepTheirOffset) {
  WxrPlan plan = plan_of(export_of({{.id = "1", .title = "A", .slug = "a"}}), {});
  EXPECT_THAT(after(plan)["_posts/2020-05-03-a.html"],
              HasSubstr("date: 2020-05-03T10:00:00+02:00"));
  EXPECT_TRUE(tells(plan.findings, "its clocks were at +02:00")) << shown(plan.findings);
}

TEST(WxrPlan, PicturesThatWereFetchedAreTheSitesOwn) {
  const std::string address = "https://old.example/blog/wp-content/uploads/x.jpg";
  WxrTarget target;
  target.media[address] = "assets/media/x.jpg";
  WxrPlan plan = plan_of(
      export_of({{.id = "1", .title = "A", .slug = "a", .body = "<img src=\"" + address + "\">"}}),
      {{"_config.yml", "baseurl: /b\n"}},
      target);
  EXPECT_THAT(after(plan)["_posts/2020-05-03-a.html"], HasSubstr("src=\"/b/assets/media/x.jpg\""));
}

TEST(WxrPlan, RefusesAConfigurationThatCannotBeEdited) {
  for (const char* config : {"a: [", "- x\n", "timezone: Nowhere\n"}) {
    WxrTarget target;
    target.there = *storage::make_memory_snapshot(Files{{"_config.yml", config}});
    auto plan = plan_wxr(read_export(export_of({})), target);
    ASSERT_FALSE(plan) << config;
    EXPECT_THAT(plan.error().message, HasSubstr("_config.yml")) << config;
  }
}

TEST(OldPath, IsAPathOfTheSiteOrNothing) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"https://old.example/blog/a/b/", "/a/b/"},
      {"http://old.example/blog/a%20b/", "/a b/"},
      {"http://www.old.example/blog/a/", "/a/"},
      {"https://old.example/blog/", "/"},
      {"https://old.example/blog/?p=1", ""},
      {"https://old.example/blogs/x", ""},
      {"https://else.example/blog/x/", ""},
      {"https://old.example/blog/../x", ""},
      {"https://old.example/blog/a/:title/", ""},
      {"https://old.example/blog/%00/", ""},
      {"", ""},
  };
  for (const auto& [link, path] : cases) {
    EXPECT_EQ(old_path(link, "https://old.example/blog"), path) << link;
  }
}

}  // namespace
}  // namespace stet::site_import

// Entries of WordPress are known by their site and their number there: other sites have the same
// numbers.

#include "cms/site_import/known_entries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "cms/site_import/wxr_plan.h"
#include "storage/snapshot/memory_snapshot.h"
#include "tests/cms/site_import/exported.h"

namespace stet::site_import {
namespace {

using testing::HasSubstr;
using Files = std::map<std::string, std::string>;

// Into what is there, and what is there then.
class Importing {
 public:
  WxrPlan import(const std::string& text) {
    auto plan = plan_wxr(read_export(text), {*storage::make_memory_snapshot(files_), {}, {}});
    EXPECT_TRUE(plan) << plan.error().message;
    if (!plan) return {};
    for (const auto& file : plan->files) files_[file.path.string()] = file.after;
    return std::move(*plan);
  }
  Files& files() { return files_; }

 private:
  Files files_;
};

std::string paths_in(const WxrPlan& plan) {
  std::string text;
  for (const PlannedEntry& entry : plan.entries) {
    text += entry.path + (entry.is_there ? " there\n" : "\n");
  }
  return text;
}

std::string of_site(std::string text, const std::string& address) {
  const std::string own = "https://old.example/blog";
  return text.replace(text.find(own), own.size(), address);
}

// As imports wrote it that knew of one site alone.
void forget_sites(Files& files) {
  for (auto& [path, text] : files) {
    std::size_t at = text.find("wordpress_site:");
    if (at != text.npos) text.erase(at, text.find('\n', at) + 1 - at);
  }
}

const std::vector<Exported> kOurs = {
    {.id = "1", .title = "Ropes", .slug = "ropes"},
    {.id = "2", .title = "About", .slug = "about", .type = "page"},
    {.id = "3", .title = "Soon", .slug = "soon", .status = "draft"}};
// The same numbers, and what else two sites easily have in common.
const std::vector<Exported> kTheirs = {
    {.id = "1", .title = "Sails", .slug = "sails"},
    {.id = "2",
     .title = "About",
     .slug = "about",
     .type = "page",
     .date = "2011-01-02 10:00:00",
     .gmt = "2011-01-02 08:00:00"},
    {.id = "3", .title = "Late", .slug = "late", .status = "draft"}};

TEST(KnownEntries, ASecondSiteLosesNothing) {
  Importing importing;
  importing.import(export_of(kOurs));
  const std::string theirs = of_site(export_of(kTheirs), "https://else.example");
  WxrPlan second = importing.import(theirs);
  EXPECT_EQ(paths_in(second), "_posts/2020-05-03-sails.html\nabout-2.html\n_drafts/late.html\n");
  EXPECT_THAT(importing.files()["_posts/2020-05-03-sails.html"],
              HasSubstr("wordpress_id: 1\nwordpress_site: else.example\n"));
  EXPECT_TRUE(tells(second.findings, "'about' is taken")) << shown(second.findings);
  EXPECT_FALSE(tells(second.findings, "doubt")) << shown(second.findings);
  EXPECT_TRUE(importing.import(theirs).files.empty());
  EXPECT_TRUE(importing.import(export_of(kOurs)).files.empty());
}

TEST(KnownEntries, ASiteIsOneWhicheverWayItsAddressIsSpelled) {
  Importing importing;
  importing.import(export_of(kOurs));
  for (const char* address : {"http://www.old.example/blog", "https://OLD.example/blog/"}) {
    EXPECT_TRUE(importing.import(of_site(export_of(kOurs), address)).files.empty()) << address;
  }
  EXPECT_FALSE(
      importing.import(of_site(export_of(kOurs), "https://old.example/other")).files.empty());
}

TEST(KnownEntries, ThoseOfEarlierImportsAreKnownByWhatTheyLookLike) {
  Importing importing;
  importing.import(export_of(kOurs));
  forget_sites(importing.files());
  WxrPlan again = importing.import(export_of(kOurs));
  EXPECT_TRUE(again.files.empty()) << paths_in(again);
  EXPECT_TRUE(
      tells(again.findings, "assumed 4: 3 entries of an earlier import have no wordpress_site"))
      << shown(again.findings);

  WxrPlan other = importing.import(of_site(export_of(kTheirs), "https://else.example"));
  EXPECT_EQ(paths_in(other), "_posts/2020-05-03-sails.html\nabout-2.html\n_drafts/late.html\n");
  for (const char* path : {"_posts/2020-05-03-ropes.html", "about.html", "_drafts/soon.html"}) {
    EXPECT_TRUE(tells(other.findings, "'" + std::string(path) + "' has the same wordpress_id"))
        << path << shown(other.findings);
  }
  EXPECT_TRUE(tells(other.findings, "write wordpress_site: else.example into that file"));
}

TEST(KnownEntries, ThoseOfEarlierImportsMayHaveMovedOrChanged) {
  struct Case {
    std::string path, text;
    bool is_there;
  };
  const std::string date = "date: 2020-05-03T10:00:00+02:00\n";
  for (const Case& one :
       std::vector<Case>{{"_posts/a/2021-01-01-ropes.md", "title: Other\n" + date, true},
                         {"_posts/2020-05-03-ropes-2.html", "title: Other\n", true},
                         {"notes/x.md", "title: Ropes\n" + date, true},
                         {"notes/x.md", "title: Ropes\ndate: 2020-05-03\n", true},
                         {"notes/x.md", "wordpress_site: https://www.old.example/blog/\n", true},
                         {"notes/x.md", "title: Other\n" + date, false},
                         {"notes/ropes.md", "title: Ropes\ndate: 2019-05-03\n", false}}) {
    Importing importing;
    importing.files()[one.path] = "---\nwordpress_id: 1\n" + one.text + "---\n";
    WxrPlan plan = importing.import(export_of({kOurs[0]}));
    EXPECT_EQ(paths_in(plan),
              one.is_there ? one.path + " there\n" : "_posts/2020-05-03-ropes.html\n")
        << one.path << one.text;
    EXPECT_EQ(tells(plan.findings, "doubt"), !one.is_there) << one.path << one.text;
  }
}

TEST(KnownEntries, ASiteThatHasMovedIsADoubt) {
  Importing importing;
  importing.import(export_of(kOurs));
  WxrPlan plan = importing.import(of_site(export_of({kOurs[0]}), "https://new.example"));
  EXPECT_EQ(paths_in(plan), "_posts/2020-05-03-ropes-2.html\n");
  EXPECT_TRUE(tells(plan.findings,
                    "doubt 4: 'Ropes' looks like '_posts/2020-05-03-ropes.html', which is of the "
                    "site old.example/blog"))
      << shown(plan.findings);
}

TEST(KnownEntries, TwoItemsOfOneNumberAreTwoEntries) {
  const std::vector<Exported> items = {{.id = "1", .title = "A", .slug = "a"},
                                       {.id = "1", .title = "B", .slug = "b"},
                                       {.id = "1", .title = "A", .slug = "a"}};
  Importing importing;
  WxrPlan plan = importing.import(export_of(items));
  EXPECT_EQ(paths_in(plan), "_posts/2020-05-03-a.html\n_posts/2020-05-03-b.html\n");
  EXPECT_TRUE(tells(plan.findings, "doubt 5: 'B' has the number of another item, 'A' in line 4"))
      << shown(plan.findings);
  EXPECT_TRUE(tells(plan.findings, "1 items are in the file twice")) << shown(plan.findings);
  WxrPlan again = importing.import(export_of(items));
  EXPECT_TRUE(again.files.empty()) << paths_in(again);
  EXPECT_FALSE(tells(again.findings, "doubt")) << shown(again.findings);
  // What was lost once is found now.
  importing.files().erase("_posts/2020-05-03-b.html");
  EXPECT_EQ(paths_in(importing.import(export_of(items))),
            "_posts/2020-05-03-a.html there\n_posts/2020-05-03-b.html\n");
}

TEST(KnownEntries, ItemsWithoutNamesAreCounted) {
  const std::string text = export_of({{.id = "1", .title = "", .slug = "", .body = "a"},
                                      {.id = "1", .title = "", .slug = "", .body = "b"}});
  for (const std::string& one : {text, of_site(text, "")}) {
    Importing importing;
    EXPECT_EQ(importing.import(one).entries.size(), 2u);
    EXPECT_TRUE(importing.import(one).files.empty());
  }
}

TEST(KnownEntries, ExportsThatNameNoSiteAreOfOneAndThatIsADoubt) {
  const std::string text = of_site(export_of(kOurs), "");
  Importing importing;
  WxrPlan plan = importing.import(text);
  EXPECT_TRUE(tells(plan.findings, "doubt 0: the export does not name its site"));
  EXPECT_THAT(importing.files()["about.html"], HasSubstr("wordpress_site: \"\"\n"));
  WxrPlan again = importing.import(text);
  EXPECT_TRUE(again.files.empty());
  EXPECT_FALSE(tells(again.findings, "doubt")) << shown(again.findings);
}

}  // namespace
}  // namespace stet::site_import

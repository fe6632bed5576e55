// Exactly the pages that each kind of change renders, and why.

#include "tests/cms/pipeline/work_counts.h"

#include <cctype>
#include <set>

namespace stet::pipeline {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;

constexpr const char* kKinds[] = {
    "post body",
    "title",
    "date",
    "tag added",
    "tag's last post removed",
    "category",
    "permalink",
    "excerpt",
    "draft published",
    "post deleted",
    "post renamed",
    "future post becoming due",
    "page body",
    "page title in a navigation",
    "layout",
    "nested layout",
    "include",
    "include with parameters",
    "an include that appears where it was missing",
    "data file key read",
    "data file key not read",
    "config key read",
    "config key not read",
    "front-matter default",
    "collection item",
    "collection order",
    "static file",
    "Sass partial",
    "paginator's boundary moved",
    "related posts",
    "next/previous",
    "where_exp membership",
    "group_by group",
    "sort order",
    "session moved",
    "speaker renamed",
    "room renamed",
    "schedule's time zone",
    "redirect added",
    "feed's eleventh post",
};

std::string name_of(const testing::TestParamInfo<WorkCount>& info) {
  std::string name = std::to_string(info.index);
  bool is_start = true;
  for (char c : info.param.kind + " " + info.param.what) {
    bool is_letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (is_letter) name += is_start ? static_cast<char>(std::toupper(c)) : c;
    is_start = !is_letter;
  }
  return name;
}

// The sitemap and the feed print the instant, and so does each publication's; what they read of
// documents is in the tables where it is what the case is about.
bool prints_instant(const std::string& path) { return path == "feed.xml" || path == "sitemap.xml"; }

class WorkCounts : public testing::TestWithParam<WorkCount> {
 protected:
  static void check(LiveSite::Files files, const WorkCount& count) {
    LiveSite site(files);
    site.clock().advance_seconds(count.seconds);
    PublishedPtr published = count.edit.empty() ? time_passed(site) : site.edit(count.edit);
    ASSERT_TRUE(published);
    std::vector<std::string> paths, expected;
    for (const Expected& page : count.rendered) expected.push_back(page.path);
    for (const std::string& path : rendered_paths(published)) {
      bool is_expected = std::find(expected.begin(), expected.end(), path) != expected.end();
      if (is_expected || !prints_instant(path)) paths.push_back(path);
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_THAT(paths, ElementsAreArray(expected)) << all_reasons(published);
    for (const Expected& page : count.rendered) {
      EXPECT_THAT(reasons_of(published, page.path), HasSubstr(page.reason)) << page.path;
    }
    EXPECT_EQ(site.differences(), "");
  }

 private:
  static std::string all_reasons(const PublishedPtr& published) {
    std::string text;
    for (const DirtyPage& page : published->pages) {
      text += page.path + ": " + reasons_of(published, page.path) + "\n";
    }
    return text;
  }
  static PublishedPtr time_passed(LiveSite& site) {
    auto published = site.pipeline().pass_time();
    return published ? *published : nullptr;
  }
};

class BlogCounts : public WorkCounts {};
class PluginCounts : public WorkCounts {};
class ScheduleCounts : public WorkCounts {};

TEST_P(BlogCounts, AreThoseOfTheTable) {
  LiveSite::Files files = blog();
  if (GetParam().kind.starts_with("an include that appears")) {
    files["broken.html"] = "---\n---\n{% include later.html %}";
  }
  check(files, GetParam());
}
TEST_P(PluginCounts, AreThoseOfTheTable) { check(blog_with_plugins(), GetParam()); }
TEST_P(ScheduleCounts, AreThoseOfTheTable) { check(conference(), GetParam()); }

INSTANTIATE_TEST_SUITE_P(Posts, BlogCounts, testing::ValuesIn(post_counts()), name_of);
INSTANTIATE_TEST_SUITE_P(Pages, BlogCounts, testing::ValuesIn(page_counts()), name_of);
INSTANTIATE_TEST_SUITE_P(Lists, BlogCounts, testing::ValuesIn(list_counts()), name_of);
INSTANTIATE_TEST_SUITE_P(Plugins, PluginCounts, testing::ValuesIn(plugin_counts()), name_of);
INSTANTIATE_TEST_SUITE_P(Event, ScheduleCounts, testing::ValuesIn(schedule_counts()), name_of);

TEST(WorkCounts, AreThereForEachKindOfChangeAndForNoOther) {
  std::set<std::string> counted;
  for (const auto& table :
       {post_counts(), page_counts(), list_counts(), plugin_counts(), schedule_counts()}) {
    for (const WorkCount& count : table) counted.insert(count.kind);
  }
  EXPECT_EQ(counted, std::set<std::string>(std::begin(kKinds), std::end(kKinds)));
}

}  // namespace
}  // namespace stet::pipeline

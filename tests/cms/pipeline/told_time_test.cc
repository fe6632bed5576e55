// A clock that another server sets: what it shows at which instant is shown here at that instant.

#include <gtest/gtest.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using Paths = std::vector<std::string>;

constexpr std::int64_t kBegin = 1'600'000'061;  // of the site: when it is published first

LiveSite::Files site_files() {
  return {{"_config.yml", "title: T\n"},
          {"time.txt", "---\n---\n{{ site.time | date: '%s' }}"},
          {"posts.txt", "---\n---\n{{ site.posts.size }}"},
          {"_posts/2020-01-01-a.md", "---\ntitle: A\n---\nA"},
          // Ten seconds after the beginning.
          {"over.md", "---\nunpublish: 2020-09-13 12:27:51 +0000\n---\nOver"}};
}

void expect_at(LiveSite& site, std::int64_t seconds, bool is_over) {
  EXPECT_EQ(site.page("time.txt"), std::to_string(kBegin + seconds));
  EXPECT_EQ(site.page("over.html").has_value(), !is_over);
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(ToldTime, TheSameCommitIsPublishedAgainAtAnotherInstant) {
  LiveSite site(site_files());
  site.set_time_told(true);
  site.clock().advance_seconds(5);
  EXPECT_EQ(rendered_paths(site.publish_head()), Paths{"time.txt"});
  expect_at(site, 5, false);
  site.clock().advance_seconds(10);
  site.publish_head();
  expect_at(site, 15, true);
  const std::uint64_t number = site.publisher().newest()->number;
  site.publish_head();
  EXPECT_EQ(site.publisher().newest()->number, number) << "the same commit at the same instant";
}

TEST(ToldTime, AnEarlierInstantIsShownAsItWas) {
  LiveSite site(site_files());
  site.set_time_told(true);
  site.clock().advance_seconds(15);
  site.publish_head();
  site.clock().set({kBegin + 3});
  site.publish_head();
  expect_at(site, 3, false);
  // And by a process that finds a later one on the disk.
  site.clock().set({kBegin + 20});
  site.publish_head();
  site.restart([&] { site.clock().set({kBegin + 4}); });
  expect_at(site, 4, false);
}

TEST(ToldTime, OfAClockThatNobodySetsACommitIsPublishedOnce) {
  LiveSite site(site_files());
  const std::uint64_t number = site.publisher().newest()->number;
  site.clock().advance_seconds(5);
  site.publish_head();
  EXPECT_EQ(site.publisher().newest()->number, number);
}

}  // namespace
}  // namespace stet::pipeline

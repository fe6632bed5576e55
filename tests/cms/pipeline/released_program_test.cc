// Where a site says `stet: {schedule: {public: released}}`: what is public of its schedule goes
// from release to release, and what people work on from commit to commit.

#include "cms/pipeline/released_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kReleases[] = "_data/schedule_releases.yml";
constexpr char kHeld[] = "url: https://example.org\nstet: {schedule: {public: released}}\n";

std::string session(const std::string& title, int hour, const std::string& more = "") {
  return "---\ntitle: " + title + "\nstart: 2030-05-01T" + std::to_string(hour) +
         ":00\nend: 2030-05-01T23:30\n" + more + "---\nText of " + title + "\n";
}

LiveSite::Files released_files() {
  return {{"_config.yml", kHeld},
          {"list.html",
           "---\n---\n{% for s in site.schedule %}{{ s.title }} {{ s.start }} {% endfor %}"
           "{{ site.data.event.rooms | join: ' ' }}"},
          {"_data/event.yml", "title: Days\ntime_zone: Europe/Berlin\nrooms: [Hall, Attic]\n"},
          {"_schedule/a.md", session("A", 10, "room: Hall\nspeakers: [ann]\n")},
          {"_schedule/b.md", session("B", 11, "room: Attic\n")},
          {"_speakers/ann.md", "---\nname: Ann\n---\n"}};
}

LiveSite::Files release(const std::string& versions) { return {{kReleases, versions}}; }

std::string title_in(const site::SitePtr& site, const char* path) {
  auto document = site->find_document(path);
  return document ? std::string(document->field("title").as_string()) : "";
}

TEST(ReleasedProgram, NothingIsPublicBeforeTheFirstRelease) {
  LiveSite site(released_files());
  EXPECT_EQ(site.page("schedule/a/index.html"), std::nullopt);
  EXPECT_EQ(site.page("speakers/ann/index.html"), std::nullopt);
  EXPECT_EQ(*site.page("list.html"), "");
  EXPECT_THAT(*site.page("schedule.ics"), Not(HasSubstr("BEGIN:VEVENT")));
  EXPECT_NE(site.page("schedule/index.html"), std::nullopt);
  EXPECT_EQ(title_in(site.pipeline().site(), "_schedule/a.md"), "A");
  EXPECT_EQ(title_in(site.pipeline().public_site(), "_schedule/a.md"), "");
  EXPECT_EQ(site.differences(), "");
}

TEST(ReleasedProgram, WorkTouchesNoPublicPageAndAReleaseAllThatFollowFromIt) {
  LiveSite site(released_files());
  auto published = site.edit(release("- {version: '0.1'}\n"));
  EXPECT_THAT(published->changed_urls, Contains("/schedule/a/"));
  EXPECT_THAT(*site.page("list.html"), HasSubstr("A 2030-05-01T10:00"));
  EXPECT_EQ(site.differences(), "");
  auto before = site.pages();
  published = site.edit({{"_schedule/a.md", session("Other", 12, "room: Attic\n")},
                         {"_schedule/c.md", session("C", 13)},
                         {"_speakers/ann.md", std::nullopt},
                         {"_data/event.yml", "title: Nights\ntime_zone: Europe/London\n"}});
  EXPECT_THAT(published->changed_urls, IsEmpty());
  EXPECT_EQ(site.pages(), before);
  EXPECT_EQ(title_in(site.pipeline().site(), "_schedule/a.md"), "Other");
  EXPECT_EQ(title_in(site.pipeline().public_site(), "_schedule/a.md"), "A");
  EXPECT_EQ(site.differences(), "");
  published = site.edit(release("- {version: '0.1'}\n- {version: '0.2'}\n"));
  EXPECT_THAT(published->changed_urls, Contains("/schedule/c/"));
  EXPECT_THAT(*site.page("list.html"), HasSubstr("Other 2030-05-01T12:00"));
  EXPECT_EQ(site.page("speakers/ann/index.html"), std::nullopt);
  EXPECT_EQ(site.differences(), "");
}

TEST(ReleasedProgram, ARestartAndTheSettingsChangeGiveTheSame) {
  LiveSite site(released_files());
  site.edit(release("- {version: '0.1'}\n"));
  site.edit({{"_schedule/a.md", session("Other", 12, "room: Attic\n")}});
  auto before = site.pages();
  site.restart();
  EXPECT_EQ(site.pages(), before);
  EXPECT_EQ(title_in(site.pipeline().site(), "_schedule/a.md"), "Other");
  site.edit({{"_config.yml", "url: https://example.org\n"}});
  EXPECT_THAT(*site.page("list.html"), HasSubstr("Other"));
  EXPECT_EQ(site.differences(), "");
  site.edit({{"_config.yml", kHeld}});
  EXPECT_THAT(*site.page("list.html"), Not(HasSubstr("Other")));
  EXPECT_EQ(site.differences(), "");
  site.edit(release(""));
  EXPECT_EQ(*site.page("list.html"), "");
  EXPECT_EQ(site.differences(), "");
}

TEST(ReleasedProgram, WhatNoReleaseHadIsNotToldAsCancelled) {
  LiveSite site(released_files());
  site.edit(release("- {version: '0.1'}\n"));
  site.edit({{"_schedule/secret.md", session("Secret", 14)}});
  site.edit({{"_schedule/secret.md", std::nullopt}, {"_schedule/b.md", std::nullopt}});
  site.edit(release("- {version: '0.1'}\n- {version: '0.2'}\n"));
  EXPECT_THAT(*site.page("schedule.ics"), HasSubstr("STATUS:CANCELLED"));
  EXPECT_THAT(*site.page("schedule.ics"), Not(HasSubstr("Secret")));
  EXPECT_EQ(site.differences(), "");
}

// Its title and that it was cancelled were released: calendars keep it when the file goes.
TEST(ReleasedProgram, WhatWasReleasedAsCancelledStaysSo) {
  LiveSite site(released_files());
  site.edit(release("- {version: '0.1'}\n"));
  site.clock().advance_seconds(60);
  site.edit({{"_schedule/b.md", session("B", 11, "room: Attic\nstatus: cancelled\n")}});
  site.clock().advance_seconds(60);
  site.edit(release("- {version: '0.1'}\n- {version: '0.2'}\n"));
  EXPECT_THAT(*site.page("schedule.ics"), HasSubstr("STATUS:CANCELLED"));
  site.clock().advance_seconds(60);
  site.edit({{"_schedule/b.md", std::nullopt}});
  site.edit(release("- {version: '0.1'}\n- {version: '0.2'}\n- {version: '0.3'}\n"));
  EXPECT_THAT(*site.page("schedule.ics"), HasSubstr("STATUS:CANCELLED"));
  EXPECT_EQ(site.differences(), "");
}

TEST(ReleasedProgram, AReleaseRendersWhatDiffersAlone) {
  LiveSite::Files many = released_files();
  many["_posts/2020-01-01-p.md"] = "---\ntitle: P\n---\nPost.\n";
  many["other.html"] = "---\n---\nNothing of the schedule.\n";
  LiveSite site(many);
  site.edit(release("- {version: '0.1'}\n"));
  site.edit({{"_schedule/a.md", session("A", 10, "room: Hall\nspeakers: [ann]\nsubtitle: S\n")}});
  auto published = site.edit(release("- {version: '0.1'}\n- {version: '0.2'}\n"));
  auto rendered = rendered_paths(published);
  EXPECT_THAT(rendered, Contains("schedule/a.ics"));
  EXPECT_THAT(rendered, Contains("schedule.ics"));
  for (const char* path : {"schedule/b/index.html", "schedule/b.ics", "other.html", "list.html"}) {
    EXPECT_THAT(rendered, Not(Contains(path)));
  }
  // Nothing is other than in the release before, but for what names the release.
  published = site.edit(release("- {version: '0.1'}\n- {version: '0.2'}\n- {version: '0.3'}\n"));
  rendered = rendered_paths(published);
  for (const char* path : {"schedule/a/index.html", "schedule/a.ics", "list.html"}) {
    EXPECT_THAT(rendered, Not(Contains(path)));
  }
  EXPECT_THAT(*site.page("schedule.xml"), HasSubstr("<version>0.3</version>"));
  EXPECT_EQ(site.differences(), "");
}

// As a forced push to before the release, and to before work on it.
TEST(ReleasedProgram, GoesBackWithTheBranch) {
  LiveSite site(released_files());
  CommitId unreleased = site.last()->live->commit;
  CommitId first = site.edit(release("- {version: '0.1'}\n"))->live->commit;
  auto shown = site.pages();
  site.edit({{"_schedule/a.md", session("Other", 12, "room: Attic\n")}});
  site.edit(release("- {version: '0.1'}\n- {version: '0.2'}\n"));
  EXPECT_THAT(*site.page("list.html"), HasSubstr("Other"));
  ASSERT_TRUE(site.publish(first));
  EXPECT_EQ(site.pages(), shown);
  EXPECT_EQ(title_in(site.pipeline().site(), "_schedule/a.md"), "A");
  EXPECT_EQ(site.differences(), "");
  ASSERT_TRUE(site.publish(unreleased));
  EXPECT_EQ(*site.page("list.html"), "");
  EXPECT_EQ(site.page("schedule/a/index.html"), std::nullopt);
  EXPECT_EQ(site.differences(), "");
}

TEST(ReleasedProgram, IsWhereTheConfigurationHasItsCollections) {
  LiveSite::Files moved = {
      {"_config.yml",
       "collections_dir: parts\ncollections: {schedule: {output: true}, speakers: {output: true}}\n"
       "stet: {schedule: {public: released}}\n"},
      {"list.html", "---\n---\n{% for s in site.schedule %}{{ s.title }} {% endfor %}"},
      {"_data/event.yml", "title: Days\ntime_zone: UTC\n"},
      {"parts/_schedule/a.md", session("A", 10)}};
  LiveSite site(moved);
  EXPECT_EQ(*site.page("list.html"), "");
  site.edit(release("- {version: '0.1'}\n"));
  EXPECT_EQ(*site.page("list.html"), "A ");
  site.edit({{"parts/_schedule/a.md", session("B", 10)}});
  EXPECT_EQ(*site.page("list.html"), "A ");
  EXPECT_EQ(site.differences(), "");
  site.edit({{"_config.yml", "stet: {schedule: {public: released}}\n"}});
  EXPECT_EQ(*site.page("list.html"), "");
  EXPECT_EQ(site.differences(), "");
}

TEST(ReleasedProgram, APreviewShowsTheWorkAndSaysThatNoPublicPageChanges) {
  LiveSite site(released_files());
  site.edit(release("- {version: '0.1'}\n"));
  auto preview = site.pipeline().preview(
      {{storage::path_of("_schedule/a.md"), session("Other", 12, "room: Attic\n")}});
  ASSERT_TRUE(preview) << preview.error().message;
  EXPECT_THAT(preview->pages, IsEmpty());
  EXPECT_EQ(title_in(preview->site, "_schedule/a.md"), "Other");
  EXPECT_EQ(title_in(preview->shown, "_schedule/a.md"), "A");
}

TEST(ReleasedProgram, AMisspeltPolicyHoldsBack) {
  LiveSite::Files misspelt = released_files();
  misspelt["_config.yml"] = "stet: {schedule: {public: realeased}}\n";
  EXPECT_EQ(LiveSite(misspelt).page("schedule/a/index.html"), std::nullopt);
}

}  // namespace
}  // namespace stet::pipeline

// The uid of a session that the API makes: one that calendars know no other session by.

#include <gtest/gtest.h>

#include "cms/change/sessions.h"
#include "cms/schedule/history_step.h"
#include "cms/schedule/uid.h"
#include "cms/site/builder.h"
#include "storage/diff/diff.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

using schedule::uid_of_path;

constexpr char kPath[] = "_schedule/a.md";

std::string session(const std::string& more = "") {
  return "---\ntitle: A\nstart: 2030-05-01T10:00\nend: 2030-05-01T11:00\n" + more + "---\n";
}

// What the next session at kPath is named, after these commits.
std::string next_uid(const std::vector<Files>& commits) {
  site::ScheduleHistory history;
  storage::SnapshotPtr before = storage::make_memory_snapshot(Files()).value();
  for (Files files : commits) {
    files["_data/event.yml"] = "title: Days\ntime_zone: UTC\n";
    storage::SnapshotPtr after = storage::make_memory_snapshot(files).value();
    const storage::Diff diff = storage::compare(*before, *after).value();
    history = schedule::grown(history, {*after, diff, kNow, CommitId()}).value();
    before = after;
  }
  reads::Names names;
  site::Builder builder({}, names);
  site::SiteSource source;
  source.snapshot = before;
  source.instant = kNow;
  source.schedule = history;
  return new_session_uid(*builder.build(std::move(source)).value(), kPath);
}

TEST(SessionUid, IsOfThePathWhereNothingEverWas) {
  EXPECT_EQ(next_uid({{}}), uid_of_path(kPath));
  EXPECT_EQ(next_uid({{{"_schedule/b.md", session()}}}), uid_of_path(kPath));
}

TEST(SessionUid, IsNotThatOfASessionThatBeganThere) {
  const std::string other = uid_of_path(std::string(kPath) + "#2");
  EXPECT_EQ(next_uid({{{kPath, session()}}, {{"_schedule/b.md", session()}}}), other);
  // That has the uid in its file.
  EXPECT_EQ(next_uid({{{"_schedule/b.md", session("uid: " + uid_of_path(kPath) + "\n")}}}), other);
  // That is gone, and calendars tell of it as cancelled.
  EXPECT_EQ(next_uid({{{kPath, session()}}, {}}), other);
  EXPECT_EQ(next_uid({{{kPath, session()}}, {}, {{kPath, session("uid: " + other + "\n")}}, {}}),
            uid_of_path(std::string(kPath) + "#3"));
}

}  // namespace
}  // namespace stet::change

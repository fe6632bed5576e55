// Changes that are seen through lists, plugins' pages and the schedule.

#include "tests/cms/pipeline/work_counts.h"

namespace stet::pipeline {
namespace {

constexpr const char* kOne = "_posts/2020-01-01-one.md";
constexpr const char* kTwo = "_posts/2020-01-02-two.md";

std::string session(const std::string& title, const std::string& hour, const std::string& more) {
  return post("title: " + title + "\nlayout: session\nstart: 2025-10-01T" + hour +
              ":00\nend: 2025-10-01T" + hour + ":45\n" + more);
}

std::string event(const std::string& zone, const std::string& rooms) {
  return "title: Meeting\ntime_zone: " + zone + "\nstart: 2025-10-01\nrooms: " + rooms + "\n";
}

}  // namespace

std::vector<WorkCount> list_counts() {
  return {
      {"next/previous",
       "the one between two goes",
       {{kTwo, std::nullopt}},
       {{"dates/index.html", "of site.posts"},
        {"groups/index.html", "of site.posts"},
        {"index.html", "of site.posts"},
        {"marks/index.html", "of site.posts"},
        {"one/index.html", "next of _posts/2020-01-01-one.md"},
        {"ranks/index.html", "of site.posts"},
        {"tags/index.html", "of site.tags"},
        {"three/index.html", "previous of _posts/2020-01-03-three.md"}}},
      {"where_exp membership",
       "and the group that it leaves",
       {{kTwo, post("title: Two\nmood: wild\nrank: 2\ntags: [blue]\n")}},
       {{"groups/index.html", "mood of _posts/2020-01-02-two.md"},
        {"wild/index.html", "mood of _posts/2020-01-02-two.md"}}},
      {"group_by group",
       "a field that neither groups nor lists look at",
       {{kTwo, post("title: Two\nmood: calm\nrank: 2\ntags: [blue]\nunread: 1\n")}},
       {}},
      {"group_by group",
       "a new one",
       {{kOne, post("title: One\nmood: new\nrank: 3\ntags: [red]\n")}},
       {{"groups/index.html", "mood of _posts/2020-01-01-one.md"}}},
      {"sort order",
       "by the key that changes",
       {{kTwo, post("title: Two\nmood: calm\nrank: 9\ntags: [blue]\n")}},
       {{"ranks/index.html", "rank of _posts/2020-01-02-two.md"}}},
  };
}

std::vector<WorkCount> plugin_counts() {
  return {
      {"paginator's boundary moved",
       "by a thirteenth post at the end",
       {{"_posts/2019-01-01-first.md", post("title: First\n")},
        {"_posts/2019-01-02-second.md", post("title: Second\n")}},
       {{"first/index.html", "is new"},
        {"page3/index.html", "exists of index.html#page:4"},
        {"page4/index.html", "is new"},
        {"second/index.html", "is new"}}},
      {"related posts",
       "the tenth newest is one, the eleventh is none",
       {{"_posts/2020-01-12-p12.md", post("title: Tenth\n")},
        {"_posts/2020-01-11-p11.md", post("title: Eleventh\n")}},
       {{"feed.xml", "title of _posts/2020-01-12-p12.md"},
        {"page3/index.html", "title of _posts/2020-01-11-p11.md"},
        {"reader/index.html", "title of _posts/2020-01-12-p12.md"}}},
      {"redirect added",
       "one page of its own, and the list of them",
       {{"_posts/2020-01-11-p11.md", post("title: P11\nredirect_from: /was/\n")}},
       {{"redirects.json", "site.redirects.posts"}, {"was/index.html", "is new"}}},
      {"feed's eleventh post",
       "is in the paginator's third page alone",
       {{"_posts/2020-01-11-p11.md", post("title: Eleventh\n")}},
       {{"page3/index.html", "title of _posts/2020-01-11-p11.md"}}},
  };
}

// What every export of the whole schedule is dirty for, and the calendars that are named: each in
// two variants.
std::vector<Expected> with_exports(std::vector<Expected> pages,
                                   const std::string& reason,
                                   const std::vector<std::string>& calendars) {
  for (const char* path : {"schedule.csv",
                           "schedule.ics",
                           "schedule.json",
                           "schedule.txt",
                           "schedule.utc.ics",
                           "schedule.xml",
                           "schedule/changes.xml",
                           "schedule/widgets/schedule.json"}) {
    pages.push_back({path, reason});
  }
  for (const std::string& calendar : calendars) {
    pages.push_back({calendar + ".ics", reason});
    pages.push_back({calendar + ".utc.ics", reason});
  }
  return pages;
}

std::vector<WorkCount> schedule_counts() {
  const std::string moved = "start of _schedule/first.md", named = "title of _speakers/ann.md";
  const std::string other_room = "room of _schedule/second.md", data = "data event";
  // Exports say when a session was changed, whatever was.
  const std::string first = "#changed of _schedule/first.md";
  const std::string second = "#changed of _schedule/second.md";
  const std::vector<Expected> all = {{"schedule/first/index.html", data},
                                     {"schedule/index.html", data},
                                     {"schedule/second/index.html", data},
                                     {"speakers/ann/index.html", data},
                                     {"speakers/bob/index.html", data}};
  const std::vector<std::string> people = {
      "schedule/first", "schedule/second", "speakers/ann", "speakers/bob"};
  auto and_rooms = [&](std::vector<std::string> rooms) {
    rooms.insert(rooms.end(), people.begin(), people.end());
    return rooms;
  };
  std::vector<Expected> attic = with_exports({{"schedule/index.html", other_room},
                                              {"schedule/second/index.html", other_room},
                                              {"speakers/bob/index.html", other_room}},
                                             second,
                                             {"schedule/second", "speakers/bob"});
  // The event names Loft still, whose calendar is empty now; Attic's is there since it has a
  // session.
  for (const char* end : {".ics", ".utc.ics"}) {
    attic.push_back({"schedule/rooms/loft" + std::string(end), "site.schedule.room.Loft"});
    attic.push_back({"schedule/rooms/attic" + std::string(end), "is new"});
  }
  // Of the exports those that list the rooms; a calendar looks no further than its zone.
  std::vector<Expected> renamed = all;
  for (const char* path : {"schedule.json", "schedule.xml", "schedule/widgets/schedule.json"}) {
    renamed.push_back({path, data});
  }
  for (const char* end : {".ics", ".utc.ics"}) {
    renamed.push_back({"schedule/rooms/attic" + std::string(end), "is new"});
  }
  std::vector<Expected> anna =
      with_exports({{"schedule/first/index.html", named},
                    {"schedule/index.html", named},
                    {"speakers/ann/index.html", named}},
                   named,
                   {"schedule/first", "schedule/rooms/hall", "speakers/ann"});
  // The feed of changes names nobody.
  std::erase_if(anna, [](const Expected& page) { return page.path == "schedule/changes.xml"; });
  return {
      {"session moved",
       "its page, its room, who speaks in it, the schedule",
       {{"_schedule/first.md", session("First", "11", "room: Hall\nspeakers: [ann]\n")}},
       with_exports({{"schedule/first/index.html", moved},
                     {"schedule/index.html", "slots with excerpt of _schedule/first.md"},
                     {"speakers/ann/index.html", moved}},
                    first,
                    {"schedule/first", "schedule/rooms/hall", "speakers/ann"})},
      {"speaker renamed",
       "the own page, the sessions with that speaker, the schedule",
       {{"_speakers/ann.md", post("title: Anna\nlayout: speaker\n")}},
       anna},
      {"room renamed",
       "in one session",
       {{"_schedule/second.md", session("Second", "10", "room: Attic\nspeakers: [bob]\n")}},
       attic},
      {"room renamed",
       "in the event",
       {{"_data/event.yml", event("UTC", "[Hall, Attic]")}},
       renamed},
      {"schedule's time zone",
       "all that shows times, and nothing else",
       {{"_data/event.yml", event("Asia/Tokyo", "[Hall, Loft]")}},
       with_exports(all, data, and_rooms({"schedule/rooms/hall", "schedule/rooms/loft"}))},
  };
}

}  // namespace stet::pipeline

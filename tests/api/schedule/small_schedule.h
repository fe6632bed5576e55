// A schedule of a few sessions, in a zone whose clocks change during the event.
#pragma once

#include <string>

#include "tests/api/routes/world.h"

namespace stet::api {

inline constexpr char kEventFile[] =
    "# What it is.\n"
    "title: Days\n"
    "time_zone: Europe/Berlin\n"
    "start: 2026-10-24\n"
    "end: 2026-10-25   # the clock is set back that night\n"
    "rooms:\n"
    "  - name: Main    # the large one\n"
    "    capacity: 300\n"
    "  - Side\n"
    "  - {name: \"Attic / Roof\", capacity: 20}\n"
    "tracks:\n"
    "  - {name: Maps, color: '#a00'}\n"
    "  - name: Code\n"
    "types: [{name: talk, minutes: 45}, break]\n";

inline storage::TestRepository::Files small_schedule(const std::string& policy = "warn") {
  auto files = World::small_site();
  files["_config.yml"] += "stet: {schedule: {clashes: " + policy + "}, api: {anonymous: true}}\n";
  files["_data/event.yml"] = kEventFile;
  files["_speakers/ada.md"] = "---\nname: Ada\n---\nShe speaks.\n";
  files["_speakers/bob.md"] = "---\nname: Bob\navailable: [2026-10-24]\n---\n";
  files["_schedule/opening.md"] =
      "---\ntitle: Opening   # kept\nstart: 2026-10-24T10:00\nend: 2026-10-24T11:00\nroom: Main\n"
      "track: Maps\ntype: talk\nspeakers: [ada]\nuid: opening@days\n---\nWelcome.\n";
  files["_schedule/layers.md"] =
      "---\ntitle: Layers\nstart: 2026-10-24T11:00\nend: 2026-10-24T12:00\nroom: Main\n"
      "track: Code\ntype: talk\nspeakers: [bob]\n---\n";
  files["_schedule/tiles.md"] =
      "---\ntitle: Tiles\nstart: 2026-10-24 14:00:00\nroom: Side\ntype: talk\n"
      "status: tentative\n---\n";
  files["_schedule/tour.md"] =
      "---\ntitle: Tour\nspeakers: [ada]\nslots:\n"
      "  - {id: a, start: 2026-10-24T16:00, end: 2026-10-24T17:00, room: Side} # first\n"
      "  - {id: b, start: 2026-10-25T16:00, end: 2026-10-25T17:00, room: \"Attic / Roof\"}\n---\n";
  files["_schedule/party.md"] =
      "---\ntitle: Party\nstart: 2026-10-25T01:00\nend: 2026-10-25T02:30+01:00\nroom: Main\n"
      "type: break\n---\n";
  files["_schedule/idea.md"] = "---\ntitle: Idea\nduration: 20\ntrack: Maps\n---\nSome day.\n";
  return files;
}

inline std::string file_of(World& world, const std::string& path) {
  return world.repository.git({"show", "main:" + path});
}

inline Told post(World& world, const std::string& target, const std::string& json) {
  return world.api({.method = "POST", .target = target, .body = json});
}

inline Told remove(World& world, const std::string& target) {
  return world.api({.method = "DELETE", .target = target, .headers = {{"If-Match", "*"}}});
}

}  // namespace stet::api

#include <algorithm>
#include <array>

#include "api/routes/route_table.h"
#include "api/routes/session_query.h"
#include "api/schedule/calls.h"

namespace stet::api {
namespace {

using auth::Scope;
using change::EntryKind;

constexpr char kOnUse[] =
    "where sessions name it: refuse (else), clear (they lose it), or move (they name another)";
constexpr char kTo[] = "of on_use=move: the other's name";
constexpr std::array kDeletionQuery =
    std::to_array<QueryParameter>({{"on_use", "string", kOnUse},
                                   {"to", "string", kTo},
                                   {"dry_run", "boolean", kDryRun},
                                   {"change", "string", kChange}});
constexpr auto kShiftQuery = joined(kSessionFilterQuery, kWriteQuery);
constexpr auto kClashQuery =
    joined(kSessionFilterQuery,
           joined(std::to_array<QueryParameter>(
                      {{"limit", "integer", "clashes in the answer: 1 to 1000, else 200"}}),
                  kDataQuery));
constexpr std::array kPlaceQuery = std::to_array<QueryParameter>({
    {"session",
     "string",
     "for that one, by its name: as long as it is, while its speakers are free"},
    {"minutes", "integer", "how long; else as long as the session, or 30"},
    {"speakers", "string", "who must be free, by commas: ada,bob; else the session's"},
    {"rooms", "string", "in one of these, by commas; else any of the event's"},
    {"seats", "integer", "in a room whose capacity is at least that"},
    {"first", "string", "from that day on, 2020-10-12; else the event's first"},
    {"last", "string", "up to that day; else the event's last"},
    {"from", "string", "not before that time of the day, 09:00"},
    {"until", "string", "over by that time of the day, 18:00"},
    {"step", "integer", "minutes between two beginnings; else 15"},
    {"limit", "integer", "places in the answer: 1 to 100, else 10"},
    {"ref", "string", kRef},
    {"change", "string", kChange},
});

// A commit of what the schedule is made of.
Route schedule_write(std::string_view end,
                     Run run,
                     std::string_view id,
                     std::string_view summary,
                     std::string_view schema,
                     EntryKind kind) {
  Route route = write_route(end, run, id, summary, schema, kWriteQuery);
  route.scope = Scope::kScheduleWrite;
  route.needs_some_write = false;
  route.resource = &change::resource_of(kind);
  return route;
}

void add_session_routes(std::vector<Route>& table) {
  table.push_back(schedule_write("/schedule/moves",
                                 move_sessions,
                                 "move_sessions",
                                 "Moves several sessions in one commit; two may swap their places",
                                 "SessionMoves",
                                 EntryKind::kSession));
  Route shift = schedule_write("/schedule/shift",
                               shift_sessions,
                               "shift_sessions",
                               "Moves all sessions that a filter matches, by so much",
                               "SessionShift",
                               EntryKind::kSession);
  shift.query = kShiftQuery;
  shift.precondition = Precondition::kIfMatch;
  table.push_back(std::move(shift));
  Route copy = schedule_write("/schedule/copy",
                              copy_session,
                              "copy_session",
                              "Makes a new session of another, with a uid of its own",
                              "SessionCopy",
                              EntryKind::kSession);
  copy.status = 201;
  copy.response_schema = "WriteAnswer";
  table.push_back(std::move(copy));
  table.push_back(read_route("/schedule/clashes",
                             list_clashes,
                             "schedule_clashes",
                             "What of the schedule cannot be at once, or does not fit the event",
                             "ScheduleClashes",
                             kClashQuery));
  table.push_back(read_route("/schedule/slots",
                             list_free_places,
                             "schedule_slots",
                             "Where and when a session could take place",
                             "FreePlaces",
                             kPlaceQuery));
}

struct NameRows {
  std::string_view group, word;
  Run list, create, read, patch, remove;
};

constexpr std::array kNames = std::to_array<NameRows>({
    {"rooms", "room", list_rooms, create_room, read_room, patch_room, delete_room},
    {"tracks", "track", list_tracks, create_track, read_track, patch_track, delete_track},
    {"types", "type", list_types, create_type, read_type, patch_type, delete_type},
});

void add_name_routes(const NameRows& rows, std::vector<Route>& table) {
  std::string path = "/schedule/" + std::string(rows.group), named = path + "/{name...}";
  std::string group(rows.group), word(rows.word);
  table.push_back(read_route(path,
                             rows.list,
                             "list_schedule_" + group,
                             "Lists the event's " + group + ", and how many sessions name each",
                             "EventNameList",
                             kDataQuery));
  table.push_back(schedule_write(path,
                                 rows.create,
                                 "create_schedule_" + group,
                                 "Adds a " + word + " to the event",
                                 "EventNameNew",
                                 EntryKind::kEvent));
  table.push_back(read_route(named,
                             rows.read,
                             "read_schedule_" + group,
                             "Reads a " + word + ", by its name or its slug, and who names it",
                             "EventName",
                             kDataQuery));
  Route patch = schedule_write(named,
                               rows.patch,
                               "patch_schedule_" + group,
                               "Changes a " + word + "; a new name is its sessions' too",
                               "EventNamePatch",
                               EntryKind::kEvent);
  patch.method = "PATCH";
  patch.request_type = kMergePatchType;
  patch.precondition = Precondition::kIfMatch;
  table.push_back(std::move(patch));
  Route remove = schedule_write(named,
                                rows.remove,
                                "delete_schedule_" + group,
                                "Removes a " + word + " that no session names, or says what then",
                                "",
                                EntryKind::kEvent);
  remove.method = "DELETE";
  remove.request_type = "";
  remove.query = kDeletionQuery;
  remove.precondition = Precondition::kIfMatch;
  table.push_back(std::move(remove));
}

}  // namespace

void add_schedule_routes(std::vector<Route>& table) {
  add_session_routes(table);
  for (const NameRows& rows : kNames) add_name_routes(rows, table);
  // A speaker is an entry like others until it goes: then sessions have a say.
  for (Route& route : table) {
    if (route.id != "delete_speakers") continue;
    route.run = delete_speaker;
    route.query = kDeletionQuery;
  }
}

}  // namespace stet::api

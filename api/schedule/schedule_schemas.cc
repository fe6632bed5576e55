// What goes in and out about a schedule, as JSON Schema 2020-12.

#include "api/routes/openapi.h"

namespace stet::api {
namespace {

constexpr char kSchemas[] = R"json({
"SessionSlot": {"type": "object", "required": ["id", "uid", "start", "end", "start_utc", "end_utc",
  "zone", "day", "minutes", "room"], "properties": {
  "id": {"type": ["string", "null"], "description": "of one among several"},
  "uid": {"type": "string", "description": "by which calendars know it"},
  "start": {"type": ["string", "null"],
    "description": "with the event's offset then, 2020-10-12T10:00:00-04:00; null: not scheduled"},
  "end": {"type": ["string", "null"]},
  "start_utc": {"type": ["string", "null"], "description": "2020-10-12T14:00:00Z"},
  "end_utc": {"type": ["string", "null"]},
  "zone": {"type": ["string", "null"], "description": "what the offset is called then: EDT"},
  "day": {"type": ["string", "null"],
    "description": "as attendees count: until 04:00 it is the day before"},
  "minutes": {"type": ["integer", "null"]}, "room": {"type": ["string", "null"]}}},
"SessionReference": {"type": "object", "required": ["path", "name", "self", "title"],
  "properties": {"path": {"type": "string"}, "name": {"type": "string"},
  "self": {"type": "string"}, "title": {"type": "string"}}},
"ScheduleClash": {"type": "object", "required": ["kind", "severity", "message", "session",
  "pointer", "name", "other", "from", "until"], "properties": {
  "kind": {"enum": ["room", "speaker", "unavailable", "fit", "field"], "description":
    "unavailable: a speaker cannot then; fit: not as the event is; field: it cannot be read"},
  "severity": {"enum": ["error", "warning"]}, "message": {"type": "string"},
  "session": {"$ref": "#/components/schemas/SessionReference"},
  "pointer": {"type": "string", "description": "the field to blame"},
  "name": {"type": ["string", "null"], "description":
    "of the room or track; the speaker's file"},
  "other": {"anyOf": [{"$ref": "#/components/schemas/SessionReference"}, {"type": "null"}]},
  "from": {"type": ["string", "null"], "description": "from when on both are"},
  "until": {"type": ["string", "null"]}}},
"ScheduleClashes": {"type": "object", "required": ["policy", "items", "total"], "properties": {
  "policy": {"enum": ["refuse", "warn", "off"],
    "description": "stet.schedule.clashes of the site's configuration"},
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/ScheduleClash"}},
  "total": {"type": "integer"}}},
"FreePlaces": {"type": "object", "required": ["minutes", "items"], "properties": {
  "minutes": {"type": "integer"},
  "items": {"type": "array", "description": "by time, then the event's order of rooms",
    "items": {"type": "object",
    "required": ["start", "end", "start_utc", "end_utc", "zone", "room"], "properties": {
    "start": {"type": "string"}, "end": {"type": "string"}, "start_utc": {"type": "string"},
    "end_utc": {"type": "string"}, "zone": {"type": "string"},
    "room": {"type": ["string", "null"]}}}}}},
"SessionMoves": {"type": "object", "additionalProperties": false, "required": ["moves"],
  "properties": {"message": {"type": "string", "description": "of the commit"},
  "moves": {"type": "array", "minItems": 1, "maxItems": 200,
    "items": {"$ref": "#/components/schemas/SessionMove"}}}},
"SessionMove": {"type": "object", "additionalProperties": false,
  "required": ["session", "if_match"], "properties": {
  "session": {"type": "string", "description": "its name, or its path"},
  "slot": {"type": "string", "description": "of several the id of one"},
  "if_match": {"type": "string", "description": "the session's ETag or blob, or *"},
  "start": {"type": ["string", "null"], "description":
    "by the event's clock, 2020-10-12T10:00, or with an offset; null: not scheduled any more"},
  "end": {"type": ["string", "null"], "description": "else it stays as long as it was"},
  "room": {"type": ["string", "null"]},
  "minutes": {"type": "integer", "minimum": 1, "maximum": 10080}}},
"SessionShift": {"type": "object", "additionalProperties": false, "properties": {
  "days": {"type": "integer", "minimum": -3660, "maximum": 3660,
    "description": "of the calendar: the clock shows the same"},
  "minutes": {"type": "integer", "minimum": -20160, "maximum": 20160},
  "message": {"type": "string", "description": "of the commit"}}},
"SessionCopy": {"type": "object", "additionalProperties": false, "required": ["session"],
  "properties": {"session": {"type": "string", "description": "its name, or its path"},
  "if_match": {"type": "string", "description": "the session's ETag or blob; else any"},
  "path": {"type": "string", "description": "of the copy; else stet makes one of the title"},
  "start": {"type": ["string", "null"], "description": "of the copy; null: not scheduled"},
  "end": {"type": ["string", "null"]}, "room": {"type": ["string", "null"]},
  "minutes": {"type": "integer", "minimum": 1, "maximum": 10080},
  "front_matter": {"type": "object", "additionalProperties": true,
    "description": "a merge patch: what the copy has else, or has not"},
  "message": {"type": "string"}}},
"EventName": {"type": "object", "required": ["name", "slug", "self", "use_count", "data"],
  "properties": {"name": {"type": "string"},
  "slug": {"type": ["string", "null"], "description": "in addresses; null of a type"},
  "self": {"type": "string"},
  "use_count": {"type": "integer", "description": "how many sessions name it"},
  "uses": {"type": "array", "items": {"type": "string"}, "description": "their paths"},
  "data": {"type": "object", "additionalProperties": true,
    "description": "as _data/event.yml has it"}}},
"EventNameList": {"type": "object", "required": ["items", "total"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/EventName"}},
  "total": {"type": "integer"}}},
"EventNameNew": {"type": "object", "additionalProperties": true, "required": ["name"],
  "properties": {"name": {"type": "string", "minLength": 1},
  "capacity": {"type": ["integer", "null"], "minimum": 0, "description": "of a room"},
  "color": {"type": ["string", "null"], "description": "of a track, #aa0000"},
  "minutes": {"type": ["integer", "null"], "minimum": 0,
    "description": "of a type: how long such sessions are"},
  "description": {"type": ["string", "null"]}}},
"EventNamePatch": {"type": "object", "additionalProperties": true,
  "description": "a merge patch of data",
  "properties": {"name": {"type": "string", "minLength": 1,
    "description": "another one: sessions follow"},
  "capacity": {"type": ["integer", "null"], "minimum": 0},
  "color": {"type": ["string", "null"]},
  "minutes": {"type": ["integer", "null"], "minimum": 0},
  "description": {"type": ["string", "null"]}}}
})json";

}  // namespace

const Json& schedule_schemas() {
  static const Json parsed = Json::parse(kSchemas);
  return parsed;
}

}  // namespace stet::api

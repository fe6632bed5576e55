// What goes in and out about media, as JSON Schema 2020-12.

#include "api/routes/openapi.h"

namespace stet::api {
namespace {

constexpr char kSchemas[] = R"json({
"Media": {"type": "object", "required": ["path", "name", "self", "content", "etag", "size"],
  "properties": {
  "path": {"type": "string", "description": "in the repository"},
  "name": {"type": "string"}, "self": {"type": "string"},
  "content": {"type": "string", "description": "the bytes, on this origin"},
  "url": {"type": ["string", "null"], "description": "on the public site; null: not published"},
  "etag": {"type": "string", "description": "for If-Match"},
  "format": {"type": ["string", "null"], "description": "jpeg, by the content"},
  "family": {"type": ["string", "null"], "description": "image"},
  "type": {"type": ["string", "null"], "description": "the media type"},
  "size": {"type": "integer", "description": "in bytes"},
  "width": {"type": ["integer", "null"], "description": "in pixels, as it is shown"},
  "height": {"type": ["integer", "null"]},
  "lfs": {"type": "object", "description": "where Git LFS keeps the content",
    "properties": {"oid": {"type": "string"}, "is_here": {"type": "boolean"}}},
  "broken": {"type": "string", "description": "why it cannot be what its name says"},
  "about": {"type": "object", "description": "what _data/media.yml says of it",
    "properties": {"alt": {"type": "string"}, "title": {"type": "string"},
    "credit": {"type": "string"}}},
  "changed": {"type": ["string", "null"], "description": "by a commit"},
  "use_count": {"type": "integer", "description": "in how many files it is named; in lists"},
  "is_duplicate": {"type": "boolean", "description": "of an upload: it was there already"},
  "removed": {"type": "array", "items": {"type": "string"},
    "description": "of an upload: what was taken out of it"},
  "variants": {"type": "array", "description": "smaller versions, made when they are asked for",
    "items": {"type": "object", "required": ["url", "width", "type"], "properties": {
      "url": {"type": "string"}, "width": {"type": "integer"}, "type": {"type": "string"}}}},
  "uses": {"type": "array", "items": {"$ref": "#/components/schemas/MediaUse"}}}},
"MediaUse": {"type": "object", "required": ["path", "line", "column", "text", "is_sure"],
  "properties": {"path": {"type": "string"}, "line": {"type": "integer"},
  "column": {"type": "integer"}, "text": {"type": "string"},
  "is_sure": {"type": "boolean",
    "description": "false: by the end of the name alone, what stands before it is elsewhere"}}},
"MediaList": {"type": "object", "required": ["items", "total", "next", "prev"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Media"}},
  "total": {"type": "integer"}, "next": {"type": ["string", "null"]},
  "prev": {"type": ["string", "null"]}}},
"MediaForm": {"type": "object", "properties": {
  "file": {"type": "array", "items": {"type": "string", "contentMediaType": "*/*"},
    "description": "1 to 20; of a PUT one"},
  "folder": {"type": "string"}, "message": {"type": "string"},
  "duplicate": {"const": "allow"}}},
"MediaPatch": {"type": "object", "additionalProperties": false, "properties": {
  "path": {"type": "string", "description": "where it goes, in the repository"},
  "name": {"type": "string", "description": "or what it is to be called where it is"}}},
"MediaAnswer": {"type": "object", "required": ["commit", "items", "changed_urls", "problems"],
  "properties": {"commit": {"type": ["string", "null"]}, "dry_run": {"const": true},
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Media"}},
  "changed_urls": {"type": "array", "items": {"type": "string"}},
  "stale_count": {"type": "integer"},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}},
  "uses": {"type": "array", "description": "of a deletion by force: where it is named, 50 at most",
    "items": {"$ref": "#/components/schemas/MediaUse"}},
  "change": {"type": "string"},
  "is_unchanged": {"type": "boolean"}, "is_recovered": {"type": "boolean"}}}
})json";

}  // namespace

const Json& media_schemas() {
  static const Json parsed = Json::parse(kSchemas);
  return parsed;
}

}  // namespace stet::api

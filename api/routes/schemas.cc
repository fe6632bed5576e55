// What goes in and out, as JSON Schema 2020-12.

#include "api/routes/openapi.h"

namespace stet::api {
namespace {

constexpr char kSchemas[] = R"json({
"Problem": {"type": "object", "required": ["type", "title", "status"], "properties": {
  "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
  "detail": {"type": "string"}, "instance": {"type": "string"},
  "errors": {"type": "array", "items": {"type": "object", "required": ["pointer", "detail"],
    "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}}}},
  "parameter": {"type": "string"}, "line": {"type": "integer"}, "column": {"type": "integer"},
  "commit": {"type": "string"}, "current": {"type": "string"}, "proposal": {"type": "object"},
  "kept": {"type": "array", "items": {"$ref": "#/components/schemas/Publication"}}}},
"ContentProblem": {"type": "object", "required": ["severity", "path", "line", "column", "message"],
  "properties": {"severity": {"enum": ["error", "warning"]}, "path": {"type": "string"},
    "line": {"type": "integer"}, "column": {"type": "integer"}, "message": {"type": "string"}}},
"ProblemList": {"type": "object", "required": ["items", "total"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}},
  "total": {"type": "integer"}}},
"FrontMatter": {"type": "object", "description": "any YAML map"},
"Derived": {"type": "object", "properties": {"title": {"type": "string"},
  "date": {"type": ["string", "null"]}, "is_draft": {"type": "boolean"},
  "is_public": {"type": "boolean"}}},
"Entry": {"type": "object", "properties": {
  "path": {"type": "string"}, "kind": {"type": "string"}, "name": {"type": "string"},
  "blob": {"type": "string", "pattern": "^[0-9a-f]{40}$"}, "self": {"type": "string"},
  "front_matter": {"$ref": "#/components/schemas/FrontMatter"}, "body": {"type": "string"},
  "url": {"type": ["string", "null"]}, "html": {"type": ["string", "null"]},
  "derived": {"$ref": "#/components/schemas/Derived"},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}}}},
"EntryNew": {"type": "object", "additionalProperties": false, "properties": {
  "front_matter": {"$ref": "#/components/schemas/FrontMatter"}, "body": {"type": "string"},
  "path": {"type": "string", "description": "in the repository; else stet chooses one"},
  "message": {"type": "string", "description": "of the commit"}}},
"EntryWhole": {"type": "object", "additionalProperties": false, "properties": {
  "front_matter": {"$ref": "#/components/schemas/FrontMatter"}, "body": {"type": "string"},
  "message": {"type": "string"}}},
"EntryPatch": {"type": "object", "additionalProperties": false, "properties": {
  "front_matter": {"type": "object", "description": "RFC 7396: null deletes a key"},
  "body": {"type": "string"}, "message": {"type": "string"}}},
"EntryList": {"type": "object", "required": ["items", "total", "next"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
  "total": {"type": "integer"}, "next": {"type": ["string", "null"]}}},
"File": {"type": "object", "properties": {
  "path": {"type": "string"}, "kind": {"const": "file"}, "name": {"type": "string"},
  "blob": {"type": "string"}, "self": {"type": "string"},
  "content": {"type": "string"},
  "content_base64": {"type": "string",
                     "description": "in place of content, where the file is no UTF-8"},
  "url": {"type": ["string", "null"]}, "html": {"type": ["string", "null"]},
  "derived": {"$ref": "#/components/schemas/Derived"},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}}}},
"FileNew": {"type": "object", "additionalProperties": false, "required": ["path"], "properties": {
  "path": {"type": "string"}, "content": {"type": "string"}, "content_base64": {"type": "string"},
  "message": {"type": "string"}}},
"FileWhole": {"type": "object", "additionalProperties": false, "properties": {
  "content": {"type": "string"}, "content_base64": {"type": "string"},
  "message": {"type": "string"}}},
"FileList": {"type": "object", "required": ["items", "total", "next"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/File"}},
  "total": {"type": "integer"}, "next": {"type": ["string", "null"]}}},
"Data": {"description": "the data itself, as the file's YAML has it"},
"DataWhole": {"description": "the data itself"},
"DataPatch": {"type": "object", "description": "RFC 7396 merge patch of the data"},
"DataFile": {"type": "object", "properties": {
  "path": {"type": "string"}, "kind": {"type": "string"},
  "name": {"type": "string"}, "blob": {"type": "string"}, "self": {"type": "string"}, "data": {},
  "url": {"type": ["string", "null"]}, "html": {"type": ["string", "null"]},
  "derived": {"$ref": "#/components/schemas/Derived"},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}}}},
"DataList": {"type": "object", "required": ["items", "total", "next"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/DataFile"}},
  "total": {"type": "integer"}, "next": {"type": ["string", "null"]}}},
"WriteAnswer": {"type": "object",
  "required": ["commit", "entry", "changed_urls", "stale_count", "diff", "problems"],
  "properties": {
  "dry_run": {"const": true},
  "commit": {"type": ["string", "null"], "description": "of a dry run: the one that is live"},
  "entry": {"anyOf": [{"$ref": "#/components/schemas/Entry"}, {"$ref": "#/components/schemas/File"},
    {"$ref": "#/components/schemas/DataFile"}, {"type": "null"}]},
  "changed_urls": {"type": "array", "items": {"type": "string"},
    "description": "paths from the public root, percent-encoded"},
  "stale_count": {"type": "integer", "description": "pages that are rendered when asked for"},
  "diff": {"type": "string", "description": "unified, of the file"},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}},
  "is_merged": {"const": true}, "is_unchanged": {"const": true}}},
"Person": {"type": "object", "properties": {"name": {"type": "string"}, "email": {"type": "string"},
  "when": {"type": "string"}}},
"Change": {"type": "object", "properties": {"commit": {"type": "string"},
  "subject": {"type": "string"}, "message": {"type": "string"},
  "author": {"$ref": "#/components/schemas/Person"},
  "committer": {"$ref": "#/components/schemas/Person"},
  "blob": {"type": ["string", "null"], "description": "null: deleted, or a folder"}}},
"History": {"type": "object", "required": ["items", "next"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
  "next": {"type": ["string", "null"]}}},
"Version": {"type": "object", "required": ["commit", "entry"], "properties": {
  "commit": {"type": "string"}, "subject": {"type": "string"}, "message": {"type": "string"},
  "author": {"$ref": "#/components/schemas/Person"},
  "committer": {"$ref": "#/components/schemas/Person"},
  "entry": {"anyOf": [{"$ref": "#/components/schemas/Entry"}, {"$ref": "#/components/schemas/File"},
    {"$ref": "#/components/schemas/DataFile"}]},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}}}},
"Publication": {"type": "object", "required": ["commit", "instant", "url", "number"],
  "properties": {"commit": {"type": "string"},
    "instant": {"type": "string", "format": "date-time"}, "url": {"type": "string"},
    "number": {"type": "integer"}, "pages": {"type": "integer"},
    "stale": {"type": "integer", "description": "pages that are rendered when asked for"},
    "is_live": {"type": "boolean"}}},
"PublicationList": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Publication"}}}},
"Held": {"type": ["object", "null"],
  "description": "an older publication is live in place of the newest; null: it is not so",
  "properties": {"number": {"type": "integer"}, "commit": {"type": ["string", "null"]},
    "in_place_of": {"type": "string", "description": "a commit; another one ends it"},
    "since": {"type": "string", "format": "date-time"}, "by": {"type": "string"}}},
"RollbackRequest": {"type": "object", "required": ["to"], "additionalProperties": false,
  "properties": {"to": {"type": ["integer", "string"],
    "description": "the number of a kept publication, or its commit: the newest of that"}}},
"Rollback": {"type": "object", "required": ["live", "rollback"], "properties": {
  "live": {"$ref": "#/components/schemas/Publication"},
  "rollback": {"$ref": "#/components/schemas/Held"}}},
"PreviewRequest": {"type": "object", "required": ["of"], "additionalProperties": false,
  "properties": {"of": {"type": ["integer", "string"],
    "description": "the number of a kept publication, or its commit"}}},
"PreviewAddress": {"type": "object", "required": ["url", "expires"], "properties": {
  "url": {"type": "string", "description": "a path of the admin origin; it needs no token"},
  "expires": {"type": "string", "format": "date-time"}, "commit": {"type": "string"},
  "instant": {"type": "string"}, "number": {"type": "integer"}}},
"Audits": {"type": "object", "properties": {"audited": {"type": "integer"},
  "mismatches": {"type": "integer"}, "missed_reads": {"type": "integer"}}},
"Status": {"type": "object",
  "required": ["live", "rollback", "branch", "pages", "stale", "problems"],
  "properties": {
  "live": {"$ref": "#/components/schemas/Publication"},
  "newest": {"type": "integer", "description": "number of the newest publication"},
  "rollback": {"$ref": "#/components/schemas/Held"},
  "branch": {"type": "string"}, "pages": {"type": "integer"}, "stale": {"type": "integer"},
  "audits": {"$ref": "#/components/schemas/Audits"},
  "problems": {"type": "integer"},
  "start": {"type": "object", "required": ["kind", "seconds", "nodes", "rendered"], "properties": {
    "kind": {"enum": ["warm", "cold"]}, "seconds": {"type": "number"},
    "nodes": {"type": "integer", "description": "pages and renditions known from the last process"},
    "rendered": {"type": "integer"},
    "reason": {"type": "string", "description": "why it was cold"}}}}},
"Explanation": {"type": "object", "properties": {"url": {"type": "string"},
  "output_path": {"type": "string"}, "source": {"type": "string"}, "is_stale": {"type": "boolean"},
  "reasons": {"type": "array", "items": {"type": "string"}},
  "reads": {"type": "array", "items": {"type": "string"}},
  "prints": {"type": "array", "description": "HTML of documents, and what its making has read",
    "items": {"type": "object", "properties": {"name": {"type": "string"},
      "reads": {"type": "array", "items": {"type": "string"}}}}},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}}}}
})json";

}  // namespace

const Json& schemas() {
  static const Json parsed = Json::parse(kSchemas);
  return parsed;
}

}  // namespace stet::api

// What goes in and out about unpublished work, as JSON Schema 2020-12.

#include "api/routes/openapi.h"

namespace stet::api {
namespace {

constexpr char kSchemas[] = R"json({
"Writer": {"type": "object", "required": ["name", "email", "user"], "properties": {
  "name": {"type": "string"}, "email": {"type": "string"},
  "user": {"type": ["string", "null"],
    "description": "or a token's id; null: a commit that was pushed"}}},
"Proposal": {"type": "object", 
  "required": ["id", "self", "title", "state", "wants_review", "author", "people", "created",
     "updated", "commits", "head", "branch"],
  "description": "unpublished work: a change, with a branch of its own", "properties": {
  "id": {"type": "string"}, "self": {"type": "string"}, "title": {"type": "string"},
  "description": {"type": "string"},
  "state": {"enum": ["open", "scheduled", "blocked", "published", "withdrawn"]},
  "wants_review": {"type": "boolean", "description": "its writers have asked for review"},
  "author": {"$ref": "#/components/schemas/Writer"},
  "people": {"type": "array", "items": {"$ref": "#/components/schemas/Writer"}},
  "branch": {"type": "string"}, "head": {"type": "string"},
  "base": {"type": "string", "description": "the commit that it was begun on"},
  "commits": {"type": "integer"}, "created": {"type": "string", "format": "date-time"},
  "updated": {"type": "string", "format": "date-time"},
  "publish_at": {"type": ["string", "null"]},
  "publish_method": {"enum": ["merge", "squash", "fast-forward", null]},
  "scheduled_by": {"type": ["string", "null"]},
  "published_as": {"type": ["string", "null"], "description": "the commit that made it live"}}},
"ProposalList": {"type": "object", "required": ["items", "total", "next"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Proposal"}},
  "total": {"type": "integer"}, "next": {"type": ["string", "null"]}}},
"FileConflict": {"type": "object", "required": ["path"],
  "description": "ours: the change's; theirs: what is live", "properties": {
  "path": {"type": "string"},
  "reason": {"type": ["string", "null"], "description": "where it is the whole file's"},
  "pointer": {"type": "string"}, "line": {"type": "integer"},
  "base": {}, "ours": {}, "theirs": {}}},
"ProposalInFull": {"allOf": [{"$ref": "#/components/schemas/Proposal"}, {"type": "object",
  "required": ["behind", "files", "merge", "approval", "may_publish"], "properties": {
  "behind": {"type": "integer", "description": "commits that are live and not in it"},
  "ahead": {"type": "integer"}, "served": {"type": "string"},
  "merge_base": {"type": ["string", "null"]},
  "files": {"type": "array", "description": "500 of them at most", "items": {"type": "object",
    "properties": {"path": {"type": "string"}, "status": {"enum": ["added", "modified", "deleted"]},
    "resource": {"type": "string"}, "label": {"type": ["string", "null"]},
    "name": {"type": "string"}, "self": {"type": "string"}}}},
  "file_count": {"type": "integer"},
  "merge": {"type": ["object", "null"], "properties": {"is_clean": {"type": "boolean"},
    "is_related": {"type": "boolean"}, "conflicts": {"type": "array",
    "items": {"$ref": "#/components/schemas/FileConflict"}}}},
  "approval": {"type": "object", "properties": {"wanted": {"type": "integer"},
    "given": {"type": "integer"}, "is_met": {"type": "boolean"},
    "asked_for_changes": {"type": "array", "items": {"type": "string"}}}},
  "reviews": {"type": "array", "items": {"$ref": "#/components/schemas/Review"}},
  "comments": {"type": "object", "properties": {"total": {"type": "integer"},
    "unresolved": {"type": "integer"}}},
  "blocked": {"type": ["object", "null"], "properties": {"reason": {"type": "string"},
    "since": {"type": "string", "format": "date-time"}}},
  "may_publish": {"type": "boolean", "description": "whether whoever asks may"}}}]},
"ProposalNew": {"type": "object", "additionalProperties": false, "required": ["title"],
  "properties": {"title": {"type": "string", "maxLength": 200},
  "description": {"type": "string", "maxLength": 10000},
  "base": {"type": "string", "description": "a branch or a commit; else what is live"}}},
"ProposalPatch": {"type": "object", "additionalProperties": false, "properties": {
  "title": {"type": "string", "maxLength": 200},
  "description": {"type": "string", "maxLength": 10000},
  "wants_review": {"type": "boolean", "description": "asks for review, or does so no more"}}},
"ProposalDeleted": {"type": "object", "required": ["deleted", "head"], "properties": {
  "deleted": {"type": "string"}, "head": {"type": "string"}}},
"ProposalRebase": {"type": "object", "additionalProperties": false, "properties": {
  "seen": {"type": "string", "description": "the commit that a conflict's problem gave as served"},
  "resolutions": {"type": "array", "items": {"$ref": "#/components/schemas/Resolution"}}}},
"ProposalPublish": {"type": "object", "additionalProperties": false, "properties": {
  "head": {"type": "string", "description": "of the change, as it was looked at"},
  "message": {"type": "string", "description": "of the commit that is made; else of the title"},
  "method": {"enum": ["merge", "squash", "fast-forward"], "description":
    "else merge: a merge commit over the edits; squash: one commit; fast-forward: the edits alone"},
  "at": {"type": "string", "format": "date-time", "description": "a time to come; else now"}}},
"ProposalPublished": {"type": "object",
  "required": ["change", "commit", "changed_urls", "stale_count"], "properties": {
  "change": {"$ref": "#/components/schemas/ProposalInFull"},
  "commit": {"type": ["string", "null"], "description": "null: it will be at its time"},
  "changed_urls": {"type": "array", "items": {"type": "string"}},
  "stale_count": {"type": "integer"}}},
"ProposalPreview": {"type": "object", "required": ["url", "expires", "commit", "differing"],
  "properties": {"url": {"type": "string"}, "expires": {"type": "string", "format": "date-time"},
  "commit": {"type": "string"},
  "over": {"type": "string", "description": "the live commit that it was compared with"},
  "differing": {"type": "integer", "description": "pages"},
  "differing_urls": {"type": "array", "items": {"type": "string"}}}},
"Comment": {"type": "object", "required": ["number", "by", "body", "commit", "created"],
  "properties": {"number": {"type": "integer"}, "path": {"type": ["string", "null"]},
  "line": {"type": ["integer", "null"], "description": "of the file as that commit has it"},
  "by": {"type": "string"}, "name": {"type": "string"}, "body": {"type": "string"},
  "commit": {"type": "string"}, "created": {"type": "string", "format": "date-time"},
  "edited": {"type": ["string", "null"]}, "resolved_by": {"type": ["string", "null"]}}},
"CommentList": {"type": "object", "required": ["items", "next"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Comment"}},
  "next": {"type": ["string", "null"]}}},
"CommentNew": {"type": "object", "additionalProperties": false, "required": ["body"],
  "properties": {"body": {"type": "string", "maxLength": 10000}, "path": {"type": "string"},
  "line": {"type": "integer", "minimum": 1},
  "commit": {"type": "string", "description": "as it was seen; else the newest"}}},
"CommentPatch": {"type": "object", "additionalProperties": false, "properties": {
  "body": {"type": "string", "maxLength": 10000}, "is_resolved": {"type": "boolean"}}},
"Review": {"type": "object", "required": ["number", "verdict", "by", "commit", "is_stale"],
  "properties": {"number": {"type": "integer"}, "verdict": {"enum": ["approve", "ask"]},
  "by": {"type": "string"}, "name": {"type": "string"}, "body": {"type": "string"},
  "commit": {"type": "string"},
  "is_stale": {"type": "boolean", "description": "the files are others since"},
  "at": {"type": "string", "format": "date-time"},
  "dismissed_by": {"type": ["string", "null"],
    "description": "by whom; it counts no more"}}},
"ReviewList": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Review"}}}},
"ReviewNew": {"type": "object", "additionalProperties": false, "required": ["verdict"],
  "properties": {"verdict": {"enum": ["approve", "ask"]},
  "body": {"type": "string", "maxLength": 10000},
  "head": {"type": "string", "description": "of the change, as it was looked at"}}},
"Unsaved": {"type": "object", "description": "an action of POST /commits, that is not made",
  "properties": {"action": {"enum": ["create", "update", "patch"]}, "resource": {"type": "string"},
  "label": {"type": "string"}, "name": {"type": "string"}, "path": {"type": "string"},
  "front_matter": {"type": "object"}, "body": {"type": "string"}, "content": {"type": "string"},
  "json_patch": {"$ref": "#/components/schemas/JsonPatch"}}},
"UnsavedShown": {"type": "object", "required": ["path", "url", "page", "html", "problems"],
  "properties": {"path": {"type": "string"}, "url": {"type": ["string", "null"]},
  "page": {"type": ["string", "null"], "description": "null: it would not be shown, or failed"},
  "html": {"type": ["string", "null"], "description": "of its body"},
  "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ContentProblem"}}}}
})json";

}  // namespace

const Json& change_schemas() {
  static const Json parsed = Json::parse(kSchemas);
  return parsed;
}

}  // namespace stet::api

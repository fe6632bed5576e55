// The row of the table that is about search, and what it answers as JSON Schema 2020-12.

#include <array>

#include "api/routes/route_row.h"
#include "api/routes/search.h"

namespace stet::api {
namespace {

constexpr std::array kSearchQuery = std::to_array<QueryParameter>({
    {"q",
     "string",
     "words, \"phrases\", -without, in:COLLECTION, tag:T, category:C, is:draft, is:published, "
     "is:unpublished; the last word may be the beginning of one; 1000 bytes and 16 of these",
     true},
    {"in", "string", "this collection alone: posts, pages, data, or a collection's name"},
    {"in_changes",
     "string",
     "what open changes say instead of what is live: of one by its id, of all by *"},
    {"limit", "integer", "hits in one answer: 1 to 50, else 20"},
    {"cursor", "string", "where the last answer ended: its next"},
    {"fields", "string", "members of items, by commas: title,url"},
});

// clang-format off
const std::array kRows = std::to_array<RouteRow>({
    {"GET", "", search_entries, "search", "Entries by what they say, the best first", "",
     "SearchAnswer", For::kReader, {.query = kSearchQuery}},
});
// clang-format on

constexpr char kSchemas[] = R"json({
"TextParts": {"type": "array", "description": "a text in pieces, of which some are what was found",
  "items": {"type": "object", "required": ["text"], "properties": {
    "text": {"type": "string"}, "is_match": {"const": true}}}},
"SearchHit": {"type": "object", "properties": {
  "kind": {"type": "string"}, "name": {"type": "string"}, "self": {"type": "string"},
  "path": {"type": "string"}, "title": {"type": "string"},
  "title_parts": {"$ref": "#/components/schemas/TextParts"},
  "url": {"type": ["string", "null"], "description": "null: there is no page of it"},
  "date": {"type": "string", "format": "date-time"},
  "is_published": {"type": "boolean", "description": "visitors see it"},
  "change": {"type": "string", "description": "that says so, with in_changes: its id"},
  "change_title": {"type": "string"},
  "is_draft": {"type": "boolean"}, "snippet": {"$ref": "#/components/schemas/TextParts"}}},
"SearchAnswer": {"type": "object",
  "required": ["items", "total", "is_more", "next", "commit", "is_current", "notes"],
  "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/SearchHit"}},
  "total": {"type": "integer", "description": "as far as was looked"},
  "is_more": {"type": "boolean",
    "description": "there are more than total; of those the newest were looked at"},
  "next": {"type": ["string", "null"]},
  "commit": {"type": "string", "description": "that the index is of"},
  "is_current": {"type": "boolean",
    "description": "that commit is live; with in_changes: all were looked through as they are"},
  "notes": {"type": "array", "items": {"type": "string"},
    "description": "what of the search means nothing here: a collection that there is not"}}}
})json";

}  // namespace

void add_search_routes(std::vector<Route>& table) {
  add_rows("/search", kRows, table);
  table.back().may_be_public = true;
}

const Json& search_schemas() {
  static const Json all = Json::parse(kSchemas);
  return all;
}

}  // namespace stet::api

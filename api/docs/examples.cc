#include "api/docs/examples.h"

#include <array>

namespace stet::docs {
namespace {

// clang-format off
constexpr std::array kExamples = std::to_array<Example>({
    {"list_posts", "the two newest posts, their titles and places alone",
     R"sh(curl "$STET/api/v1/posts?limit=2&fields=path,front_matter.title" \
  -H "Authorization: Bearer $TOKEN")sh"},
    {"list_posts", "posts with a tag, since a day",
     R"sh(curl --globoff \
  "$STET/api/v1/posts?filter[tags]=programme&filter[date][gte]=2025-01-01" \
  -H "Authorization: Bearer $TOKEN")sh"},
    {"create_posts", "a new post, dated now",
     R"sh(curl "$STET/api/v1/posts" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"front_matter": {"title": "Doors at nine", "tags": ["practical"]},
    "body": "Come early.\n"}')sh", 201},
    {"patch_all_posts", "what would become of each; the answer's ETag then goes into If-Match",
     R"sh(curl --globoff -X PATCH \
  "$STET/api/v1/posts?filter[tags]=practical&dry_run=1" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/merge-patch+json" \
  -d '{"front_matter": {"lang": "en"}}')sh"},
    {"read_posts", "a post with its public address and its HTML",
     R"sh(curl "$STET/api/v1/posts/2025-09-02-what-to-bring?expand=url,html" \
  -H "Authorization: Bearer $TOKEN")sh"},
    {"replace_posts", "a post under a name of your own",
     R"sh(curl -X PUT "$STET/api/v1/posts/2025-09-03-lost-and-found" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -H "If-None-Match: *" \
  -d '{"front_matter": {"title": "Lost and found"}, "body": "A hat, and a compass.\n"}')sh", 201},
    {"patch_posts", "another title, if nobody has changed the post since it was read",
     R"sh(curl --etag-save etag.txt "$STET/api/v1/posts/2025-09-02-what-to-bring" \
  -H "Authorization: Bearer $TOKEN"
curl -X PATCH "$STET/api/v1/posts/2025-09-02-what-to-bring" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/merge-patch+json" \
  -H "If-Match: $(cat etag.txt)" \
  -d '{"front_matter": {"title": "What to bring along"}}')sh"},
    {"patch_posts", "one more tag, by JSON Patch",
     R"sh(curl -X PATCH "$STET/api/v1/posts/2025-09-02-what-to-bring" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json-patch+json" \
  -H "If-Match: *" \
  -d '[{"op": "add", "path": "/front_matter/tags/-", "value": "weather"}]')sh"},
    {"delete_posts", "what deleting a post would change, without doing it",
     R"sh(curl -X DELETE "$STET/api/v1/posts/2024-03-04-a-meeting-about-maps?dry_run=1" \
  -H "Authorization: Bearer $TOKEN" \
  -H "If-Match: *")sh"},
    {"list_schedule_sessions", "sessions by room and start",
     R"sh(curl "$STET/api/v1/schedule/sessions?sort=room,start&limit=5" \
  -H "Authorization: Bearer $TOKEN")sh"},
    {"list_drafts", "drafts, which a token without content:read never sees",
     R"sh(curl "$STET/api/v1/drafts" -H "Authorization: Bearer $TOKEN")sh"},
    {"read_data", "data as JSON, whatever its format",
     R"sh(curl "$STET/api/v1/data/navigation" -H "Authorization: Bearer $TOKEN")sh"},
    {"replace_data", "a table, made as CSV for its name says so",
     R"sh(curl -X PUT "$STET/api/v1/data/sponsors.csv" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -H "If-None-Match: *" \
  -d '[{"name": "Harbour Trust", "kind": "gold"}, {"name": "Ann, A.", "kind": null}]')sh", 201},
    {"patch_data", "one cell of it",
     R"sh(curl -X PATCH "$STET/api/v1/data/sponsors.csv" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json-patch+json" \
  -H "If-Match: *" \
  -d '[{"op": "replace", "path": "/1/kind", "value": "silver"}]')sh"},
    {"patch_config", "the site's title: one line of _config.yml changes, comments stay",
     R"sh(curl -X PATCH "$STET/api/v1/config" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/merge-patch+json" \
  -H "If-Match: *" \
  -d '{"title": "Map Days"}')sh"},
    {"read_files", "a file as it is",
     R"sh(curl "$STET/api/v1/files/_config.yml" -H "Authorization: Bearer $TOKEN")sh"},
    {"tags", "tags, and how many posts have each",
     R"sh(curl "$STET/api/v1/tags" -H "Authorization: Bearer $TOKEN")sh"},
    {"rename_tags", "two tags become one, in every post",
     R"sh(curl "$STET/api/v1/tags/rename" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"from": ["code", "tools"], "to": "software"}')sh"},
    {"make_commit", "two files in one commit",
     R"sh(curl "$STET/api/v1/commits" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -H 'Idempotency-Key: "two-notes"' \
  -d '{"message": "Two notes", "actions": [
    {"action": "create", "path": "notes/a.txt", "content": "A\n"},
    {"action": "create", "path": "notes/b.txt", "content": "B\n"}]}')sh"},
    {"revert", "what taking back the last commit would change",
     R"sh(curl "$STET/api/v1/revert?dry_run=1" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"commit": "main"}')sh"},
    {"history", "who changed a file, and when",
     R"sh(curl "$STET/api/v1/history?path=_config.yml" -H "Authorization: Bearer $TOKEN")sh"},
    {"version", "a file as a commit has it",
     R"sh(curl "$STET/api/v1/versions/main?path=_config.yml" -H "Authorization: Bearer $TOKEN")sh"},
    {"status", "what is live",
     R"sh(curl "$STET/api/v1/status" -H "Authorization: Bearer $TOKEN")sh"},
    {"explain", "why a page was rendered, and what it has read",
     R"sh(curl "$STET/api/v1/explain?url=/news/" -H "Authorization: Bearer $TOKEN")sh"},
    {"problems", "what is wrong with the content",
     R"sh(curl "$STET/api/v1/problems" -H "Authorization: Bearer $TOKEN")sh"},
    {"publications", "the states of the site that are kept",
     R"sh(curl "$STET/api/v1/publications" -H "Authorization: Bearer $TOKEN")sh"},
    {"list_webhooks", "who is called",
     R"sh(curl "$STET/api/v1/webhooks" -H "Authorization: Bearer $TOKEN")sh"},
    {"list_presence", "who has what open",
     R"sh(curl "$STET/api/v1/presence" -H "Authorization: Bearer $TOKEN")sh"},
    {"schemas", "the kinds of entries, and where their fields are said",
     R"sh(curl "$STET/api/v1/schemas" -H "Authorization: Bearer $TOKEN")sh"},
    {"schema", "the fields of posts, for a form",
     R"sh(curl "$STET/api/v1/schemas/posts" -H "Authorization: Bearer $TOKEN")sh"},
    {"list_changes", "unpublished work that touches a folder",
     R"sh(curl "$STET/api/v1/changes?state=all&path=_posts" -H "Authorization: Bearer $TOKEN")sh"},
    {"preview_unsaved", "a post as a text that nobody has saved would make it",
     R"sh(curl "$STET/api/v1/preview" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"action": "create", "resource": "posts",
       "front_matter": {"title": "Perhaps"}, "body": "It *may* be.\n"}')sh"},
    {"diff", "what lies between two commits, as text and by field",
     R"sh(SINCE=$(curl "$STET/api/v1/history?path=_posts" \
  -H "Authorization: Bearer $TOKEN" | jq --raw-output '.items[-1].commit')
curl "$STET/api/v1/diff?from=$SINCE&to=main&limit=2" -H "Authorization: Bearer $TOKEN")sh"},
    {"make_preview", "an address at which a kept state can be looked at for an hour",
     R"sh(curl "$STET/api/v1/previews" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d "{\"of\": $(curl "$STET/api/v1/publications" \
    -H "Authorization: Bearer $TOKEN" | jq .items[0].number)}")sh", 201},
    {"create_user", "somebody new, who then needs a password",
     R"sh(ID=$(curl "$STET/api/v1/users" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"name": "jo", "mail": "jo@example.org", "role": "author"}' | jq --raw-output .id)
curl -X POST "$STET/api/v1/users/$ID/reset" -H "Authorization: Bearer $TOKEN")sh", 201},
    {"list_users", "the people",
     R"sh(curl "$STET/api/v1/users" -H "Authorization: Bearer $TOKEN")sh"},
    {"sign_in", "signing in; whoever it is, a wrong password is told the same way",
     R"sh(curl "$STET/api/v1/session" \
  -H "Content-Type: application/json" \
  -d '{"login": "nobody", "password": "not this one"}')sh", 401},
    {"audit", "what was done with rights",
     R"sh(curl "$STET/api/v1/audit" -H "Authorization: Bearer $TOKEN")sh"},
    {"errors", "all types of problems",
     R"sh(curl "$STET/api/v1/errors" -H "Authorization: Bearer $TOKEN")sh"},
    {"openapi", "the document for programs",
     R"sh(curl "$STET/api/v1/openapi.json" -H "Authorization: Bearer $TOKEN")sh"},
});
// clang-format on

}  // namespace

std::span<const Example> examples() { return kExamples; }

}  // namespace stet::docs

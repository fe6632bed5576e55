#include "api/routes/route.h"

#include <algorithm>
#include <array>

#include "api/http/url.h"
#include "api/routes/commits.h"
#include "api/routes/entries.h"
#include "api/routes/events.h"
#include "api/routes/history.h"
#include "api/routes/metrics.h"
#include "api/routes/openapi.h"
#include "api/routes/people.h"
#include "api/routes/publications.h"
#include "api/routes/remote.h"
#include "api/routes/revert.h"
#include "api/routes/status.h"
#include "api/routes/terms.h"
#include "api/routes/webhooks.h"
#include "api/routes/write.h"

namespace stet::api {
namespace {

using auth::Scope;
using change::EntryKind;
using change::Resource;
using Query = std::span<const QueryParameter>;

constexpr char kExpand[] = "what to add, by commas: url, html, excerpt, related, problems, derived";
constexpr char kRef[] =
    "another state of the site: a branch, or a commit by its 40 digits; else what is live";
constexpr char kDryRun[] = "1: the same answer, without the commit";

constexpr std::array kReadQuery =
    std::to_array<QueryParameter>({{"expand", "string", kExpand}, {"ref", "string", kRef}});
constexpr std::array kDataQuery = std::to_array<QueryParameter>({{"ref", "string", kRef}});
constexpr std::array kListQuery = std::to_array<QueryParameter>({
    {"filter[]",
     "string",
     "filter[KEY]=x: entries whose field is x, or a list that holds x. filter[KEY][OP]=x, with the "
     "operators eq, ne, in (values by commas, '\\,' for a comma in one), exists (true or false), "
     "lt, lte, gt, gte, contains (a part of a text). KEY goes into maps and lists by dots: "
     "author.name. All must hold"},
    {"sort",
     "string",
     "fields by commas, '-date' descending; of equals by path. Else posts by -date, sessions by "
     "start, all others by path"},
    {"fields",
     "string",
     "members to show, by commas: path,front_matter.title; else all but body, "
     "content and data"},
    {"expand", "string", kExpand},
    {"limit", "integer", "entries in one answer: 1 to 200, else 20"},
    {"cursor", "string", "the next or prev of another answer: where its page ended, or began"},
    {"ref", "string", kRef},
});
constexpr std::array kWriteQuery = std::to_array<QueryParameter>({{"dry_run", "boolean", kDryRun}});
constexpr std::array kMergeQuery = std::to_array<QueryParameter>({
    {"dry_run", "boolean", kDryRun},
    {"on_stale", "string", "'merge': an edit of an older version is merged, field by field"},
});
constexpr std::array kHistoryQuery = std::to_array<QueryParameter>({
    {"path", "string", "a file or folder of the repository", true},
    {"limit", "integer", "changes in one answer: 1 to 200, else 20"},
    {"cursor", "string", "where the last answer ended: its next"},
});
constexpr std::array kDiffQuery = std::to_array<QueryParameter>({
    {"from", "string", "a commit: its id, or the name of a branch", true},
    {"to", "string", "likewise; else the branch that is served"},
    {"path", "string", "a file or folder of the repository; else all files"},
    {"limit", "integer", "files in one answer: 1 to 500, else 100"},
    {"cursor", "string", "where the last answer ended: its next"},
});
constexpr std::array kVersionQuery =
    std::to_array<QueryParameter>({{"path", "string", "a file of the repository", true}});
constexpr std::array kExplainQuery = std::to_array<QueryParameter>(
    {{"url", "string", "a path from the public root, percent-encoded", true}});
constexpr std::array kEventQuery = std::to_array<QueryParameter>({
    {"since",
     "string",
     "a commit whose events the client has, by its 40 digits: the head of the last answer; of a "
     "stream also an event's id, as Last-Event-ID"},
    {"limit", "integer", "events in one answer: 1 to 1000, else 100"},
    {"cursor", "string", "where the last answer ended: its next"},
});
constexpr std::array kSyncQuery = std::to_array<QueryParameter>(
    {{"adopt", "boolean", "1: what is parked stands in place of ours, which is kept on a branch"}});
constexpr std::array kProblemQuery =
    std::to_array<QueryParameter>({{"path", "string", "those of this file alone"}});

// What can be done with entries; `end` follows the resource's own path.
struct Operation {
  std::string_view method, end, verb, summary;
  Run run;
  std::string_view request_type, request_schema;  // of the family: "New" of EntryNew
  int status;
  std::string_view response_schema;
  Query query;
  Precondition precondition;
};

constexpr std::string_view kNamed = "/{name...}";

constexpr std::array kOperations = std::to_array<Operation>({
    {"GET",
     "",
     "list",
     "Lists",
     list_entries,
     "",
     "",
     200,
     "List",
     kListQuery,
     Precondition::kNone},
    {"POST",
     "",
     "create",
     "Makes a new entry of",
     create_entry,
     kJsonType,
     "New",
     201,
     "",
     kWriteQuery,
     Precondition::kNone},
    {"GET",
     kNamed,
     "read",
     "Reads one of",
     read_entry,
     "",
     "",
     200,
     "",
     kReadQuery,
     Precondition::kNone},
    {"PUT",
     kNamed,
     "replace",
     "Replaces or makes one of",
     replace_entry,
     kJsonType,
     "Whole",
     200,
     "",
     kMergeQuery,
     Precondition::kIfMatchOrNone},
    {"PATCH",
     kNamed,
     "patch",
     "Changes fields of one of",
     patch_entry,
     kMergePatchType,
     "Patch",
     200,
     "",
     kMergeQuery,
     Precondition::kIfMatch},
    {"DELETE",
     kNamed,
     "delete",
     "Deletes one of",
     delete_entry,
     "",
     "",
     200,
     "",
     kWriteQuery,
     Precondition::kIfMatch},
});

// Single files are always there or made by PUT; structured files are made by PUT, for their JSON is
// the data itself; a raw file has no fields to patch.
bool has_operation(const Resource& resource, const Operation& operation) {
  if (operation.verb == "list") return !resource.is_single();
  if (operation.verb == "create") return !resource.is_structured();
  if (operation.verb == "patch") return resource.kind != EntryKind::kFile;
  if (operation.verb == "delete") return resource.kind != EntryKind::kConfig;
  return true;
}

// What a site shows may be read by all, if the site says so.
bool can_be_public(EntryKind kind) {
  return kind == EntryKind::kPost || kind == EntryKind::kPage || kind == EntryKind::kSession ||
         kind == EntryKind::kSpeaker || kind == EntryKind::kItem;
}

std::optional<Scope> scope_named(std::string_view name) {
  for (Scope scope : {Scope::kContentRead,
                      Scope::kPostsWrite,
                      Scope::kScheduleWrite,
                      Scope::kThemeWrite,
                      Scope::kAdmin}) {
    if (auth::name_of(scope) == name) return scope;
  }
  return Scope::kAdmin;
}

Route entry_route(const Resource& resource, const Operation& operation) {
  std::string family = resource.is_structured()            ? "Data"
                       : resource.kind == EntryKind::kFile ? "File"
                                                           : "Entry";
  bool is_write = operation.method != "GET";
  Route route;
  route.method = operation.method;
  route.pattern = std::string(kApiRoot) + "/" + std::string(resource.name);
  if (resource.has_label()) route.pattern += "/{label}";
  if (!resource.is_single()) route.pattern += operation.end;
  route.run = operation.run;
  route.scope = is_write ? scope_named(resource.write_scope) : Scope::kContentRead;
  route.resource = &resource;
  route.id = std::string(operation.verb) + "_" + std::string(resource.name);
  std::replace(route.id.begin(), route.id.end(), '/', '_');
  route.summary = std::string(operation.summary) + " " + std::string(resource.name);
  route.request_type = operation.request_type;
  if (!operation.request_type.empty()) {
    route.request_schema = family + std::string(operation.request_schema);
  }
  route.takes_json_patch = operation.verb == "patch";
  route.status = operation.status;
  route.response_schema =
      is_write ? "WriteAnswer" : family + std::string(operation.response_schema);
  bool is_data = resource.is_structured() && operation.verb == "read";
  route.query = is_data ? Query(kDataQuery) : operation.query;
  route.precondition = operation.precondition;
  route.is_entry_write = is_write;
  route.may_be_public = !is_write && can_be_public(resource.kind);
  return route;
}

Route read_route(std::string_view end,
                 Run run,
                 std::string_view id,
                 std::string_view summary,
                 std::string_view schema,
                 Query query = {}) {
  Route route;
  route.method = "GET";
  route.pattern = std::string(kApiRoot) + std::string(end);
  route.run = run;
  route.scope = Scope::kContentRead;
  route.id = id;
  route.summary = summary;
  route.response_schema = schema;
  route.query = query;
  return route;
}

// What there is of what is live, beside its pages.
void add_publications(std::vector<Route>& table) {
  table.push_back(read_route("/publications",
                             list_publications,
                             "publications",
                             "The states of the site that are kept, the newest first",
                             "PublicationList"));
  Route rollback{.method = "POST",
                 .pattern = std::string(kApiRoot) + "/rollback",
                 .run = roll_back,
                 .scope = Scope::kAdmin,
                 .id = "rollback",
                 .summary = "Makes a kept publication live again, until the branch moves on",
                 .request_type = kJsonType,
                 .request_schema = "RollbackRequest",
                 .response_schema = "Rollback"};
  Route release{.method = "DELETE",
                .pattern = rollback.pattern,
                .run = release_rollback,
                .scope = Scope::kAdmin,
                .id = "release_rollback",
                .summary = "Makes the newest publication live again",
                .response_schema = "Rollback"};
  table.push_back(std::move(rollback));
  table.push_back(std::move(release));
  table.push_back({.method = "POST",
                   .pattern = std::string(kApiRoot) + "/previews",
                   .run = make_preview,
                   .scope = Scope::kContentRead,
                   .id = "make_preview",
                   .summary = "An address at which a kept publication can be looked at for an hour",
                   .request_type = kJsonType,
                   .request_schema = "PreviewRequest",
                   .status = 201,
                   .response_schema = "PreviewAddress"});
  Route events = read_route("/events",
                            read_events,
                            "events",
                            "What commits have done to entries; as a stream, all that happens",
                            "EventList",
                            kEventQuery);
  events.stream_type = "text/event-stream";
  table.push_back(std::move(events));
  Route metrics = read_route("/metrics", read_metrics, "metrics", "The server in numbers", "");
  metrics.response_type = "text/plain";
  table.push_back(std::move(metrics));
}

void add_remote(std::vector<Route>& table) {
  table.push_back(read_route(
      "/remote", read_remote, "remote", "The upstream: what it has, and what is parked", "Remote"));
  Route sync = read_route(
      "/remote/sync", sync_remote, "sync_remote", "Looks at it now", "Remote", kSyncQuery);
  sync.method = "POST";
  sync.scope = Scope::kAdmin;
  sync.status = 202;
  table.push_back(std::move(sync));
}

// Writes that are about files of any kind.
Route write_route(std::string_view end,
                  Run run,
                  std::string_view id,
                  std::string_view summary,
                  std::string_view schema,
                  Query query) {
  Route route = read_route(end, run, id, summary, "CommitAnswer", query);
  route.method = "POST";
  route.scope = std::nullopt;
  route.needs_some_write = true;
  route.is_entry_write = true;
  route.request_type = kJsonType;
  route.request_schema = schema;
  return route;
}

void add_terms(std::vector<Route>& table) {
  struct Group {
    std::string_view name;
    Run list, rename;
  };
  for (const Group& group : {Group{"tags", list_tags, rename_tags},
                             Group{"categories", list_categories, rename_categories}}) {
    std::string path = "/" + std::string(group.name), name(group.name);
    Route list = read_route(path,
                            group.list,
                            group.name,
                            "Lists " + name + " of posts, and how many have each",
                            "TermList",
                            kDataQuery);
    list.may_be_public = true;
    table.push_back(std::move(list));
    Route rename = write_route(path + "/rename",
                               group.rename,
                               "rename_" + name,
                               "Gives " + name + " another name in all posts, or makes several one",
                               "TermRename",
                               kWriteQuery);
    rename.scope = Scope::kPostsWrite;
    rename.needs_some_write = false;
    table.push_back(std::move(rename));
  }
}

std::vector<Route> make_routes() {
  std::vector<Route> table;
  for (const Resource& resource : change::resources()) {
    for (const Operation& operation : kOperations) {
      if (has_operation(resource, operation)) table.push_back(entry_route(resource, operation));
    }
  }
  table.push_back(read_route("/history",
                             read_history,
                             "history",
                             "Who changed a file, and when",
                             "History",
                             kHistoryQuery));
  table.push_back(read_route("/versions/{commit}",
                             read_version,
                             "version",
                             "A file as a commit has it",
                             "Version",
                             kVersionQuery));
  table.push_back(read_route(
      "/diff", read_diff, "diff", "What lies between two commits, by file", "Diff", kDiffQuery));
  table.push_back(write_route("/commits",
                              make_commit,
                              "make_commit",
                              "Changes several files in one commit, or none",
                              "CommitNew",
                              kMergeQuery));
  table.push_back(write_route("/revert",
                              revert_commit,
                              "revert",
                              "Takes a commit back, and keeps what came after it",
                              "Revert",
                              kWriteQuery));
  table.push_back(read_route("/status", read_status, "status", "What is live", "Status"));
  table.push_back(read_route("/explain",
                             explain_page,
                             "explain",
                             "Why a page was last rendered, and what it has read",
                             "Explanation",
                             kExplainQuery));
  table.push_back(read_route(
      "/problems",
      list_problems,
      "problems",
      "What is wrong with the site's content, and what of the upstream waits to be merged",
      "ProblemList",
      kProblemQuery));
  add_terms(table);
  add_publications(table);
  add_remote(table);
  add_webhook_routes(table);
  add_people_routes(table);
  Route openapi = read_route("/openapi.json", read_openapi, "openapi", "This document", "");
  openapi.scope = std::nullopt;
  table.push_back(std::move(openapi));
  return table;
}

std::string_view literal_beginning(std::string_view pattern) {
  return pattern.substr(0, pattern.find('{'));
}

// None where the pattern does not fit the path.
std::optional<std::vector<std::pair<std::string, std::string>>> fit(std::string_view pattern,
                                                                    std::string_view path) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (true) {
    std::string_view literal = literal_beginning(pattern);
    if (!path.starts_with(literal)) return std::nullopt;
    path.remove_prefix(literal.size());
    pattern.remove_prefix(literal.size());
    if (pattern.empty()) {
      if (!path.empty()) return std::nullopt;
      return parameters;
    }
    std::size_t close = pattern.find('}');
    std::string_view name = pattern.substr(1, close - 1);
    pattern.remove_prefix(close + 1);
    bool is_rest = name.ends_with("...");
    if (is_rest) name.remove_suffix(3);
    std::string_view value = is_rest ? path : path.substr(0, path.find('/'));
    if (value.empty() || (is_rest && value.ends_with('/'))) return std::nullopt;
    parameters.emplace_back(name, value);
    path.remove_prefix(value.size());
  }
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> table = make_routes();
  return table;
}

Match match_route(std::string_view method, std::string_view path) {
  if (method == "HEAD") method = "GET";
  Match match;
  std::string_view pattern;
  for (const Route& route : routes()) {
    std::string_view literal = literal_beginning(route.pattern);
    if (literal.size() < literal_beginning(pattern).size()) continue;
    if (!path.starts_with(literal)) continue;
    auto parameters = fit(route.pattern, path);
    if (!parameters) continue;
    if (route.pattern != pattern) {
      pattern = route.pattern;
      match = {};
    }
    match.allowed.push_back(route.method);
    if (route.method != method) continue;
    match.route = &route;
    match.parameters = std::move(*parameters);
  }
  return match;
}

std::string accept_patch_field(std::string_view path) {
  Match match = match_route("PATCH", path);
  if (!match.route) return "";
  std::string field(match.route->request_type);
  if (match.route->takes_json_patch) field += ", " + std::string(kJsonPatchType);
  return field;
}

std::string allow_field(const std::vector<std::string_view>& methods) {
  std::string allow;
  for (std::string_view method : methods) {
    if (!allow.empty()) allow += ", ";
    allow += method;
    if (method == "GET") allow += ", HEAD";
  }
  return allow;
}

std::string entry_url(const Resource& resource, std::string_view label, std::string_view name) {
  std::string path = std::string(kApiRoot) + "/" + std::string(resource.name);
  if (resource.has_label()) path += "/" + std::string(label);
  if (!resource.is_single()) path += "/" + std::string(name);
  return http::percent_encode_path(path);
}

}  // namespace stet::api

#include "api/routes/bulk.h"
#include "api/routes/entries.h"
#include "api/routes/route_table.h"
#include "api/routes/session_query.h"
#include "api/routes/write.h"

namespace stet::api {
namespace {

using auth::Scope;
using change::EntryKind;
using change::Resource;

constexpr std::array kReadQuery = std::to_array<QueryParameter>(
    {{"expand", "string", kExpand}, {"ref", "string", kRef}, {"change", "string", kChange}});
constexpr char kFilter[] =
    "filter[KEY]=x: entries whose field is x, or a list that holds x. filter[KEY][OP]=x, with the "
    "operators eq, ne, in (values by commas, '\\,' for a comma in one), exists (true or false), "
    "lt, "
    "lte, gt, gte, contains (a part of a text). KEY goes into maps and lists by dots: author.name. "
    "All must hold";
// A dry run, which needs no If-Match, tells the tag of what the filter matches.
constexpr std::array kBulkQuery = std::to_array<QueryParameter>({{"filter[]", "string", kFilter},
                                                                 {"dry_run", "boolean", kDryRun},
                                                                 {"change", "string", kChange}});
constexpr std::array kListQuery = std::to_array<QueryParameter>({
    {"filter[]", "string", kFilter},
    {"sort",
     "string",
     "fields by commas, '-date' descending; of equals by path. Else posts by -date, sessions by "
     "start, all others by path"},
    {"fields",
     "string",
     "members to show, by commas: path,front_matter.title, or title alone, for what is no member "
     "is "
     "a field of the front matter; else all but body, content and data"},
    {"expand", "string", kExpand},
    {"limit", "integer", "entries in one answer: 1 to 200, else 20"},
    {"cursor", "string", "the next or prev of another answer: where its page ended, or began"},
    {"ref", "string", kRef},
    {"change", "string", kChange},
});

constexpr char kExpandSession[] =
    "what to add, by commas: url, html, excerpt, related, problems, derived, slots (when it is, in "
    "UTC and by the event's clock), clashes";
constexpr auto kSessionList = [] {
  auto all = joined(kSessionFilterQuery, kListQuery);
  for (QueryParameter& one : all) {
    if (one.name == "expand") one.description = kExpandSession;
  }
  return all;
}();
constexpr auto kSessionRead = [] {
  auto all = kReadQuery;
  all[0].description = kExpandSession;
  return all;
}();

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
    {"PATCH",
     "",
     "patch_all",
     "Changes fields of all that a filter matches, in one commit:",
     patch_entries,
     kMergePatchType,
     "BulkPatch",
     200,
     "CommitAnswer",
     kBulkQuery,
     Precondition::kIfMatch},
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
  bool has_front_matter = !resource.is_structured() && resource.kind != EntryKind::kFile;
  if (operation.verb == "patch_all") return has_front_matter;
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
  bool is_bulk = operation.verb == "patch_all";
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
    route.request_schema = (is_bulk ? "" : family) + std::string(operation.request_schema);
  }
  route.takes_json_patch = operation.verb == "patch" || is_bulk;
  route.status = operation.status;
  route.response_schema = is_bulk    ? "CommitAnswer"
                          : is_write ? "WriteAnswer"
                                     : family + std::string(operation.response_schema);
  bool is_data = resource.is_structured() && operation.verb == "read";
  route.query = is_data ? Query(kDataQuery) : operation.query;
  bool is_session = resource.kind == EntryKind::kSession;
  if (is_session && operation.verb == "list") route.query = kSessionList;
  if (is_session && operation.verb == "read") route.query = kSessionRead;
  route.precondition = operation.precondition;
  route.is_entry_write = is_write;
  route.may_be_public = !is_write && can_be_public(resource.kind);
  return route;
}

}  // namespace

void add_entry_routes(std::vector<Route>& table) {
  for (const Resource& resource : change::resources()) {
    for (const Operation& operation : kOperations) {
      if (has_operation(resource, operation)) table.push_back(entry_route(resource, operation));
    }
  }
}

}  // namespace stet::api

#include "api/routes/route_table.h"

#include "api/routes/commits.h"
#include "api/routes/events.h"
#include "api/routes/history.h"
#include "api/routes/metrics.h"
#include "api/routes/openapi.h"
#include "api/routes/problem_list.h"
#include "api/routes/publications.h"
#include "api/routes/remote.h"
#include "api/routes/revert.h"
#include "api/routes/schedule_releases.h"
#include "api/routes/search.h"
#include "api/routes/status.h"
#include "api/routes/targets.h"
#include "api/routes/terms.h"

namespace stet::api {
namespace {

using auth::Scope;

constexpr std::array kHistoryQuery = std::to_array<QueryParameter>({
    {"path", "string", "a file or folder of the repository; else the whole site, step by step"},
    {"author", "string", "who made them: a user's name, a name or a mail; of 2000 changes at most"},
    {"limit", "integer", "changes in one answer: 1 to 200, else 20"},
    {"cursor", "string", "where the last answer ended: its next"},
    {"change", "string", kChange},
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
                   .summary = "An address at which a state of the site can be seen for an hour",
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

void add_targets(std::vector<Route>& table) {
  table.push_back(read_route("/targets",
                             list_targets,
                             "targets",
                             "Where the site is published to, and how each place stands",
                             "TargetList"));
  Route run = read_route(
      "/targets/{name}/run", run_target, "run_target", "Publishes there now", "TargetRun");
  run.method = "POST";
  run.scope = Scope::kAdmin;
  run.status = 202;
  table.push_back(std::move(run));
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

// What the API says of itself, to every caller that it knows.
void add_descriptions(std::vector<Route>& table) {
  Route errors = read_route(
      "/errors", list_problem_types, "errors", "Every type of problem", "ProblemTypeList");
  Route openapi = read_route("/openapi.json", read_openapi, "openapi", "This document", "");
  errors.scope = openapi.scope = std::nullopt;
  table.push_back(std::move(errors));
  table.push_back(std::move(openapi));
}

}  // namespace

Route read_route(std::string_view end,
                 Run run,
                 std::string_view id,
                 std::string_view summary,
                 std::string_view schema,
                 Query query) {
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

namespace {

// What was done, and doing and undoing it in several files at once.
void add_commit_routes(std::vector<Route>& table) {
  table.push_back(read_route("/history",
                             read_history,
                             "history",
                             "Who changed the site or a file of it, and when",
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
}

void add_status_routes(std::vector<Route>& table) {
  table.push_back(read_route("/status", read_status, "status", "What is live", "Status"));
  // Paths of what is not published yet are among them.
  Route slow = read_route("/status/slow-writes",
                          list_slow_writes,
                          "slow_writes",
                          "The writes of the last day that took longest, by step",
                          "SlowWriteList");
  slow.scope = Scope::kAdmin;
  table.push_back(std::move(slow));
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
}

}  // namespace

std::vector<Route> make_routes() {
  std::vector<Route> table;
  add_entry_routes(table);
  add_commit_routes(table);
  add_status_routes(table);
  add_terms(table);
  add_change_routes(table);
  add_schedule_routes(table);
  add_field_schema_routes(table);
  add_publications(table);
  add_remote(table);
  add_targets(table);
  add_presence_routes(table);
  add_webhook_routes(table);
  add_people_routes(table);
  add_media_routes(table);
  add_release_routes(table);
  add_search_routes(table);
  add_descriptions(table);
  return table;
}

}  // namespace stet::api

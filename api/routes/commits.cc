#include "api/routes/commits.h"

#include "api/routes/action_json.h"
#include "api/routes/request_json.h"
#include "api/routes/write_path.h"

namespace stet::api {
namespace {

using document::Data;

// The pointers of an action's problems begin at the action.
ProblemReport commit_report(const site::Site& site,
                            const change::CommitRequest& request,
                            const change::Refusal& refusal) {
  if (!refusal.action) return report_of(site, {}, refusal);
  std::string at = "/actions/" + std::to_string(*refusal.action);
  ProblemReport report = report_of(site, request.actions[*refusal.action].request, refusal);
  for (FieldError& error : report.errors) error.pointer.insert(0, at);
  if (report.errors.empty()) report.errors.push_back({at, report.detail});
  // It is the tag of one file among several.
  report.headers.remove("ETag");
  report.extensions["action"] = *refusal.action;
  return report;
}

std::variant<change::CommitRequest, ProblemReport> request_of(const Call& call,
                                                              const site::Site& site,
                                                              bool merges_if_stale) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  change::CommitRequest request;
  std::optional<std::string> message;
  if (auto fault = take_text(*object, "message", message)) return *fault;
  request.message = message.value_or("");
  Data* actions = object->find("actions");
  if (!actions || !actions->list()) return field_report("/actions", "actions is a list");
  if (actions->list()->size() > change::kActionsMax) {
    return field_report("/actions",
                        "there are more than " + std::to_string(change::kActionsMax) +
                            " actions; make several commits");
  }
  for (std::size_t i = 0; i < actions->list()->size(); ++i) {
    std::string at = "/actions/" + std::to_string(i);
    auto action = action_of((*actions->list())[i], site, merges_if_stale, at);
    if (auto* report = std::get_if<ProblemReport>(&action)) return *report;
    request.actions.push_back(std::move(std::get<change::Action>(action)));
  }
  object->erase("actions");
  if (auto fault = refuse_rest(*object)) return *fault;
  request.author_name = call.principal.commit_name;
  request.author_email = call.principal.commit_email;
  request.trailers = call.trailers();
  return request;
}

}  // namespace

Answer make_commit(const Call& call) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  auto on_stale = call.request.query_value("on_stale");
  if (on_stale && *on_stale != "merge") return bad_query("on_stale", "on_stale can be 'merge'");
  auto site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&site)) return *report;
  auto parsed = request_of(call, *std::get<site::SitePtr>(site), on_stale.has_value());
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const auto& request = std::get<change::CommitRequest>(parsed);
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) {
    return change::prepare_commit(ground, request);
  };
  write.refuse = [&](const site::Site& now, const change::Refusal& refusal) {
    return commit_report(now, request, refusal);
  };
  return run_write(call, write);
}

}  // namespace stet::api

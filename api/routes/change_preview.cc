#include <algorithm>

#include "api/auth/tickets.h"
#include "api/routes/action_json.h"
#include "api/routes/change_calls.h"
#include "api/routes/change_json.h"
#include "api/routes/past_site.h"
#include "api/routes/request_json.h"
#include "api/routes/write_path.h"
#include "api/routes/written.h"
#include "cms/change/plan.h"
#include "cms/pipeline/branch_previews.h"
#include "cms/publish/output_path.h"
#include "storage/base/time.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

using document::Data;

constexpr std::size_t kUrlsShown = 500;

std::string url_of(const std::string& path) {
  auto output = publish::OutputPath::parse(path);
  return output ? publish::url_of(*output) : "";
}

// {action, resource, name ...}: an action of a commit, that is not made. Whatever is there is
// overwritten, and what is not there is made.
std::variant<change::Action, ProblemReport> action_of(const Call& call, const site::Site& site) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data& data = std::get<Data>(json);
  Data::Map* object = data.map();
  if (!object) return field_report("", "the request is an object");
  if (!object->contains("action")) object->set("action", Data("update"));
  const Data* action = object->find("action");
  if (!action->is_string() || *action->string() == "delete" || *action->string() == "move") {
    return field_report("/action", "what is shown is a create, an update or a patch");
  }
  bool has_match = object->contains("if_match") || object->contains("if_none_match");
  if (!has_match && *action->string() != "create") object->set("if_match", Data("*"));
  return api::action_of(data, site, false, "");
}

change::Ground ground_of(const Call& call, const pipeline::Standing& standing) {
  const Backend& backend = call.backend;
  return {.site = *standing.site,
          .read_blob = [&backend, standing](const BlobId& blob) -> Result<std::string> {
            auto snapshot = TRY(storage::open_git_snapshot(backend.repository, standing.commit));
            return snapshot->read(blob);
          },
          .now = backend.clock.now(),
          .site_with =
              [&backend, standing](const change::Edits& edits) {
                return backend.pipeline.site_with(standing, edits);
              }};
}

Json shown_json(const Call& call, const site::SitePtr& site, const change::Plan& plan) {
  const RepoPath& path = plan.actions.front().path;
  Problems problems = plan.warnings;
  Json json = {{"path", path.string()}, {"url", nullptr}, {"page", nullptr}, {"html", nullptr}};
  if (auto url = own_url(*site, path)) json["url"] = *url;
  if (auto output = own_output(*site, path)) {
    auto page = call.backend.pipeline.render_apart(site, *output);
    if (page && !page->is_failed) json["page"] = page->bytes;
    if (page) add_missing(problems, page->problems);
  }
  auto html = call.backend.pipeline.html_of(site, path.view(), pipeline::Pipeline::Part::kBody);
  if (html) json["html"] = *std::move(html);
  if (const site::SourceFile* source = site->find_source(path.view())) {
    add_missing(problems, source->problems);
  }
  json["problems"] = to_json(problems);
  return json;
}

}  // namespace

Answer preview_change(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const changes::Record& record = *std::get<changes::RecordPtr>(found);
  if (!call.backend.tickets || !call.backend.previews) {
    return ProblemReport{.status = 503, .detail = "there are no previews here"};
  }
  auto standing = standing_at(call.backend, record.head);
  if (!standing) return report_of(standing.error());
  auto view = call.backend.previews->view_of(*standing);
  if (!view) return report_of(view.error());
  auth::Tickets::Ticket ticket = call.backend.tickets->make_for_change(record.id);
  std::string url = PastSite::kPrefix + ticket.secret + "/";
  Json urls = Json::array();
  for (const std::string& path : (*view)->differing) {
    if (urls.size() >= kUrlsShown) break;
    urls.push_back(url_of(path));
  }
  http::Response response = json_response(201,
                                          {{"url", url},
                                           {"expires", iso_instant(ticket.expires)},
                                           {"commit", record.head.hex()},
                                           {"over", (*view)->ground->commit.hex()},
                                           {"differing", (*view)->differing.size()},
                                           {"differing_urls", std::move(urls)}});
  response.headers.add("Location", url);
  return response;
}

Answer preview_unsaved(const Call& call) {
  auto found = standing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const auto& standing = std::get<pipeline::Standing>(found);
  const site::Site& before = *standing.site;
  auto action = action_of(call, before);
  if (auto* report = std::get_if<ProblemReport>(&action)) return std::move(*report);
  change::CommitRequest request;
  request.actions.push_back(std::get<change::Action>(std::move(action)));
  request.author_name = call.principal.commit_name;
  request.author_email = call.principal.commit_email;
  auto outcome = change::prepare_commit(ground_of(call, standing), request);
  if (!outcome) return report_of(outcome.error());
  if (auto* refusal = std::get_if<change::Refusal>(&*outcome)) {
    return report_of(before, request.actions.front().request, *refusal);
  }
  const auto& plan = std::get<change::Plan>(*outcome);
  if (plan.actions.empty()) return field_report("", "there is nothing to be shown");
  auto site = call.backend.pipeline.site_with(standing, plan.edits);
  if (!site) return report_of(site.error());
  return json_response(200, shown_json(call, *site, plan));
}

}  // namespace stet::api

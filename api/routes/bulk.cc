#include "api/routes/bulk.h"

#include <algorithm>

#include "api/http/conditional.h"
#include "api/routes/entry_field.h"
#include "api/routes/list_filter.h"
#include "api/routes/request_json.h"
#include "api/routes/route.h"
#include "api/routes/write_path.h"
#include "cms/change/bulk.h"

namespace stet::api {
namespace {

using document::Data;

// Of the set; a dry run may go without.
Fault take_expected(const Call& call, bool is_dry_run, change::BulkRequest& request) {
  const http::Headers& headers = call.request.headers;
  if (!headers.find("If-Match")) {
    if (is_dry_run) return std::nullopt;
    return ProblemReport{.status = 428,
                         .detail =
                             "If-Match is needed: the ETag of this request's answer with "
                             "dry_run=1, or *"};
  }
  auto tags = http::parse_entity_tags(headers.joined("If-Match"));
  if (!tags) return ProblemReport{.status = 400, .detail = "If-Match is no list of tags"};
  if (tags->is_any) return std::nullopt;
  if (tags->tags.size() == 1) request.expected = blob_of(tags->tags.front());
  if (request.expected) return std::nullopt;
  return ProblemReport{
      .status = 412,
      .detail =
          "If-Match names no such set; send the ETag of this request's answer with dry_run=1"};
}

Fault take_body(const Call& call, change::BulkRequest& request) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data& data = std::get<Data>(json);
  if (is_json_patch(call)) {
    change::WriteRequest single;
    if (auto fault = take_json_patch(data, single)) return fault;
    request.json_patch = std::move(single.json_patch);
    return std::nullopt;
  }
  Data::Map* object = data.map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> message;
  if (auto fault = take_text(*object, "message", message)) return fault;
  request.message = message.value_or("");
  Data* patch = object->find("front_matter");
  if (!patch || !patch->is_map() || patch->map()->empty()) {
    return field_report("/front_matter", "front_matter is an object with the fields to change");
  }
  request.front_matter_patch = std::move(*patch);
  object->erase("front_matter");
  return refuse_rest(*object);
}

std::variant<std::vector<Filter>, ProblemReport> filters_of(const Call& call,
                                                            const site::Site& site) {
  std::vector<Filter> filters;
  for (const auto& [name, text] : call.request.query) {
    if (!name.starts_with("filter[")) continue;
    auto filter = Filter::parse(name, text, site.config().zone());
    if (!filter) return bad_query(name, filter.error().message);
    filters.push_back(std::move(*filter));
  }
  if (filters.empty()) {
    return bad_query("filter[]",
                     "name a filter for what is to be changed; filter[path][exists]=true is all");
  }
  if (filters.size() <= kFiltersMax) return filters;
  return bad_query("filter[]", "there are at most " + std::to_string(kFiltersMax) + " filters");
}

Result<std::vector<RepoPath>> matching(const Call& call,
                                       const site::Site& site,
                                       const std::vector<Filter>& filters) {
  std::vector<RepoPath> paths;
  for (const change::Listed& listed :
       TRY(change::list_entries(site, *call.route.resource, call.label()))) {
    bool passes = std::all_of(filters.begin(), filters.end(), [&](const Filter& filter) {
      return filter.passes(field_of(listed, filter.field()));
    });
    if (passes) paths.push_back(TRY(RepoPath::parse(listed.path)));
  }
  return paths;
}

}  // namespace

Answer patch_entries(const Call& call) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  auto site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&site)) return *report;
  auto found = filters_of(call, *std::get<site::SitePtr>(site));
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const auto& filters = std::get<std::vector<Filter>>(found);
  change::BulkRequest request{.resource = call.route.resource,
                              .label = std::string(call.label()),
                              .author_name = call.principal.commit_name,
                              .author_email = call.principal.commit_email,
                              .trailers = call.trailers()};
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = std::get<bool>(dry_run);
  if (auto fault = take_expected(call, write.is_dry_run, request)) return std::move(*fault);
  if (auto fault = take_body(call, request)) return std::move(*fault);
  BlobId tag;
  write.prepare = [&](const change::Ground& ground) -> Result<change::PlanOutcome> {
    std::vector<RepoPath> paths = TRY(matching(call, ground.site, filters));
    tag = change::tag_of_set(ground.site, paths);
    return change::prepare_bulk(ground, request, paths);
  };
  write.refuse = [](const site::Site& now, const change::Refusal& refusal) {
    return report_of(now, {}, refusal);
  };
  Answer answer = run_write(call, write);
  auto* response = std::get_if<http::Response>(&answer);
  if (response && write.is_dry_run) {
    response->headers.set("ETag", http::quoted({.opaque = tag.hex()}));
  }
  return answer;
}

}  // namespace stet::api

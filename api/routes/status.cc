#include "api/routes/status.h"

#include "api/http/url.h"
#include "api/remote/upstream_follower.h"
#include "api/routes/leader.h"
#include "api/routes/publications.h"
#include "api/routes/remote.h"
#include "api/routes/slow_writes.h"
#include "api/routes/targets.h"
#include "api/routes/written.h"
#include "cms/change/config_problems.h"
#include "cms/change/schemas.h"
#include "cms/media/variants.h"
#include "cms/publish/resolve.h"
#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

constexpr std::size_t kDeadNamesTold = 1000;

Problems problems_of_content(const Call& call) {
  Problems problems = call.backend.pipeline.problems();
  site::SitePtr site = call.backend.pipeline.site();
  if (!site) return problems;
  // Of a repository that cannot be read the site says enough.
  if (auto more = change::config_problems(*site)) add_missing(problems, *more);
  return problems;
}

// Of files that were deleted though something names them, and of slips.
Result<Problems> problems_of_media(const Call& call, const site::SitePtr& site) {
  Problems problems;
  auto references = call.backend.remembered->references.of(site);
  for (const media::Use& use : TRY(references->dead_names(kDeadNamesTold))) {
    problems.push_back({Severity::kWarning,
                        use.path,
                        use.line,
                        use.column,
                        "'" + printable(use.text, 200) + "' names a file that is not there"});
  }
  return problems;
}

}  // namespace

Answer read_status(const Call& call) {
  const publish::Shown shown = call.backend.publisher.shown();
  if (!shown.live) {
    return ProblemReport{.status = 503,
                         .detail = "nothing is published yet; try again in a moment"};
  }
  const publish::Live& newest = *shown.newest;
  pipeline::Counts counts = call.backend.pipeline.counts();
  Json json = {{"live", to_json(*shown.live)},
               {"newest", newest.number},
               {"rollback", rollback_json(shown)},
               {"branch", call.backend.branch()},
               {"pages", newest.manifest.size()},
               {"stale", newest.manifest.stale_count()},
               {"audits",
                {{"audited", counts.audited},
                 {"mismatches", counts.mismatches},
                 {"missed_reads", counts.missed_reads}}},
               {"problems", problems_of_content(call).size()}};
  const auto work = call.backend.progress ? call.backend.progress->now() : std::nullopt;
  json["work"] = work ? progress_json(*work) : Json(nullptr);
  std::string trouble = call.backend.trouble ? call.backend.trouble() : "";
  json["trouble"] = trouble.empty() ? Json(nullptr) : Json(trouble);
  const media::VariantSource* pictures = call.backend.variants;
  json["makes_pictures"] = pictures && pictures->pictures().has_variants();
  if (call.backend.leadership) json["leadership"] = leadership_json(*call.backend.leadership);
  if (call.backend.remote) json["remote"] = to_json(call.backend.remote->report());
  if (auto start = call.backend.pipeline.start()) {
    json["start"] = {{"kind", start->is_warm ? "warm" : "cold"},
                     {"seconds", static_cast<double>(start->took_ns) / 1e9},
                     {"nodes", start->nodes},
                     {"rendered", start->rendered}};
    if (!start->is_warm) json["start"]["reason"] = start->why_cold;
  }
  if (const UpkeepCounts* upkeep = call.backend.upkeep) {
    json["repository"] = {{"packs", upkeep->packs.load()},
                          {"loose_objects", upkeep->loose_objects.load()},
                          {"bytes", upkeep->pack_bytes.load()},
                          {"is_full", upkeep->is_full()},
                          {"is_repacking", upkeep->is_running.load()},
                          {"repacks", upkeep->repacks.load()},
                          {"failed_repacks", upkeep->failures.load()}};
  }
  if (call.backend.targets) json["targets"] = targets_json(call);
  return tagged_response(call, json);
}

Answer list_slow_writes(const Call& call) {
  Json items = Json::array();
  const SlowWrites* slow = call.backend.slow_writes;
  for (const SlowWrite& write :
       slow ? slow->list(call.backend.clock.now()) : std::vector<SlowWrite>()) {
    items.push_back({{"at", iso_instant(write.at)},
                     {"request_id", write.request_id},
                     {"method", write.method},
                     {"path", write.path},
                     {"milliseconds", static_cast<double>(write.took_ns) / 1e6},
                     {"timing", write.timing}});
  }
  return json_response(200, {{"items", std::move(items)}});
}

Answer explain_page(const Call& call) {
  publish::LivePointer live = call.backend.publisher.newest();
  std::string_view url = *call.request.query_value("url");
  auto path = http::percent_decode(url);
  if (!path || !path->starts_with('/')) {
    return bad_query("url", "url is a path from the public root, percent-encoded: /about/");
  }
  std::string page = path->substr(1);
  if (live) {
    publish::Resolution found = publish::resolve(live->manifest, *path);
    if (found.kind == publish::Resolution::Kind::kPage) page = found.path->string();
  }
  auto explanation = call.backend.pipeline.explain(page);
  if (!explanation) return report_of(explanation.error());
  Json prints = Json::array();
  for (const pipeline::Explanation::Printed& printed : explanation->prints) {
    prints.push_back({{"name", printed.name}, {"reads", printed.reads}});
  }
  return json_response(200,
                       {{"url", url},
                        {"output_path", explanation->path},
                        {"source", explanation->source},
                        {"is_stale", explanation->is_stale},
                        {"reasons", explanation->reasons},
                        {"reads", explanation->reads},
                        {"prints", std::move(prints)},
                        {"problems", to_json(explanation->problems)}});
}

Answer list_problems(const Call& call) {
  Problems problems = problems_of_content(call);
  if (call.backend.remote) {
    Problems parked = problems_of(call.backend.remote->report());
    problems.insert(problems.end(), parked.begin(), parked.end());
  }
  auto site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&site)) return std::move(*report);
  auto of_fields = change::schema_problems(*std::get<site::SitePtr>(site));
  if (!of_fields) return report_of(of_fields.error());
  Json items = Json::array();
  auto path = call.request.query_value("path");
  auto add = [&](const Problem& problem, const std::string& pointer) {
    if (path && problem.path != *path) return;
    Json json = to_json(problem);
    if (!pointer.empty()) json["pointer"] = pointer;
    items.push_back(std::move(json));
  };
  auto dead = problems_of_media(call, std::get<site::SitePtr>(site));
  if (!dead) return report_of(dead.error());
  add_missing(problems, *dead);
  for (const Problem& problem : problems) add(problem, "");
  for (const change::SchemaProblem& found : *of_fields) add(found.problem, found.pointer);
  std::size_t total = items.size();
  return tagged_response(call, {{"items", std::move(items)}, {"total", total}});
}

}  // namespace stet::api

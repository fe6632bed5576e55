#include "api/routes/dry_run.h"

#include <algorithm>

#include "api/http/conditional.h"
#include "api/routes/content_problems.h"
#include "api/routes/shared_output.h"
#include "api/routes/written.h"
#include "storage/base/hash.h"

namespace stet::api {
namespace {

std::map<RepoPath, BlobId> stored_in(const change::Plan& plan) {
  std::map<RepoPath, BlobId> stored;
  for (const storage::FileEdit& edit : plan.change_set.edits) {
    if (edit.stored) stored.emplace(edit.path, *edit.stored);
  }
  return stored;
}

// A file that goes to the public as it is, with a content that may not be anywhere yet.
bool is_stored(const site::Site& site,
               const std::string& output_path,
               const std::map<RepoPath, BlobId>& stored) {
  const site::Output* output = site.find_output(output_path);
  auto path = output && output->is_static ? RepoPath::parse(output->item->path())
                                          : Result<RepoPath>(not_found(""));
  return path && stored.contains(*path);
}

struct Foresight {
  std::vector<std::string> changed_urls;
  std::size_t stale = 0;
  Problems problems;
};

bool would_change(const publish::LivePointer& live,
                  const std::string& path,
                  const render::RenderedPage& page) {
  const publish::ManifestEntry* entry = live ? live->manifest.find(path) : nullptr;
  const publish::Page* now = entry ? entry->page() : nullptr;
  if (page.is_failed) return false;
  return !now || now->content != content_hash(page.bytes);
}

Result<Foresight> foresee(const Call& call,
                          const pipeline::Preview& preview,
                          const std::map<RepoPath, BlobId>& stored,
                          const std::vector<std::string>& own_outputs) {
  Foresight foresight{.changed_urls = preview.removed_urls, .stale = 0, .problems = {}};
  publish::LivePointer live = call.backend.publisher.live();
  bool is_few = preview.pages.size() <= kRenderedMax;
  for (const pipeline::DirtyPage& dirty : preview.pages) {
    bool is_own =
        std::find(own_outputs.begin(), own_outputs.end(), dirty.path) != own_outputs.end();
    if (is_stored(*preview.shown, dirty.path, stored)) {
      foresight.changed_urls.push_back(dirty.url);
      continue;
    }
    if (!is_few && !is_own) {
      ++foresight.stale;
      continue;
    }
    auto page = TRY(call.backend.pipeline.preview_page(preview, dirty.path));
    bool is_shown = !dirty.url.empty();
    if (is_shown && would_change(live, dirty.path, page)) {
      foresight.changed_urls.push_back(dirty.url);
    }
    if (is_own) {
      foresight.problems.insert(
          foresight.problems.end(), page.problems.begin(), page.problems.end());
    }
  }
  return foresight;
}

}  // namespace

Answer dry_run_in_change(const Call& call,
                         const pipeline::Standing& standing,
                         const Write& write,
                         const change::Plan& plan) {
  auto site = call.backend.pipeline.site_with(standing, plan.edits, stored_in(plan));
  if (!site) return report_of(site.error());
  Problems problems = plan.warnings;
  for (const auto& [path, content] : plan.edits) {
    const site::SourceFile* source = (*site)->find_source(path.view());
    if (source) add_missing(problems, source->problems);
  }
  add_missing(problems, shared_outputs(**site, plan));
  add_problems_of_config(**site, plan.edits, problems);
  std::vector<std::string> urls;
  for (const change::PlannedAction& action : plan.actions) {
    auto url = plan.is_unchanged ? std::nullopt : own_url(**site, action.path);
    if (url) urls.push_back(std::move(*url));
  }
  Json json = {{"dry_run", true}, {"commit", standing.commit.hex()}};
  describe(**site, write.is_of_entry, plan, {}, json);
  json["changed_urls"] = with_own_urls({}, urls);
  json["stale_count"] = 0;
  json["diff"] = plan.diff;
  json["problems"] = to_json(problems);
  if (plan.is_unchanged) json["is_unchanged"] = true;
  json["change"] = call.change->id;
  if (write.complete) write.complete(**site, json);
  return json_response(200, json);
}

Answer dry_run_answer(const Call& call, const Write& write, const change::Plan& plan) {
  const std::map<RepoPath, BlobId> stored = stored_in(plan);
  auto preview = call.backend.pipeline.preview(plan.edits, stored);
  if (!preview) return report_of(preview.error());
  const site::Site& site = *preview->site;
  std::vector<std::string> outputs, urls;
  for (const auto& [path, content] : plan.edits) {
    if (auto output = own_output(site, path)) outputs.push_back(std::move(*output));
  }
  for (const change::PlannedAction& action : plan.actions) {
    bool is_other = !plan.is_unchanged && is_shown(*preview->shown, site, action.path);
    auto url = is_other ? own_url(site, action.path) : std::nullopt;
    if (url) urls.push_back(std::move(*url));
  }
  auto foresight = foresee(call, *preview, stored, outputs);
  if (!foresight) return report_of(foresight.error());
  auto commit = call.backend.pipeline.commit();
  Problems problems = plan.warnings;
  add_missing(problems, foresight->problems);
  add_missing(problems, shared_outputs(site, plan));
  add_problems_of_config(site, plan.edits, problems);
  Json json = {{"dry_run", true}, {"commit", commit ? Json(commit->hex()) : Json(nullptr)}};
  describe(site, write.is_of_entry, plan, {}, json);
  json["changed_urls"] = with_own_urls(std::move(foresight->changed_urls), urls);
  json["stale_count"] = foresight->stale;
  json["diff"] = plan.diff;
  json["problems"] = to_json(problems);
  if (plan.is_unchanged) json["is_unchanged"] = true;
  if (write.complete) write.complete(site, json);
  return json_response(200, json);
}

}  // namespace stet::api

#include "api/routes/dry_run.h"

#include "api/http/conditional.h"
#include "api/routes/written.h"
#include "storage/base/hash.h"

namespace stet::api {
namespace {

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
                          const std::optional<std::string>& own_output_path) {
  Foresight foresight{.changed_urls = preview.removed_urls, .stale = 0, .problems = {}};
  publish::LivePointer live = call.backend.publisher.live();
  bool is_few = preview.pages.size() <= kRenderedMax;
  for (const pipeline::DirtyPage& dirty : preview.pages) {
    bool is_own = dirty.path == own_output_path;
    if (!is_few && !is_own) {
      ++foresight.stale;
      continue;
    }
    auto page = TRY(call.backend.pipeline.preview_page(preview, dirty.path));
    if (would_change(live, dirty.path, page)) foresight.changed_urls.push_back(dirty.url);
    if (is_own) foresight.problems = page.problems;
  }
  return foresight;
}

}  // namespace

Answer dry_run_answer(const Call& call, const Write& write, const change::Prepared& prepared) {
  auto preview = call.backend.pipeline.preview({{prepared.path, prepared.after}});
  if (!preview) return report_of(preview.error());
  const site::Site& site = *preview->site;
  auto foresight = foresee(call, *preview, own_output(site, prepared.path));
  if (!foresight) return report_of(foresight.error());
  auto commit = call.backend.pipeline.commit();
  Problems problems = prepared.warnings;
  problems.insert(problems.end(), foresight->problems.begin(), foresight->problems.end());
  std::optional<std::string> own;
  if (!prepared.is_unchanged) own = own_url(site, prepared.path);
  Json json = {{"dry_run", true},
               {"commit", commit ? Json(commit->hex()) : Json(nullptr)},
               {"entry", entry_after(call, site, write.request, prepared)},
               {"changed_urls", with_own_url(std::move(foresight->changed_urls), own)},
               {"stale_count", foresight->stale},
               {"diff", prepared.diff},
               {"problems", to_json(problems)}};
  if (prepared.is_merged) json["is_merged"] = true;
  if (prepared.is_unchanged) json["is_unchanged"] = true;
  return json_response(200, json);
}

}  // namespace stet::api

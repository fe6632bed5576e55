// Pipeline's other states: sites of commits that are not live, and what the public would see of
// them.

#include <algorithm>

#include "cms/pipeline/edit_diff.h"
#include "cms/pipeline/pipeline.h"
#include "storage/snapshot/overlay_snapshot.h"

namespace stet::pipeline {

std::optional<Standing> Pipeline::standing() const {
  std::lock_guard lock(site_mutex_);
  if (!whole_ || !commit_) return std::nullopt;
  return Standing{whole_, *commit_};
}

std::optional<Standing> Pipeline::public_standing() const {
  std::lock_guard lock(site_mutex_);
  if (!site_ || !commit_) return std::nullopt;
  return Standing{site_, *commit_};
}

Result<site::SitePtr> Pipeline::site_at(const CommitId& commit) const {
  auto live = standing();
  if (!live) return unavailable("nothing is published yet; try again in a moment");
  return site_at(commit, *live);
}

Result<site::SitePtr> Pipeline::site_at(const CommitId& commit, const Standing& ground) const {
  site::SitePtr live = site();
  site::SiteSource source;
  source.snapshot = TRY(versions_->open(commit));
  source.instant = ground.site->instant();
  if (live) source.instant = std::max(source.instant, live->instant());
  source.last_changed =
      TRY(versions_->last_changed(ground.site->last_changes(), ground.commit, commit));
  source.schedule = TRY(versions_->schedule(commit));
  site::Builder builder(options_.site, names_);
  storage::Diff diff = TRY(versions_->compare(ground.commit, commit));
  return TRY(builder.advance(ground.site, diff, std::move(source))).site;
}

Result<site::SitePtr> Pipeline::site_with(
    const Standing& ground,
    const std::map<RepoPath, std::optional<std::string>>& edits,
    const std::map<RepoPath, BlobId>& stored) const {
  auto base = TRY(versions_->open(ground.commit));
  storage::Diff diff = TRY(edit_diff(*base, edits, stored));
  site::SiteSource source;
  source.snapshot = storage::make_overlay_snapshot(base, edits, stored);
  source.instant = ground.site->instant();
  source.last_changed = ground.site->last_changes();
  source.schedule = ground.site->schedule_history();
  site::Builder builder(options_.site, names_);
  return TRY(builder.advance(ground.site, diff, std::move(source))).site;
}

Result<BranchViewPtr> Pipeline::view_of(const Standing& standing) const {
  std::lock_guard lock(mutex_);
  publish::LivePointer newest = publisher_.newest();
  bool is_there =
      site_ && newest && newest->commit == *commit_ && newest->instant == site_->instant();
  if (!is_there) return unavailable("nothing is published just now; try again in a moment");
  site::SiteSource source;
  source.snapshot = TRY(versions_->open(standing.commit));
  source.instant = site_->instant();
  source.last_changed = standing.site->last_changes();
  source.schedule = standing.site->schedule_history();
  const Face whole{.snapshot = source.snapshot};
  storage::Diff diff = TRY(ReleasedProgram::diff_between(
      face_, whole, TRY(versions_->compare(*commit_, standing.commit))));
  Foreseen foreseen = TRY(foresee(diff, std::move(source)));
  auto view = std::make_shared<BranchView>();
  view->commit = standing.commit;
  view->site = foreseen.advanced.site;
  view->ground = newest;
  std::vector<publish::Change> changes;
  for (const DirtyPage& page : foreseen.pages) {
    auto output = publish::OutputPath::parse(page.path);
    if (!output) continue;
    view->differing.insert(page.path);
    changes.push_back({*std::move(output), publish::ManifestEntry::stale(std::nullopt)});
  }
  for (const std::string& path : foreseen.advanced.changes.outputs) {
    auto output = publish::OutputPath::parse(path);
    if (output && !view->site->find_output(path)) changes.push_back({*output, std::nullopt});
  }
  auto shown = std::make_shared<publish::Live>(*newest);
  shown->commit = standing.commit;
  shown->url = view->site->config().text("url");
  shown->baseurl = view->site->config().text("baseurl");
  while (shown->baseurl.ends_with('/')) shown->baseurl.pop_back();
  shown->manifest = newest->manifest.with(changes);
  view->shown = std::move(shown);
  return BranchViewPtr(view);
}

Result<render::RenderedPage> Pipeline::render_apart(const site::SitePtr& site,
                                                    std::string_view path) const {
  const site::Output* output = site->find_output(path);
  if (!output) return not_found("there is no page '" + std::string(path) + "'");
  Notes notes;
  render::Tools own = tools(notes.renditions);
  render::Renderer renderer(
      site, {own.templates, own.renditions, notes.instants, own.limits, own.sheets});
  return renderer.render(*output);
}

Result<publish::Page> Pipeline::store_apart(const site::SitePtr& site,
                                            std::string_view path) const {
  MadePage made = TRY(make_apart(site, std::string(path)));
  if (made.stored) return *std::move(made.stored);
  std::string why = made.page.problems.empty() ? "" : ": " + to_string(made.page.problems.back());
  return invalid_input("the page '" + std::string(path) + "' cannot be rendered" + why);
}

}  // namespace stet::pipeline

// Pipeline's foresight: what edits would do, without doing it.

#include "cms/pipeline/edit_diff.h"
#include "cms/pipeline/for_all.h"
#include "cms/pipeline/made_page.h"
#include "cms/pipeline/pipeline.h"
#include "cms/pipeline/wave_renditions.h"
#include "storage/snapshot/overlay_snapshot.h"

namespace stet::pipeline {
namespace {

constexpr std::size_t kReadsShownMax = 1000, kPrintsMax = 20;

}  // namespace

Result<Pipeline::Foreseen> Pipeline::foresee(const storage::Diff& diff,
                                             site::SiteSource source) const {
  Foreseen foreseen;
  foreseen.advanced = TRY(builder_.advance(site_, diff, std::move(source)));
  const site::SitePtr& site = foreseen.advanced.site;
  const site::Changes& changes = foreseen.advanced.changes;
  foreseen.renditions = std::make_shared<render::Renditions>(renditions_);
  for (const std::string& subject : changes.subjects) {
    for (reads::NameId node : render::nodes_of_document(names_, subject)) {
      foreseen.renditions->drop(node);
    }
  }
  render::Renderer renderer(site, tools(*foreseen.renditions));
  WaveRenditions wave_renditions(
      renderer, *foreseen.renditions, nullptr, for_all_with(options_.threads));
  dirty::Wave wave(graph_, names_, wave_renditions);
  for (const std::string& path : changes.outputs) {
    if (!site->find_output(path)) continue;
    wave.add(render::page_node(names_, path), "is made by another file than before, or is new");
  }
  wave.spread(changes);
  for (const auto& [node, reasons] : wave.pages()) {
    std::string path(names_.name_of(node).substr(std::string_view("page:").size()));
    auto output = publish::OutputPath::parse(path);
    if (!site->find_output(path)) continue;
    foreseen.pages.push_back(DirtyPage{path, output ? publish::url_of(*output) : "", reasons});
  }
  return foreseen;
}

Result<Preview> Pipeline::preview(const std::map<RepoPath, std::optional<std::string>>& edits,
                                  const std::map<RepoPath, BlobId>& stored) const {
  std::lock_guard lock(mutex_);
  if (!site_) return unavailable("nothing is published yet; try again in a moment");
  auto base = TRY(versions_->open(*commit_));
  storage::Diff diff = TRY(edit_diff(*base, edits, stored));
  site::SiteSource source;
  source.snapshot = storage::make_overlay_snapshot(base, edits, stored);
  source.instant = site_->instant();
  source.last_changed = last_changed_;
  source.schedule = whole_->schedule_history();
  PublicSource shown = TRY(program_.shown(source, std::nullopt));
  storage::Diff public_diff = TRY(ReleasedProgram::diff_between(face_, shown.face, diff));
  Foreseen foreseen = TRY(foresee(public_diff, std::move(shown.source)));
  Preview preview;
  preview.site = preview.shown = foreseen.advanced.site;
  if (shown.face.is_held_back()) {
    preview.site = TRY(builder_.advance(whole_, diff, std::move(source))).site;
  }
  preview.ground = site_;
  preview.renditions = std::move(foreseen.renditions);
  preview.pages = std::move(foreseen.pages);
  for (const std::string& path : foreseen.advanced.changes.outputs) {
    auto output = publish::OutputPath::parse(path);
    if (preview.shown->find_output(path)) continue;
    if (output) preview.removed_urls.push_back(publish::url_of(*output));
  }
  for (const auto& [path, content] : edits) {
    const site::SourceFile* file = preview.site->find_source(path.string());
    if (!file) continue;
    preview.problems.insert(preview.problems.end(), file->problems.begin(), file->problems.end());
  }
  return preview;
}

Result<render::RenderedPage> Pipeline::preview_page(const Preview& preview,
                                                    std::string_view output_path) const {
  std::lock_guard lock(mutex_);
  const site::Output* output = preview.shown->find_output(output_path);
  if (!output) return not_found("there is no page '" + std::string(output_path) + "'");
  // What is known of a newer site is not of this one; and what this one prints of its instant is
  // not what the newer one's pages have printed.
  render::Renditions apart;
  render::Instants instants;
  render::Tools own = tools(preview.ground == site_ ? *preview.renditions : apart);
  render::Renderer renderer(
      preview.shown,
      {own.templates, own.renditions, instants, own.limits, own.sheets, own.pictures, own.files});
  render::RenderedPage page = renderer.render(*output);
  add_fault_of_place(std::string(output_path), page);
  return page;
}

// What is made here is not kept: nobody would know when it becomes wrong. What is known of the
// site that is rendered helps, as long as it is that from the beginning to the end.
Result<std::string> Pipeline::html_of(const site::SitePtr& site,
                                      std::string_view path,
                                      Part part) const {
  const site::SourceFile* source = site->find_source(path);
  if (!source || source->documents.empty()) {
    return not_found("'" + std::string(path) + "' is no document of the site");
  }
  const site::Document& document = *source->documents.front();
  auto make = [&](Notes notes) {
    render::Tools own = tools(notes.renditions);
    render::Renderer renderer(site,
                              {own.templates,
                               own.renditions,
                               notes.instants,
                               own.limits,
                               own.sheets,
                               own.pictures,
                               own.files});
    return part == Part::kBody ? renderer.content(document)->html
                               : renderer.excerpt(document)->html;
  };
  if (rendered_site_ == site.get()) {
    std::string html = make(Notes(renditions_));
    if (rendered_site_ == site.get()) return html;
  }
  return make(Notes());
}

Result<Explanation> Pipeline::explain(std::string_view output_path) const {
  std::lock_guard lock(mutex_);
  const site::Output* output = site_ ? site_->find_output(output_path) : nullptr;
  if (!output) return not_found("there is no page '" + std::string(output_path) + "'");
  Explanation explanation;
  explanation.path = output_path;
  explanation.source = output->item->path();
  explanation.is_stale = stale_.contains(std::string(output_path));
  if (auto it = last_reasons_.find(output_path); it != last_reasons_.end()) {
    explanation.reasons = it->second;
  }
  explanation.problems = page_problems_.of(output_path);
  const reads::Reads* reads = graph_.reads_of(render::page_node(names_, output_path));
  if (!reads) return explanation;
  explanation.reads = sentences_of(*reads);
  for (reads::Key key : reads->keys) {
    if (key.kind() != reads::Kind::kRendition || explanation.prints.size() >= kPrintsMax) continue;
    const reads::Reads* of_it = graph_.reads_of(render::node_of_rendition(names_, key));
    if (of_it) explanation.prints.push_back({reads::describe(key, names_), sentences_of(*of_it)});
  }
  return explanation;
}

std::vector<std::string> Pipeline::sentences_of(const reads::Reads& reads) const {
  std::vector<std::string> sentences;
  for (reads::Key key : reads.keys) {
    if (sentences.size() >= kReadsShownMax) return sentences;
    sentences.push_back(reads::describe(key, names_));
  }
  for (const reads::Span& span : reads.spans) {
    if (sentences.size() >= kReadsShownMax) return sentences;
    sentences.push_back(reads::describe(span, names_));
  }
  return sentences;
}

}  // namespace stet::pipeline

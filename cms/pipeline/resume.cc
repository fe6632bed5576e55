// Pipeline's memory beyond the process: taking over what the last one knew, and keeping it for the
// next.

#include <algorithm>

#include "cms/pipeline/pipeline.h"

namespace stet::pipeline {
namespace {

constexpr std::string_view kPage = "page:";

// The output path of a page's node; none of a rendition's.
std::optional<std::string_view> page_of(std::string_view node) {
  if (!node.starts_with(kPage)) return std::nullopt;
  return node.substr(kPage.size());
}

}  // namespace

bool Pipeline::is_live_trusted() const {
  publish::LivePointer live = publisher_.live();
  if (!live || !versions_->open(live->commit)) return false;
  if (live->settings == options_.settings) return true;
  if (!options_.site.theme) return false;
  auto theme = site::default_theme(options_.site.theme);
  return theme && live->settings ==
                      Fingerprinter().add(options_.settings).add((*theme)->fingerprint).finish();
}

std::optional<Start> Pipeline::start() const {
  std::lock_guard lock(mutex_);
  return start_;
}

// How many nodes were taken over; why none were, and then nothing is.
Result<std::size_t> Pipeline::resume() {
  if (options_.state_folder.empty()) return not_found("nothing is kept");
  saved_ = std::make_unique<SavedState>(
      SavedState::Options{
          .folder = options_.state_folder, .settings = options_.settings, .note = options_.note},
      names_);
  publish::LivePointer newest = publisher_.newest();
  if (!newest) return not_found("nothing was published yet");
  std::vector<std::string> notices;
  auto saved = saved_->load(newest->number, notices);
  for (const std::string& notice : notices) {
    if (options_.note) options_.note(notice);
  }
  if (!saved) return saved.error();
  if (saved->mark.number == 0) {
    return not_found(notices.empty() ? "nothing was kept" : std::move(notices.back()));
  }
  publish::LivePointer base = publisher_.find(saved->mark.number);
  if (!base || base->commit != saved->mark.commit || base->instant != saved->mark.instant) {
    return not_found("what was kept is of publication " + std::to_string(saved->mark.number) +
                     ", which the journal does not have");
  }
  const CommitId commit = base->commit;
  auto last_changed =
      saved->history
          ? versions_->last_changed(saved->history->last_changed, saved->history->commit, commit)
          : versions_->last_changed({}, std::nullopt, commit);
  last_changed_ = TRY(std::move(last_changed));
  Sites sites = TRY(sites_of(commit, TRY(source_of(commit, base->instant))));
  TRY(check_fits(*saved, *sites.shown, *base));
  for (publish::Change& change : changes_between(newest->manifest, base->manifest)) {
    carried_.insert_or_assign(change.path.string(), std::move(change));
  }
  set_site(std::move(sites), commit);
  std::size_t nodes = saved->nodes.size();
  take_over(std::move(*saved));
  if (base == newest) {
    auto last = std::make_shared<Published>();
    last->live = newest;
    last_ = std::move(last);
  }
  return nodes;
}

// Each page of the site is known, and no other.
Status Pipeline::check_fits(const SavedSite& saved,
                            const site::Site& site,
                            const publish::Live& base) const {
  if (settings_of(site) != base.settings) return conflict("the theme is another now");
  std::size_t pages = 0, missing = 0;
  for (const auto& [node, known] : saved.nodes) pages += page_of(names_.name_of(node)).has_value();
  site.for_each_output([&](const std::string& path, const site::Output&) {
    auto known = saved.nodes.find(render::page_node(names_, path));
    bool is_known =
        known != saved.nodes.end() && (known->second.has_reads || known->second.is_stale);
    is_known ? --pages : ++missing;
  });
  if (pages == 0 && missing == 0) return {};
  return conflict("what was kept does not fit the site that its commit gives");
}

// A page that is stale here may have been filled in the journal: it is right as long as the site
// stays, but nobody knows what it has read.
void Pipeline::take_over(SavedSite saved) {
  publish::LivePointer base = publisher_.find(saved.mark.number);
  std::vector<dirty::NodeId> nodes;
  for (const auto& [node, known] : saved.nodes) nodes.push_back(node);
  std::sort(nodes.begin(), nodes.end());
  for (dirty::NodeId node : nodes) {
    SavedNode& known = saved.nodes.at(node);
    if (known.has_reads) graph_.set_reads(node, std::move(known.reads));
    if (known.value) renditions_.set_value(node, *known.value);
    auto page = page_of(names_.name_of(node));
    if (!page) continue;
    std::string path(*page);
    page_problems_.set(path, std::move(known.problems));
    if (!known.reasons.empty()) last_reasons_[path] = std::move(known.reasons);
    if (!known.is_stale) continue;
    stale_.insert(path);
    auto output = publish::OutputPath::parse(path);
    const publish::ManifestEntry* entry = base->manifest.find(path);
    if (!output || !entry || entry->is_stale()) continue;
    carried_.insert_or_assign(
        path, publish::Change{*output, publish::ManifestEntry::stale(*entry->page())});
  }
  graph_.take_touched();
  for (const auto& [how, printed] : saved.instants) instants_.note(how, printed);
}

void Pipeline::owe(const Work& work) {
  last_ = nullptr;
  is_all_owed_ = is_all_owed_ || work.replaces_all;
  publish::LivePointer newest = publisher_.newest();
  for (const auto& [path, reasons] : work.dirty) {
    auto output = publish::OutputPath::parse(path);
    if (!output) continue;
    const publish::ManifestEntry* entry = newest ? newest->manifest.find(path) : nullptr;
    std::optional<publish::Page> last_good;
    if (entry && entry->page()) last_good = *entry->page();
    carried_.insert_or_assign(
        path, publish::Change{*output, publish::ManifestEntry::stale(std::move(last_good))});
    stale_.insert(path);
    noted_.insert(render::page_node(names_, path));
  }
  for (const std::string& path : work.removed) {
    auto output = publish::OutputPath::parse(path);
    if (output) carried_.insert_or_assign(path, publish::Change{*output, std::nullopt});
  }
}

std::vector<publish::Change> Pipeline::with_carried(std::vector<publish::Change> changes) {
  if (carried_.empty()) return changes;
  std::vector<publish::Change> all;
  for (const auto& [path, change] : carried_) all.push_back(change);
  std::move(changes.begin(), changes.end(), std::back_inserter(all));
  return all;
}

SavedNode Pipeline::saved_node(dirty::NodeId node, bool keeps_reads) const {
  SavedNode saved;
  const reads::Reads* reads = graph_.reads_of(node);
  saved.has_reads = reads && !keeps_reads;
  saved.keeps_reads = reads && keeps_reads;
  if (saved.has_reads) saved.reads = *reads;
  auto page = page_of(names_.name_of(node));
  if (!page) {
    if (reads) saved.value = renditions_.value_of(node);
    return saved;
  }
  saved.is_stale = stale_.contains(std::string(*page));
  saved.problems = page_problems_.of(*page);
  if (auto it = last_reasons_.find(*page); it != last_reasons_.end()) saved.reasons = it->second;
  return saved;
}

// What cannot be kept costs the next start, and nobody else.
void Pipeline::save(const publish::Live& newest, bool is_whole) {
  if (saved_files_) saved_files_->save(site_->blobs());
  if (!saved_) return;
  const SavedMark mark{newest.number, newest.commit, newest.instant};
  const SavedHistory history{*commit_, last_changed_};
  const SavedInstants instants = instants_.seen();
  std::vector<dirty::NodeId> touched = graph_.take_touched();
  std::vector<dirty::NodeId> nodes;
  std::set_union(
      touched.begin(), touched.end(), noted_.begin(), noted_.end(), std::back_inserter(nodes));
  noted_.clear();
  auto what_is_new = [&](dirty::NodeId node) {
    return saved_node(node, !std::binary_search(touched.begin(), touched.end(), node));
  };
  Status saved = is_whole ? Status(unavailable("all is new"))
                          : saved_->save(mark, nodes, what_is_new, instants, history);
  if (saved) return;
  std::vector<dirty::NodeId> all = graph_.nodes();
  for (const std::string& path : stale_) {
    dirty::NodeId node = render::page_node(names_, path);
    if (!graph_.reads_of(node)) all.push_back(node);
  }
  saved = saved_->save_whole(
      mark, all, [&](dirty::NodeId node) { return saved_node(node, false); }, instants, history);
  if (!saved && options_.note) options_.note("keep what was rendered: " + saved.error().message);
}

}  // namespace stet::pipeline

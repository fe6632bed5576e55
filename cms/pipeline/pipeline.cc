#include "cms/pipeline/pipeline.h"

#include <tuple>

#include "cms/pipeline/build_once.h"
#include "cms/pipeline/for_all.h"
#include "cms/pipeline/instant_changes.h"
#include "cms/pipeline/wave_renditions.h"

namespace stet::pipeline {
namespace {

// Adds what the clock says it took to `sum` when it goes.
class Timer {
 public:
  Timer(const Clock& clock, std::int64_t& sum)
      : clock_(clock), sum_(sum), begin_(clock.monotonic_ns()) {}
  ~Timer() { sum_ += clock_.monotonic_ns() - begin_; }

 private:
  const Clock& clock_;
  std::int64_t& sum_;
  const std::int64_t begin_;
};

constexpr char kStart[] = "is rendered with all others when the server starts";

std::shared_ptr<SavedFiles> saved_files(const PipelineOptions& options) {
  if (options.state_folder.empty()) return nullptr;
  return std::make_shared<SavedFiles>(SavedFiles::Options{
      .folder = options.state_folder, .settings = options.settings, .note = options.note});
}

PipelineOptions completed(PipelineOptions options, std::shared_ptr<SavedFiles> saved) {
  options.site.for_all = told(for_all_with(options.threads), options.progress, kReading);
  options.site.texts = std::make_shared<site::Texts>(options.text_bytes_max);
  options.site.known = std::move(saved);
  return options;
}

DirtyPage dirty_page(const std::string& path, const dirty::Reasons& reasons) {
  auto output = publish::OutputPath::parse(path);
  return {path, output ? publish::url_of(*output) : "", reasons};
}

}  // namespace

Pipeline::Pipeline(const storage::Repository& repository,
                   publish::Store& store,
                   publish::Publisher& publisher,
                   const Clock& clock,
                   PipelineOptions options)
    : Pipeline(
          std::make_unique<GitVersions>(repository), store, publisher, clock, std::move(options)) {}

Pipeline::Pipeline(std::unique_ptr<const Versions> versions,
                   publish::Store& store,
                   publish::Publisher& publisher,
                   const Clock& clock,
                   PipelineOptions options)
    : versions_(std::move(versions)),
      store_(store),
      publisher_(publisher),
      clock_(clock),
      saved_files_(saved_files(options)),
      options_(completed(std::move(options), saved_files_)),
      program_(*versions_, options_.site.overrides),
      builder_(options_.site, names_),
      renditions_(options_.rendition_bytes_max),
      freshener_([this](const site::SitePtr& site, const std::string& path) {
        return make_apart(site, path);
      }) {}

Pipeline::~Pipeline() = default;

Result<PublishedPtr> Pipeline::publish(const CommitId& commit) {
  Turn turn(*this);
  return publish_locked(commit);
}

Result<PublishedPtr> Pipeline::publish_head(std::string_view branch) {
  const std::uint64_t looked = heads_read_;
  Turn turn(*this);
  // A head that was read since this call came has the caller's commit below it.
  bool is_covered = last_ && covered_.head > looked && covered_.branch == branch;
  if (is_covered) return last_;
  const std::uint64_t this_head = ++heads_read_;
  auto head = TRY(versions_->head(branch));
  if (!head) return not_found("branch '" + std::string(branch) + "' has no commit yet");
  auto published = TRY(publish_locked(*head));
  covered_ = {this_head, std::string(branch)};
  return published;
}

// The sentence: the diff from what is rendered, the dirty pages, their renditions, live.
Result<PublishedPtr> Pipeline::publish_locked(const CommitId& commit) {
  if (!site_) return first_publication(commit);
  if (is_live_already(commit)) return last_;
  TRY(absorb());
  if (is_set_back()) {
    return make_live(TRY(begin(commit, "is rendered with all others, for time was set back")));
  }
  auto work = advance(commit, clock_.now());
  if (!work && is_lost(*commit_, commit)) {
    std::string lost = "commit " + commit_->hex() + ", which was live, is not there any more";
    if (options_.note) options_.note(lost + "; all pages are rendered anew");
    work = begin(commit, "is rendered with all others, for " + lost);
  }
  return make_live(TRY(std::move(work)));
}

bool Pipeline::is_live_already(const CommitId& commit) const {
  if (commit_ != commit || !last_) return false;
  return !options_.is_time_told || !options_.is_time_told() || clock_.now() == site_->instant();
}

bool Pipeline::is_set_back() const {
  const bool may_be = options_.may_go_back || (options_.is_time_told && options_.is_time_told());
  return may_be && clock_.now() < site_->instant();
}

bool Pipeline::is_lost(const CommitId& rendered, const CommitId& wanted) const {
  return !versions_->compare(rendered, wanted) && versions_->open(wanted).has_value();
}

Result<PublishedPtr> Pipeline::first_publication(const CommitId& commit) {
  Start start;
  std::optional<Timer> timer(std::in_place, clock_, start.took_ns);
  if (saved_files_) saved_files_->load();
  auto resumed = resume();
  start.is_warm = resumed.has_value();
  if (resumed) {
    start.nodes = *resumed;
    rendered_site_ = site_.get();
  } else {
    start.why_cold = resumed.error().message;
  }
  if (resumed && last_) {
    freshener_.prepare({.number = last_->live->number, .site = site_});
    freshener_.promote();
  }
  if (!resumed || !is_live_already(commit)) {
    const bool goes_on = resumed && !is_set_back();
    TRY(make_live(goes_on ? TRY(advance(commit, clock_.now())) : TRY(begin(commit, kStart))));
    start.rendered = last_->pages.size();
  }
  if (saved_files_) saved_files_->end_start(site_->blobs());
  timer.reset();
  start_ = std::move(start);
  return last_;
}

Result<PublishedPtr> Pipeline::pass_time() {
  auto is_due = [&] {
    auto moment = next_moment();
    return moment && *moment <= clock_.now();
  };
  if (!is_due()) return PublishedPtr();
  Turn turn(*this);
  if (!is_due()) return PublishedPtr();
  Instant now = clock_.now();
  return make_live(TRY(advance(*commit_, now)));
}

std::optional<Instant> Pipeline::next_moment() const {
  std::optional<Instant> next;
  for (const site::SitePtr& site : {public_site(), site()}) {
    auto moment = site ? site->next_moment() : std::nullopt;
    if (moment && (!next || *moment < *next)) next = moment;
  }
  return next;
}

Result<site::SiteSource> Pipeline::source_of(const CommitId& commit, Instant instant) const {
  site::SiteSource source;
  source.snapshot = TRY(versions_->open(commit));
  source.instant = instant;
  source.last_changed = last_changed_;
  source.schedule = TRY(versions_->schedule(commit));
  return source;
}

Result<Pipeline::Sites> Pipeline::sites_of(const CommitId& commit, site::SiteSource source) const {
  PublicSource shown = TRY(program_.shown(source, commit));
  Sites sites{.shown = TRY(builder_.build(std::move(shown.source))), .face = shown.face};
  sites.whole = sites.shown;
  if (!shown.face.is_held_back()) return sites;
  const Face whole{.snapshot = source.snapshot};
  storage::Diff diff = TRY(ReleasedProgram::diff_between(shown.face, whole, {}));
  sites.whole = TRY(builder_.advance(sites.shown, diff, std::move(source))).site;
  return sites;
}

// Nothing is known of before, or nothing of it counts. Failure leaves all as it was.
Result<Pipeline::Work> Pipeline::begin(const CommitId& commit, const std::string& reason) {
  Work work;
  work.replaces_all = true;
  std::optional<Timer> timer(std::in_place, clock_, work.timings.diff);
  auto last_changed = TRY(versions_->last_changed({}, std::nullopt, commit));
  std::swap(last_changed_, last_changed);
  auto source = source_of(commit, clock_.now());
  auto sites = source ? sites_of(commit, *std::move(source)) : Result<Sites>(source.error());
  if (!sites) {
    last_changed_ = std::move(last_changed);
    return std::move(sites).error();
  }
  rendered_site_ = nullptr;
  graph_ = {};
  renditions_.clear();
  page_problems_.clear();
  last_reasons_.clear();
  stale_.clear();
  carried_.clear();
  noted_.clear();
  set_site(*std::move(sites), commit);
  rendered_site_ = site_.get();
  site_->for_each_output([&](const std::string& path, const site::Output&) {
    work.dirty[path] = {reason};
    work.first.insert(path);
  });
  timer.reset();
  return work;
}

Result<Pipeline::Work> Pipeline::advance(const CommitId& commit, Instant instant) {
  Work work;
  std::optional<Timer> timer(std::in_place, clock_, work.timings.diff);
  storage::Diff diff = TRY(versions_->compare(*commit_, commit));
  site::SiteSource source = TRY(source_of(commit, instant));
  source.last_changed = TRY(versions_->last_changed(last_changed_, commit_, commit));
  storage::LastChanged last_changed = source.last_changed;  // ours once the site has moved on
  PublicSource shown = TRY(program_.shown(source, commit));
  storage::Diff public_diff = TRY(ReleasedProgram::diff_between(face_, shown.face, diff));
  auto advanced = TRY(builder_.advance(site_, public_diff, std::move(shown.source)));
  Sites sites{.shown = advanced.site, .whole = advanced.site, .face = std::move(shown.face)};
  if (sites.face.is_held_back()) {
    sites.whole = TRY(builder_.advance(whole_, diff, std::move(source))).site;
  }
  last_changed_ = std::move(last_changed);
  timer.emplace(clock_, work.timings.dirty);
  add_changed_instants(advanced.changes, *advanced.site, instants_.seen());
  rendered_site_ = nullptr;
  forget_vanished(advanced.changes);
  set_site(std::move(sites), commit);
  render::Renderer renderer(site_, tools(renditions_));
  WaveRenditions wave_renditions(renderer, renditions_, &graph_, for_all_with(options_.threads));
  dirty::Wave wave(graph_, names_, wave_renditions);
  for (const std::string& path : advanced.changes.outputs) {
    if (!site_->find_output(path)) {
      work.removed.push_back(path);
    } else {
      wave.add(render::page_node(names_, path), "is made by another file than before, or is new");
      work.first.insert(path);
    }
  }
  wave.spread(advanced.changes);
  note_fresh_renditions();
  rendered_site_ = site_.get();
  for (const auto& [node, reasons] : wave.pages()) {
    std::string path(names_.name_of(node).substr(std::string_view("page:").size()));
    if (site_->find_output(path)) work.dirty.emplace(std::move(path), reasons);
  }
  for (const storage::FileChange& change : public_diff) {
    const site::SourceFile* source = site_->find_source(change.path.string());
    if (!source) continue;
    for (const auto& document : source->documents) work.first.insert(document->facts().output_path);
  }
  timer.reset();
  return work;
}

void Pipeline::set_site(Sites sites, const CommitId& commit) {
  std::lock_guard lock(site_mutex_);
  site_.swap(sites.shown);  // those before are freed after the lock
  whole_.swap(sites.whole);
  face_ = std::move(sites.face);
  commit_ = commit;
}

// Outputs without a source read nothing any more; and what was made of a document that went must
// not be taken for one that comes under the same name.
void Pipeline::forget_vanished(const site::Changes& changes) {
  for (const std::string& subject : changes.subjects) {
    for (reads::NameId node : render::nodes_of_document(names_, subject)) {
      graph_.remove(node);
      renditions_.drop(node);
    }
  }
  for (const std::string& path : changes.outputs) {
    graph_.remove(render::page_node(names_, path));
    page_problems_.set(path, {});
    last_reasons_.erase(path);
    stale_.erase(path);
  }
}

// A publication that failed is made up for.
Status Pipeline::settle() {
  if (site_ && !last_) TRY(make_live(TRY(advance(*commit_, site_->instant()))));
  return {};
}

Result<PublishedPtr> Pipeline::make_live(Work work) {
  auto published = std::make_shared<Published>();
  Status made = make_live(work, *published);
  if (!made) {
    freshener_.withdraw();
    return std::move(made).error();
  }
  templates_.forget_unused(4096);
  last_ = published;
  return PublishedPtr(published);
}

// What was edited is rendered now, and so is the rest unless there is much of it.
Status Pipeline::make_live(Work& work, Published& published) {
  std::vector<std::string> now, later;
  bool is_few = work.replaces_all || work.dirty.size() <= options_.eager_pages_max;
  for (const auto& [path, reasons] : work.dirty) {
    (is_few || work.first.contains(path) ? now : later).push_back(path);
    last_reasons_[path] = reasons;
  }
  std::optional<Timer> timer(std::in_place, clock_, work.timings.render);
  auto made = render(now);
  if (!made) {
    owe(work);
    return std::move(made).error();
  }
  Rendered rendered = *std::move(made);
  timer.emplace(clock_, work.timings.publish);
  std::vector<publish::Change> changes = std::move(rendered.changes);
  for (publish::Change& change : make_stale(later)) changes.push_back(std::move(change));
  for (const std::string& path : work.removed) {
    auto output = publish::OutputPath::parse(path);
    if (!output) continue;
    rendered.changed_urls.push_back(publish::url_of(*output));
    changes.push_back({*std::move(output), std::nullopt});
  }
  publish::LivePointer before = publisher_.newest();
  freshener_.prepare({.number = (before ? before->number : 0) + 1,
                      .site = site_,
                      .linking = later.empty() ? std::set<std::string>() : linking_to(work.first)});
  published.live = TRY(publish_changes(changes, work.replaces_all));
  freshener_.promote();
  timer.reset();
  for (const std::string& path : now) published.pages.push_back(dirty_page(path, work.dirty[path]));
  for (const std::string& path : later) {
    published.stale.push_back(dirty_page(path, work.dirty[path]));
  }
  published.changed_urls = std::move(rendered.changed_urls);
  published.timings = work.timings;
  ++counts_.publications;
  counts_.diff_ns += work.timings.diff;
  counts_.dirty_ns += work.timings.dirty;
  counts_.render_ns += work.timings.render;
  counts_.publish_ns += work.timings.publish;
  counts_.rendered += now.size();
  if (options_.tell) options_.tell({published.live, &published, changes});
  return {};
}

std::vector<publish::Change> Pipeline::make_stale(const std::vector<std::string>& paths) {
  std::vector<publish::Change> changes;
  changes.reserve(paths.size());
  publish::LivePointer before = publisher_.newest();
  for (const std::string& path : paths) {
    auto output = publish::OutputPath::parse(path);
    if (!output) continue;
    const publish::ManifestEntry* entry = before ? before->manifest.find(path) : nullptr;
    std::optional<publish::Page> last_good;
    if (entry && entry->page()) last_good = *entry->page();
    changes.push_back({*std::move(output), publish::ManifestEntry::stale(std::move(last_good))});
    stale_.insert(path);
    noted_.insert(render::page_node(names_, path));
  }
  return changes;
}

// Those that have read where one of these pages is.
std::set<std::string> Pipeline::linking_to(const std::set<std::string>& pages) const {
  constexpr std::size_t kLinkingMax = 1000;
  std::set<std::string> linking;
  auto add = [&](dirty::NodeId node) {
    if (linking.size() >= kLinkingMax) return;
    std::string_view name = names_.name_of(node);
    std::string_view kind = name.substr(0, name.find(':') + 1);
    name.remove_prefix(kind.size());
    if (kind == "page:") linking.emplace(name);
    if (kind != "content:") return;
    if (auto document = site_->find_document(name)) linking.insert(document->facts().output_path);
  };
  for (const std::string& path : pages) {
    const site::Output* output = site_->find_output(path);
    if (!output || output->is_static) continue;
    const auto& document = static_cast<const site::Document&>(*output->item);
    graph_.readers_of({reads::Kind::kField, document.subject(), names_.id_of("url")}, add);
  }
  return linking;
}

Result<publish::LivePointer> Pipeline::publish_changes(const std::vector<publish::Change>& changes,
                                                       bool replaces_all) {
  publish::Publication publication;
  publication.commit = *commit_;
  publication.instant = site_->instant();
  publication.url = site_->config().text("url");
  publication.baseurl = site_->config().text("baseurl");
  while (publication.baseurl.ends_with('/')) publication.baseurl.pop_back();
  publication.settings = settings_of(*site_);
  publication.changes = with_carried(changes);
  publication.replaces_all = replaces_all || is_all_owed_;
  is_all_owed_ = publication.replaces_all;
  auto published = publisher_.publish(publication);
  if (!published) {
    last_ = nullptr;
    for (publish::Change& change : publication.changes) {
      carried_.insert_or_assign(change.path.string(), std::move(change));
    }
    return published;
  }
  carried_.clear();
  save(**published, is_all_owed_);
  is_all_owed_ = false;
  return published;
}

Fingerprint Pipeline::settings_of(const site::Site& site) const {
  return pipeline::settings_of(options_.settings, site);
}

render::Tools Pipeline::tools(render::Renditions& renditions) const {
  return {templates_,
          renditions,
          instants_,
          options_.limits,
          options_.sheets.get(),
          options_.pictures.get(),
          options_.files.get()};
}

void Pipeline::note_fresh_renditions() {
  for (auto& [node, reads] : renditions_.take_fresh()) graph_.set_reads(node, std::move(reads));
}

site::SitePtr Pipeline::site() const {
  std::lock_guard lock(site_mutex_);
  return whole_;
}

site::SitePtr Pipeline::public_site() const {
  std::lock_guard lock(site_mutex_);
  return site_;
}

std::optional<CommitId> Pipeline::commit() const {
  std::lock_guard lock(site_mutex_);
  return commit_;
}

// Each once, though many pages have it.
Problems Pipeline::problems() const {
  auto is_less = [](const Problem& a, const Problem& b) {
    return std::tie(a.path, a.line, a.column, a.message, a.severity) <
           std::tie(b.path, b.line, b.column, b.message, b.severity);
  };
  site::SitePtr site = this->site();
  Problems problems = site ? site->problems() : Problems();
  {
    std::lock_guard lock(site_mutex_);
    problems.insert(problems.end(), face_.problems.begin(), face_.problems.end());
  }
  std::set<Problem, decltype(is_less)> known(problems.begin(), problems.end(), is_less);
  for (Problem& problem : page_problems_.all()) {
    if (known.insert(problem).second) problems.push_back(std::move(problem));
  }
  return problems;
}

Problems Pipeline::problems_of(std::string_view output_path) const {
  return page_problems_.of(output_path);
}

Counts Pipeline::counts() const {
  return {.publications = counts_.publications,
          .rendered = counts_.rendered,
          .freshened = counts_.freshened,
          .overtaken = counts_.overtaken,
          .audited = counts_.audited,
          .mismatches = counts_.mismatches,
          .missed_reads = counts_.missed_reads,
          .took = {.diff = counts_.diff_ns,
                   .dirty = counts_.dirty_ns,
                   .render = counts_.render_ns,
                   .publish = counts_.publish_ns}};
}

}  // namespace stet::pipeline

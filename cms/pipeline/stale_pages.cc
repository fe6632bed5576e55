// Pipeline's patience: pages that a publication left stale, rendered without its lock.

#include <utility>

#include "cms/pipeline/for_all.h"
#include "cms/pipeline/pipeline.h"

namespace stet::pipeline {
namespace {

constexpr int kAttemptsMax = 8;  // each fails only where a publication was made meanwhile

}  // namespace

// What is known of the site helps, as long as it is of this site from the beginning to the end;
// else the page is made of the site alone.
Result<MadePage> Pipeline::make_apart(const site::SitePtr& site, const std::string& path) const {
  auto make = [&](std::shared_ptr<Notes> notes) -> Result<MadePage> {
    render::Tools own = tools(notes->renditions);
    render::Renderer renderer(site,
                              {own.templates,
                               own.renditions,
                               notes->instants,
                               own.limits,
                               own.sheets,
                               own.pictures,
                               own.files});
    MadePage made = TRY(make_page(renderer, site, store_, path));
    made.notes = std::move(notes);
    return made;
  };
  if (rendered_site_ == site.get()) {
    auto made = make(std::make_shared<Notes>(renditions_));
    if (rendered_site_ == site.get()) return made;
  }
  return make(std::make_shared<Notes>());
}

Result<publish::Page> Pipeline::freshen(std::string_view output_path) {
  std::string path(output_path);
  if (!is_ready()) return unavailable("the site is being made ready");
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    const publish::Shown shown = publisher_.shown();
    const publish::LivePointer& live = shown.live;
    const publish::ManifestEntry* entry = live ? live->manifest.find(path) : nullptr;
    if (!entry) return not_found("there is no page '" + path + "'");
    if (!entry->is_stale()) return *entry->page();
    Freshener::GroundPtr ground = freshener_.ground_of(live->number);
    if (!ground) {
      if (shown.hold) return page_of_past(live, path);
      continue;
    }
    Freshener::Outcome outcome = freshener_.freshen(ground, path);
    if (outcome.error) return *std::move(outcome.error);
    // Where the lock is not free, its holder or fill() takes the page in.
    if (std::unique_lock lock(mutex_, std::try_to_lock); lock) [[maybe_unused]]
      Status later = absorb();
    if (outcome.page) return *std::move(outcome.page);
    if (entry->page()) return *entry->page();
    return internal("the page '" + path + "' cannot be rendered");
  }
  return unavailable("the site changes faster than this page can be rendered; try again");
}

// Under the lock: what has been rendered for readers and by fill() becomes part of the publication.
Status Pipeline::absorb() {
  std::vector<MadePage> pages = freshener_.take_finished();
  std::size_t finished = pages.size();
  std::vector<std::string> known;  // of those there is an entry to look at from now on
  for (const MadePage& made : pages) {
    if (made.site == site_) known.push_back(made.path);
  }
  publish::LivePointer newest = publisher_.newest();
  std::erase_if(pages, [&](const MadePage& made) {
    const publish::ManifestEntry* entry = newest->manifest.find(made.path);
    return made.site != site_ || !entry || !entry->is_stale();
  });
  counts_.freshened += pages.size();
  counts_.overtaken += finished - pages.size();
  std::vector<std::string> paths;
  for (const MadePage& made : pages) paths.push_back(made.path);
  Status filled = pages.empty() ? Status() : fill_in(take_in(std::move(pages)).changes);
  if (!filled) stale_.insert(paths.begin(), paths.end());
  freshener_.forget(known);
  return filled;
}

Status Pipeline::fill_in(const std::vector<publish::Change>& changes) {
  publish::LivePointer newest = publisher_.newest();
  newest = TRY(publisher_.fill(newest->number, changes));
  save(*newest, false);
  if (options_.tell) options_.tell({newest, nullptr, changes});
  return {};
}

Status Pipeline::mend(std::string_view output_path) {
  if (!site()) return unavailable("the site is being made ready");
  std::lock_guard lock(mutex_);
  TRY(settle());  // else a page of the newer site would come into the older one's publication
  std::string path(output_path);
  if (!site_->find_output(path)) return not_found("there is no page '" + path + "'");
  Rendered rendered = TRY(render({path}));
  publish::LivePointer newest = publisher_.newest();
  std::erase_if(rendered.changes, [&](const publish::Change& change) {
    const publish::ManifestEntry* entry = newest->manifest.find(change.path.view());
    return entry && change.entry && *entry == *change.entry;
  });
  return rendered.changes.empty() ? Status() : fill_in(rendered.changes);
}

Result<std::size_t> Pipeline::fill(std::size_t pages_max, std::int64_t ns_max) {
  std::lock_guard one_at_a_time(fill_mutex_);
  auto take_in_finished = [this]() -> Status {
    std::lock_guard lock(mutex_);  // a publication that is at work is waited for
    TRY(settle());
    return absorb();
  };
  auto stale_count = [this] {
    publish::LivePointer newest = publisher_.newest();
    return newest ? newest->manifest.stale_count() : 0;
  };
  TRY(take_in_finished());
  Freshener::GroundPtr ground = freshener_.current();
  publish::LivePointer newest = publisher_.newest();
  if (!ground || !newest || ground->number != newest->number) return stale_count();
  if (newest->manifest.stale_count() == 0) return std::size_t{0};
  std::vector<std::string> paths = fill_order_.next(*newest, ground->linking, demand_, pages_max);
  const std::int64_t begin = clock_.monotonic_ns();
  std::atomic<std::size_t> begun{0};
  std::atomic<bool> is_over{false};
  std::mutex error_mutex;
  std::optional<Error> error;
  for_all_with(options_.threads)(paths.size(), [&](std::size_t i) {
    if (turns_ > 0 || clock_.monotonic_ns() - begin > ns_max) is_over = true;
    if (is_over) return;
    ++begun;
    // A reader may have been faster.
    const publish::LivePointer now = publisher_.newest();
    const publish::ManifestEntry* entry = now->manifest.find(paths[i]);
    bool is_stale = entry && entry->is_stale();
    if (!is_stale || freshener_.is_taken(ground, paths[i])) return;
    Freshener::Outcome outcome = freshener_.freshen(ground, paths[i]);
    if (!outcome.error) return;
    is_over = true;  // the next page will fare no better
    std::lock_guard lock(error_mutex);
    error = std::move(outcome.error);
  });
  if (!error) fill_order_.took(begun);  // else those that were made are passed over next time
  TRY(take_in_finished());
  if (error) return *std::move(error);
  return stale_count();
}

}  // namespace stet::pipeline

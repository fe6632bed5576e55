// Pipeline's memory: pages of publications that are kept, whether or not they were ever rendered.

#include "cms/pipeline/pipeline.h"

namespace stet::pipeline {

// Of nothing: a site never goes back in time. That it is of other settings is remembered as well:
// to find that out has cost a build.
Result<site::SitePtr> Pipeline::site_of_past(const publish::Live& past) {
  if (past_number_ != past.number) {
    site::SiteSource source;
    source.snapshot = TRY(versions_->open(past.commit));
    source.instant = past.instant;
    source.last_changed = TRY(versions_->last_changed({}, std::nullopt, past.commit));
    site::Builder builder(options_.site, names_);
    site::SitePtr site = TRY(builder.build(std::move(source)));
    past_pages_.clear();
    past_site_ = past.settings == settings_of(*site) ? std::move(site) : nullptr;
    past_number_ = past.number;
  }
  if (past_site_) return past_site_;
  return not_found(
      "this page was never rendered, and cannot be any more: the server's settings have changed "
      "since");
}

Result<publish::Page> Pipeline::page_of_past(const publish::LivePointer& past,
                                             std::string_view path) {
  const publish::ManifestEntry* entry = past->manifest.find(path);
  if (!entry) return not_found("there is no page '" + std::string(path) + "'");
  if (!entry->is_stale()) return *entry->page();
  if (Freshener::GroundPtr ground = freshener_.ground_of(past->number)) {
    Freshener::Outcome outcome = freshener_.freshen(ground, std::string(path));
    if (outcome.page) return *std::move(outcome.page);
  }
  std::lock_guard lock(past_mutex_);
  site::SitePtr site = TRY(site_of_past(*past));
  if (auto known = past_pages_.find(path); known != past_pages_.end()) return known->second;
  MadePage made = TRY(make_apart(site, std::string(path)));
  if (!made.stored && entry->page()) made.stored = *entry->page();
  if (!made.stored) return internal("the page '" + std::string(path) + "' cannot be rendered");
  past_pages_.emplace(path, *made.stored);
  return *std::move(made.stored);
}

}  // namespace stet::pipeline

// Pipeline's memory: pages of publications that are kept, whether or not they were ever rendered.

#include <algorithm>

#include "cms/pipeline/pipeline.h"

namespace stet::pipeline {
namespace {

// Several people may look at several publications; each costs what a site costs, so of large ones
// fewer are held, and always the one that was asked for last.
constexpr std::size_t kPastSitesMax = 4;
constexpr std::size_t kPastDocumentsMax = 50'000;

}  // namespace

// Of nothing: a site never goes back in time.
Result<Pipeline::PastSite> Pipeline::build_past(const publish::Live& past) const {
  site::SiteSource source;
  source.snapshot = TRY(versions_->open(past.commit));
  source.instant = past.instant;
  source.last_changed = TRY(versions_->last_changed({}, std::nullopt, past.commit));
  source.schedule = TRY(versions_->schedule(past.commit));
  site::Builder builder(options_.site, names_);
  PublicSource shown = TRY(program_.shown(std::move(source), past.commit));
  site::SitePtr site = TRY(builder.build(std::move(shown.source)));
  if (past.settings != settings_of(*site)) site = nullptr;
  return PastSite{past.number, std::move(site)};
}

// That one is of other settings is remembered as well: to find that out has cost a build.
Result<Pipeline::PastSite*> Pipeline::site_of_past(const publish::Live& past) {
  auto known = std::find_if(past_sites_.begin(), past_sites_.end(), [&](const PastSite& one) {
    return one.number == past.number;
  });
  if (known == past_sites_.end()) {
    past_sites_.push_front(TRY(build_past(past)));
  } else {
    past_sites_.splice(past_sites_.begin(), past_sites_, known);
  }
  std::size_t held = 0, documents = 0;
  for (auto it = past_sites_.begin(); it != past_sites_.end();) {
    documents += it->site ? it->site->documents().size() : 0;
    const bool is_kept = ++held == 1 || (held <= kPastSitesMax && documents <= kPastDocumentsMax);
    it = is_kept ? std::next(it) : past_sites_.erase(it);
  }
  if (past_sites_.front().site) return &past_sites_.front();
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
  PastSite& found = *TRY(site_of_past(*past));
  // No manifest has it, so the store may have thrown its bytes away.
  auto known = found.pages.find(path);
  if (known != found.pages.end() && store_.contains(known->second.content)) return known->second;
  MadePage made = TRY(make_apart(found.site, std::string(path)));
  if (!made.stored && entry->page()) made.stored = *entry->page();
  if (!made.stored) return internal("the page '" + std::string(path) + "' cannot be rendered");
  found.pages.insert_or_assign(std::string(path), *made.stored);
  return *std::move(made.stored);
}

}  // namespace stet::pipeline

#include <set>

#include "cms/change/terms.h"

namespace stet::change {
namespace {

// The files whose posts may count in another way than before.
std::set<std::string> touched_between(const site::Site& before, const site::Site& after) {
  std::set<std::string> paths;
  before.sources().compare(
      after.sources(),
      [](const site::SourceFilePtr& a, const site::SourceFilePtr& b) { return a == b; },
      [&](const std::string& path, const site::SourceFilePtr*, const site::SourceFilePtr*) {
        paths.insert(path);
      });
  before.documents().compare(
      after.documents(),
      [](const site::DocumentPtr& a, const site::DocumentPtr& b) { return a.get() == b.get(); },
      [&](const std::string&, const site::DocumentPtr* a, const site::DocumentPtr* b) {
        paths.insert((a ? *a : *b)->facts().path);
      });
  return paths;
}

}  // namespace

void TermCounts::add(Counts& counts,
                     const std::vector<std::string>& names,
                     bool is_shown,
                     int times) {
  for (const std::string& name : names) {
    Count& count = counts[name];
    count.posts += times;
    if (is_shown) count.shown += times;
    if (count.posts == 0) counts.erase(name);
  }
}

void TermCounts::add(const site::Site& site, const site::SourceFile& source, int times) {
  for (const site::DocumentPtr& document : source.documents) {
    const site::DocumentFacts& facts = document->facts();
    if (facts.kind != site::DocumentKind::kPost) continue;
    bool is_shown = site.find_document(facts.subject).get() == document.get();
    add(tags_, facts.tags, is_shown, times);
    add(categories_, facts.categories, is_shown, times);
  }
}

TermCountsPtr TermCounts::build(site::SitePtr site) {
  auto counts = std::shared_ptr<TermCounts>(new TermCounts(site));
  site->sources().for_each([&](const std::string&, const site::SourceFilePtr& source) {
    counts->add(*site, *source, 1);
  });
  return counts;
}

TermCountsPtr TermCounts::advance(site::SitePtr site) const {
  auto counts = std::shared_ptr<TermCounts>(new TermCounts(*this));
  counts->site_ = site;
  for (const std::string& path : touched_between(*site_, *site)) {
    if (const site::SourceFilePtr* before = site_->sources().find(path)) {
      counts->add(*site_, **before, -1);
    }
    if (const site::SourceFilePtr* after = site->sources().find(path)) {
      counts->add(*site, **after, 1);
    }
  }
  return counts;
}

std::vector<Term> TermCounts::terms(TermKind kind) const {
  std::vector<Term> terms;
  for (const auto& [name, count] : kind == TermKind::kTag ? tags_ : categories_) {
    terms.push_back({.name = name,
                     .posts = static_cast<std::size_t>(count.posts),
                     .shown = static_cast<std::size_t>(count.shown)});
  }
  return terms;
}

}  // namespace stet::change

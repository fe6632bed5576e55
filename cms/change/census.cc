#include "cms/change/census.h"

#include <algorithm>
#include <set>

namespace stet::change {
namespace {

using liquid::Type;
using liquid::Value;
using schema::Shape;

constexpr std::size_t kRangeFiles = 256;

// "" of what is no entry, or has no front matter.
std::string_view key_of(const site::SourceFile& source) {
  if (source.documents.empty()) return "";
  const site::DocumentFacts& facts = source.documents.front()->facts();
  if (!facts.file || !facts.file->has_front_matter) return "";
  switch (facts.kind) {
    case site::DocumentKind::kPost: return facts.is_draft ? "drafts" : "posts";
    case site::DocumentKind::kPage: return facts.subject == facts.path ? "pages" : "";
    case site::DocumentKind::kCollection: return facts.collection;
    case site::DocumentKind::kGenerated: return "";
  }
  return "";
}

bool are_maps(const std::vector<Value>& values) {
  return !values.empty() && std::all_of(values.begin(), values.end(), [](const Value& value) {
    return value.type() == Type::kHash;
  });
}

}  // namespace

void Census::count(const site::Site& site,
                   std::size_t begin,
                   std::size_t end,
                   std::vector<Range>& ranges) {
  for (std::size_t from = begin; from < end; from += kRangeFiles) {
    auto tallies = std::make_shared<Tallies>();
    std::string first;
    site.sources().for_range(
        from,
        std::min(end, from + kRangeFiles),
        [&](const std::string& path, const site::SourceFilePtr& source) {
          if (first.empty()) first = path;
          std::string_view key = key_of(*source);
          if (key.empty()) return;
          auto found = tallies->find(key);
          if (found == tallies->end()) found = tallies->emplace(key, schema::Tally()).first;
          found->second.add(*source->documents.front()->facts().file->front_matter);
        });
    if (ranges.empty()) first.clear();
    ranges.push_back({std::move(first), std::move(tallies)});
  }
}

CensusPtr Census::build(site::SitePtr site) {
  auto census = std::shared_ptr<Census>(new Census(std::move(site)));
  count(*census->site_, 0, census->site_->sources().size(), census->ranges_);
  return census;
}

CensusPtr Census::advance(site::SitePtr site) const {
  std::set<std::size_t> touched;
  site_->sources().compare(
      site->sources(),
      [](const site::SourceFilePtr& a, const site::SourceFilePtr& b) { return a == b; },
      [&](const std::string& path, const site::SourceFilePtr*, const site::SourceFilePtr*) {
        auto after = std::upper_bound(
            ranges_.begin(), ranges_.end(), path, [](const std::string& one, const Range& range) {
              return one < range.begin;
            });
        touched.insert(
            after == ranges_.begin() ? 0 : static_cast<std::size_t>(after - ranges_.begin()) - 1);
      });
  auto census = std::shared_ptr<Census>(new Census(std::move(site)));
  const auto& sources = census->site_->sources();
  if (ranges_.empty()) count(*census->site_, 0, sources.size(), census->ranges_);
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    if (!touched.contains(i)) {
      census->ranges_.push_back(ranges_[i]);
      continue;
    }
    std::size_t begin = sources.rank_of(ranges_[i].begin);
    std::size_t end =
        i + 1 < ranges_.size() ? sources.rank_of(ranges_[i + 1].begin) : sources.size();
    count(*census->site_, begin, end, census->ranges_);
  }
  if (!census->ranges_.empty()) census->ranges_.front().begin.clear();
  return census;
}

schema::Tally Census::tally_of(std::string_view key) const {
  schema::Tally tally;
  for (const Range& range : ranges_) {
    auto found = range.tallies->find(key);
    if (found != range.tallies->end()) tally.add(found->second);
  }
  return tally;
}

std::map<std::string, std::size_t> Census::entries() const {
  std::map<std::string, std::size_t> entries;
  for (const Range& range : ranges_) {
    for (const auto& [key, tally] : *range.tallies) entries[key] += tally.entries;
  }
  return entries;
}

CensusPtr CensusKeeper::of(const site::SitePtr& site) {
  std::lock_guard lock(mutex_);
  if (newest_ && newest_->site() == site) return newest_;
  bool is_of_same = newest_ && &newest_->site()->config() == &site->config();
  newest_ = is_of_same ? newest_->advance(site) : Census::build(site);
  return newest_;
}

DataTally tally_of_data(const Value& data) {
  DataTally counted;
  if (data.type() == Type::kArray && are_maps(data.as_array().items)) {
    counted.shape = Shape::kList;
    for (const Value& item : data.as_array().items) counted.tally.add(item.as_hash());
    return counted;
  }
  if (data.type() != Type::kHash) return counted;
  std::vector<Value> values;
  for (const auto& [key, value] : data.as_hash().entries()) values.push_back(value);
  if (!are_maps(values)) {
    counted.tally.add(data.as_hash());
    return counted;
  }
  counted.shape = Shape::kMap;
  for (const Value& value : values) counted.tally.add(value.as_hash());
  return counted;
}

}  // namespace stet::change

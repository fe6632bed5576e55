#include "cms/publish/manifest.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace stet::publish {
namespace {

constexpr std::size_t kManyMin = 64, kManyPart = 16;  // more than a 16th of all entries are many

Fingerprint fingerprint_of(const OutputPath& path, const ManifestEntry& entry) {
  Fingerprinter fingerprinter;
  fingerprinter.add(path.view()).add(entry.is_stale() ? 1 : 0).add(entry.page() ? 1 : 0);
  if (const Page* page = entry.page()) {
    const auto& hash = page->content.bytes;
    fingerprinter.add(std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()))
        .add(page->bytes)
        .add(page->type)
        .add(static_cast<std::uint64_t>(page->status));
  }
  return fingerprinter.finish();
}

bool ascends(std::span<const Change> changes) {
  return std::adjacent_find(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
           return !(a.path < b.path);
         }) == changes.end();
}

}  // namespace

void Manifest::Sum::add(const Fingerprint& part) {
  std::uint64_t words[2];
  std::memcpy(words, part.bytes.data(), sizeof words);
  low += words[0];
  high += words[1] + (low < words[0] ? 1 : 0);
}

void Manifest::Sum::subtract(const Fingerprint& part) {
  std::uint64_t words[2];
  std::memcpy(words, part.bytes.data(), sizeof words);
  high -= words[1] + (low < words[0] ? 1 : 0);
  low -= words[0];
}

void Manifest::count_in(const OutputPath& path, const ManifestEntry& entry) {
  sum_.add(fingerprint_of(path, entry));
  if (entry.is_stale()) ++stale_count_;
}

void Manifest::count_out(const OutputPath& path, const ManifestEntry& entry) {
  sum_.subtract(fingerprint_of(path, entry));
  if (entry.is_stale()) --stale_count_;
}

Manifest Manifest::set(OutputPath path, ManifestEntry entry) const {
  const ManifestEntry* old = entries_.find(path);
  if (old && *old == entry) return *this;
  Manifest next = *this;
  if (old) next.count_out(path, *old);
  next.count_in(path, entry);
  next.entries_ = entries_.set(std::move(path), std::move(entry));
  return next;
}

Manifest Manifest::erase(const OutputPath& path) const {
  const ManifestEntry* old = entries_.find(path);
  if (!old) return *this;
  Manifest next = *this;
  next.count_out(path, *old);
  next.entries_ = entries_.erase(path);
  return next;
}

Manifest Manifest::with(std::span<const Change> changes) const {
  if (entries_.empty() && ascends(changes)) return from_ascending(changes);
  if (changes.size() >= kManyMin && changes.size() > size() / kManyPart) return with_many(changes);
  Manifest next = *this;
  for (const Change& change : changes) {
    next = change.entry ? next.set(change.path, *change.entry) : next.erase(change.path);
  }
  return next;
}

// One pass over all entries, which costs less than a path of new nodes for each of many changes.
Manifest Manifest::with_many(std::span<const Change> changes) const {
  std::vector<const Change*> order;
  order.reserve(changes.size());
  for (const Change& change : changes) order.push_back(&change);
  std::stable_sort(order.begin(), order.end(), [](const Change* a, const Change* b) {
    return a->path < b->path;
  });
  Manifest next;
  next.stale_count_ = stale_count_;
  next.sum_ = sum_;
  std::vector<std::pair<OutputPath, ManifestEntry>> entries;
  entries.reserve(size() + changes.size());
  auto at = order.begin();
  auto take = [&](const ManifestEntry* old) {
    while (std::next(at) != order.end() && (*std::next(at))->path == (*at)->path) ++at;
    const Change& change = **at++;
    bool is_same = old && change.entry && *old == *change.entry;
    if (!is_same && old) next.count_out(change.path, *old);
    if (!is_same && change.entry) next.count_in(change.path, *change.entry);
    if (change.entry) entries.emplace_back(change.path, *change.entry);
  };
  entries_.for_each([&](const OutputPath& path, const ManifestEntry& entry) {
    while (at != order.end() && (*at)->path < path) take(nullptr);
    if (at != order.end() && (*at)->path == path) return take(&entry);
    entries.emplace_back(path, entry);
  });
  while (at != order.end()) take(nullptr);
  next.entries_ = Entries::from_sorted(std::move(entries));
  return next;
}

Manifest Manifest::from_ascending(std::span<const Change> changes) {
  Manifest manifest;
  std::vector<std::pair<OutputPath, ManifestEntry>> entries;
  entries.reserve(changes.size());
  for (const Change& change : changes) {
    if (!change.entry) continue;
    manifest.count_in(change.path, *change.entry);
    entries.emplace_back(change.path, *change.entry);
  }
  manifest.entries_ = Entries::from_sorted(std::move(entries));
  return manifest;
}

Fingerprint Manifest::fingerprint() const {
  return Fingerprinter().add(size()).add(sum_.low).add(sum_.high).finish();
}

bool operator==(const Manifest& a, const Manifest& b) {
  if (a.entries_.is_same_version(b.entries_)) return true;
  if (a.size() != b.size() || a.fingerprint() != b.fingerprint()) return false;
  for (std::size_t rank = 0; rank < a.size(); ++rank) {
    if (a.entries_.at(rank) != b.entries_.at(rank)) return false;
  }
  return true;
}

std::vector<Change> changes_between(const Manifest& from, const Manifest& to) {
  std::vector<Change> changes;
  if (from.entries().is_same_version(to.entries())) return changes;
  std::size_t old_rank = 0;
  const auto& old_entries = from.entries();
  auto drop_old = [&] { changes.push_back({old_entries.at(old_rank++).first, std::nullopt}); };
  to.entries().for_each([&](const OutputPath& path, const ManifestEntry& entry) {
    while (old_rank < old_entries.size() && old_entries.at(old_rank).first < path) drop_old();
    bool was_there = old_rank < old_entries.size() && old_entries.at(old_rank).first == path;
    if (!was_there || old_entries.at(old_rank).second != entry) changes.push_back({path, entry});
    if (was_there) ++old_rank;
  });
  while (old_rank < old_entries.size()) drop_old();
  return changes;
}

}  // namespace stet::publish

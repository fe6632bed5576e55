#include "cms/publish/compressor.h"

#include <optional>
#include <utility>

namespace stet::publish {

void Compressor::add(std::span<const Change> changes) {
  std::lock_guard lock(mutex_);
  for (const Change& change : changes) {
    bool is_fresh = change.entry && !change.entry->is_stale();
    if (!is_fresh || !variants_.has_variants(*change.entry->page())) continue;
    if (fresh_.size() + rest_.size() >= kWaitingMax) return;
    fresh_.push_back({change.path, *change.entry->page()});
  }
}

void Compressor::add_all(const Manifest& manifest) {
  std::lock_guard lock(mutex_);
  manifest.entries().for_each([&](const OutputPath& path, const ManifestEntry& entry) {
    bool has_room = fresh_.size() + rest_.size() < kWaitingMax;
    if (!has_room || entry.is_stale() || !variants_.has_variants(*entry.page())) return;
    rest_.push_back({path, *entry.page()});
  });
}

std::optional<Compressor::Waiting> Compressor::next() {
  std::lock_guard lock(mutex_);
  std::deque<Waiting>& from = fresh_.empty() ? rest_ : fresh_;
  if (from.empty()) return std::nullopt;
  std::optional<Waiting> next(std::move(from.front()));
  from.pop_front();
  return next;
}

std::size_t Compressor::work(const Live& live, const std::function<bool()>& is_over) {
  while (!is_over()) {
    auto next = this->next();
    if (!next) return 0;
    const ManifestEntry* entry = live.manifest.find(next->path.view());
    bool is_shown = entry && !entry->is_stale() && entry->page()->content == next->page.content;
    if (is_shown) [[maybe_unused]]
      auto passed_over = variants_.prepare(next->page);
  }
  std::lock_guard lock(mutex_);
  return fresh_.size() + rest_.size();
}

}  // namespace stet::publish

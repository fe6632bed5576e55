#include "cms/pipeline/fill_order.h"

#include <algorithm>

namespace stet::pipeline {

void FillOrder::sort(const publish::Live& newest,
                     const std::set<std::string>& linking,
                     const Demand& demand) {
  struct Ranked {
    bool is_linking;
    std::uint32_t asked;
    const std::string* path;
  };
  std::vector<Ranked> ranked;
  ranked.reserve(newest.manifest.stale_count());
  newest.manifest.entries().for_each(
      [&](const publish::OutputPath& path, const publish::ManifestEntry& entry) {
        const std::string& text = path.string();
        if (entry.is_stale()) ranked.push_back({linking.contains(text), demand.of(text), &text});
      });
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    if (a.is_linking != b.is_linking) return b.is_linking;
    if (a.asked != b.asked) return a.asked < b.asked;
    return *b.path < *a.path;
  });
  paths_.clear();
  for (const Ranked& page : ranked) paths_.push_back(*page.path);
  number_ = newest.number;
}

std::vector<std::string> FillOrder::next(const publish::Live& newest,
                                         const std::set<std::string>& linking,
                                         const Demand& demand,
                                         std::size_t count_max) {
  if (number_ != newest.number || paths_.empty()) sort(newest, linking, demand);
  std::size_t count = std::min(count_max, paths_.size());
  return {paths_.rbegin(), paths_.rbegin() + static_cast<std::ptrdiff_t>(count)};
}

void FillOrder::took(std::size_t count) {
  paths_.resize(paths_.size() - std::min(count, paths_.size()));
}

}  // namespace stet::pipeline

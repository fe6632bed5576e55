#include "cms/publish/unused.h"

#include <unordered_set>

namespace stet::publish {

Result<std::size_t> take_away_unused(Store& store, const Publisher& publisher) {
  std::unordered_set<ContentHash> shown;
  for (const LivePointer& live : publisher.kept()) {
    live->manifest.entries().for_each([&](const OutputPath&, const ManifestEntry& entry) {
      if (entry.page()) shown.insert(entry.page()->content);
    });
  }
  return store.collect([&](const ContentHash& content) { return shown.contains(content); });
}

}  // namespace stet::publish

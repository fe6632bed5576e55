// What turns what a target holds into what is live, in the order in which readers miss nothing.
//
// Assets come first, then the pages that show them, deletions last. A pure function of two
// manifests, in which what a target holds and nobody knows is stale. Threads: any. Cost: the size
// of the larger one.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "cms/publish/manifest.h"

namespace stet::targets {

using publish::Change;
using publish::Manifest;
using publish::OutputPath;
using publish::Page;

struct Plan {
  // Deletions that a folder needs before anything is written: "a" in the way of "a/b", or "a/b" in
  // that of "a". Targets that are no folders do them with the others.
  std::vector<Change> clearings;
  std::vector<Change> assets, pages, deletions;
  std::vector<Change> seals;  // written when all else is there: they say of it that it is whole
  std::size_t waiting = 0;    // stale pages: they stay as they are until they are rendered

  // As folders take them, one phase after the other.
  std::array<const std::vector<Change>*, 5> in_order() const {
    return {&clearings, &assets, &pages, &deletions, &seals};
  }
  std::size_t size() const {
    std::size_t changes = 0;
    for (const auto* phase : in_order()) changes += phase->size();
    return changes;
  }
};

Plan plan_of(const Manifest& held, const Manifest& wanted);

}  // namespace stet::targets

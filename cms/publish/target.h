// A place outside that is kept in step with what is live: a folder, a branch, a bucket.
#pragma once

#include <span>

#include "cms/publish/manifest.h"
#include "storage/base/result.h"

namespace stet::publish {

// Threads: one at a time. Failure leaves the place somewhere between old and new, each file whole;
// replace() mends it.
class Target {
 public:
  virtual ~Target() = default;

  // The difference from what was applied last. A stale entry leaves what is there as it is.
  virtual Status apply(std::span<const Change> changes) = 0;

  // Makes the place hold this manifest's pages and nothing else (but what the target is told to
  // keep). kInvalidInput where an entry is stale.
  virtual Status replace(const Manifest& manifest) = 0;
};

}  // namespace stet::publish

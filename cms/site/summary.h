// What documents come to, for many renders that look at it: a session as all exports tell it.
//
// Made once, and made again when something that its making has read changes. Whoever looks at it
// depends on its value alone, as on the HTML of a body: a page that shows 5,000 sessions has one
// read, not all that was looked at for them. Threads: immutable.
#pragma once

#include <cstdint>
#include <memory>

#include "storage/base/hash.h"

namespace stet::site {

struct Summary {
  Summary() = default;
  Summary(const Summary&) = delete;
  Summary& operator=(const Summary&) = delete;
  virtual ~Summary() = default;

  Fingerprint value;        // of all that readers can see
  std::uint64_t bytes = 0;  // of memory, roughly
};
using SummaryPtr = std::shared_ptr<const Summary>;

}  // namespace stet::site

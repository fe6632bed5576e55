// How much clashes matter to a site: `stet: {schedule: {clashes: refuse}}` of its configuration.
//
// Threads: pure function.
#pragma once

#include <optional>

#include "cms/liquid/value.h"

namespace stet::schedule {

enum class ClashPolicy {
  kRefuse,  // no write and no push brings a new one
  kWarn,    // they are told; so it is where the site says nothing
  kOff,     // nobody looks for them
};

// Of the value under `stet`. None where what it says is none of the three words.
std::optional<ClashPolicy> read_clash_policy(const liquid::Value& stet);

}  // namespace stet::schedule

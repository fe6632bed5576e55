// What a site says of its schedule under `stet: {schedule: ...}` of its configuration.
//
// Threads: pure functions.
#pragma once

#include <optional>

#include "cms/liquid/value.h"

namespace stet::schedule {

// `clashes: refuse`.
enum class ClashPolicy {
  kRefuse,  // no write and no push brings a new one
  kWarn,    // they are told; so it is where the site says nothing
  kOff,     // nobody looks for them
};

// Of the value under `stet`. None where what it says is none of the three words.
std::optional<ClashPolicy> read_clash_policy(const liquid::Value& stet);

// `public: released`.
enum class PublicPolicy {
  kAll,       // each commit is public; so it is where the site says nothing
  kReleased,  // the public sees the schedule as the newest release left it
};

// As read_clash_policy, of the two words.
std::optional<PublicPolicy> read_public_policy(const liquid::Value& stet);
// What is neither word holds back as well: no slip of the pen makes public what is not to be.
bool is_held_back(const liquid::Value& stet);

}  // namespace stet::schedule

// Which events an endpoint is told: by type, and by the resource that an entry belongs to.
//
// Threads: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace stet::webhooks {

inline constexpr std::string_view kPublished = "site.published", kRollback = "site.rollback",
                                  kPing = "webhook.ping";

// The types that can be subscribed to.
std::span<const std::string_view> event_types();

// A type, "entry.*", "site.*", or "*". kInvalidInput names the types that there are.
Status check_type(std::string_view pattern);
// "posts", "schedule/sessions" ...
Status check_resource(std::string_view name);

// `patterns` parted by blanks; none: all. What says that events were left out ("events.skipped") is
// for everybody.
bool wants_type(std::string_view patterns, std::string_view type);
bool wants_resource(std::string_view resources, std::string_view resource);

// "a b" as its words, and back.
std::vector<std::string> words_of(std::string_view text);
std::string joined(const std::vector<std::string>& words);

}  // namespace stet::webhooks

// What a site lets anybody read by the API, without a token: `stet: {api: {...}}` of its
// configuration.
//
//     stet:
//       api:
//         anonymous: true        # or a list: [posts, schedule/sessions, collections/recipes]
//         hidden: [notes]        # fields that nobody is shown
//         cors: ["*"]            # origins whose scripts may read: "https://app.example"
//         max_age: 60            # seconds that caches may keep an answer; else they ask each time
//
// The site is the commit's word, and so it opens reading alone, of what it publishes anyway: of a
// collection that has no pages (`output: false`) only if it is named. What is of another type than
// it should be opens nothing. Scripts of origins that are named (not of "*") may also read with a
// token that they were given, whether or not the site is open to those without one. Threads:
// values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/site/config.h"

namespace stet::api {

struct PublicRules {
  static constexpr std::int64_t kMaxAgeSecondsMax = 365 * 86400;

  bool is_open = false;
  std::vector<std::string> resources;  // empty: all that can be public
  std::vector<std::string> unwritten;  // labels of collections without pages
  std::vector<std::string> hidden;
  std::vector<std::string> origins;
  std::int64_t max_age_seconds = 0;

  // `resource` and `label` as in the API's paths: "posts", or "collections" and "recipes";
  // `collection` is the site's own name for it, where it is one.
  bool allows(std::string_view resource, std::string_view label, std::string_view collection) const;
  // The value of Access-Control-Allow-Origin, of reads with a token or without; none: not for this
  // one.
  std::optional<std::string> answer_to(std::string_view origin, bool has_token) const;
};

PublicRules public_rules_of(const site::Config& config);

}  // namespace stet::api

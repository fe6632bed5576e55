// Which entry an address means, and the other way. Threads: pure functions of an immutable site.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/change/resource.h"

namespace stet::micropub {

struct Found {
  const change::Resource* resource = nullptr;  // posts or drafts
  RepoPath path;
};

// Of a post's page, whether it is shown or not, on whatever host; of a draft, or of a post, the
// API's. None: there is no such post. Costs the number of files where no page is at the address.
std::optional<Found> find_post(const site::Site& site, std::string_view url);

// Absolute. `api_origin`: "https://admin.example", for what has no page.
std::string address_of(const site::Site& site, const RepoPath& path, const std::string& api_origin);

// Of a file of media: absolute where the site says its own URL, else from the root.
std::string media_address(const site::Site& site, const RepoPath& path);

}  // namespace stet::micropub

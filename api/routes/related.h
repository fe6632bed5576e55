// Entries that are about the same things as another: `expand=related`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cms/site/site.h"

namespace stet::api {

inline constexpr std::size_t kRelatedMax = 5;
inline constexpr std::size_t kRelatedSeenMax = 50;  // the newest posts of each tag and category

// Posts that the site shows and that share tags and categories with the document: those that share
// most first, of these the newest. Tags or categories that are `hidden` relate nothing. Threads: a
// pure function.
std::vector<site::DocumentPtr> related_to(const site::Site& site,
                                          const site::Document& document,
                                          const std::vector<std::string>& hidden);

}  // namespace stet::api

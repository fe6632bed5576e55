// Which of the ways in which pages print the live instant print another text at a new one.
#pragma once

#include <map>
#include <string>

#include "cms/site/changes.h"
#include "cms/site/site.h"

namespace stet::pipeline {

// `seen`: how ("date:%Y", "" for all of it) to what was printed last (cms/render/instants.h).
void add_changed_instants(site::Changes& changes,
                          const site::Site& after,
                          const std::map<std::string, std::string, std::less<>>& seen);

}  // namespace stet::pipeline

// Jekyll's plugins that are built in, and which of them a configuration switches on.
//
// A plugin is on where `plugins:` (or `gems:`, as it was called before) names it; `whitelist:` only
// permits. A site that is built by GitHub Pages has some that it does not name: `github-pages`
// among its plugins, or `stet: {github_pages: true}`, switches those on. What a Gemfile names is
// not looked at. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stet::site {

// In the order in which they are named, each once; those of GitHub Pages last.
std::vector<std::string> switched_on(const std::vector<std::string>& named, bool is_github_pages);

// What a site will lack whose plugin is not built in; "": it is built in, or nothing is lost.
std::string lack_of(std::string_view plugin);

}  // namespace stet::site

// Links of a page changed so that a site which is shown below another path stays within it.
//
// Only links from the public root ("/x", and "http://site/x" for the site's own URL) are changed:
// relative ones stay inside as they are, and others lead elsewhere. Pure functions; linear in their
// input, whatever it is.
#pragma once

#include <string>
#include <string_view>

namespace stet::api {

// Where the site lies: `prefix` without a slash at its end, and the site's own URL, or "".
struct Place {
  std::string prefix;  // "/preview/x"
  std::string url;     // "http://example.org"
};

std::string with_inner_links(std::string_view html, const Place& place);
std::string with_inner_urls(std::string_view css, const Place& place);

}  // namespace stet::api

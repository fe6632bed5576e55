// Which page a reader means by a URL: the rules of `jekyll serve`, without a file system.
//
// A pure function of the manifest; any thread.
#pragma once

#include <string>
#include <string_view>

#include "cms/publish/manifest.h"

namespace stet::publish {

struct Resolution {
  enum class Kind { kPage, kRedirect, kNone };
  Kind kind = Kind::kNone;
  // kPage: both point into the manifest that was asked, and live as long.
  const OutputPath* path = nullptr;
  const ManifestEntry* entry = nullptr;
  std::string location;  // kRedirect: where to (301), a percent-encoded path from the public root
};

// `url_path` is decoded, begins with a slash, and has no query: "/x.html" is the file, "/dir/" its
// index, "/dir" a redirect to "/dir/" where that has an index, "/x" else x.html (or x.xhtml).
// Whatever else, also "/../x" and "//x", is kNone; the not-found page is manifest.find("404.html").
Resolution resolve(const Manifest& manifest, std::string_view url_path);

}  // namespace stet::publish

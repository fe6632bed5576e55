// Sites to look at that are not live, on the admin origin: /preview/<commit or ticket>/<path>. Kept
// publications, changes as they are when somebody looks, and what any commit makes of the site.
//
// With a commit the request needs a bearer token; a ticket (POST /api/v1/previews, and /preview of
// a change) is its own permission, for an hour. Pages are shown as they were, with links that stay
// inside; whatever they do, it is in a sandbox: no scripts, no forms. Threads: any. A
// page that was never rendered is rendered now, which may take as long as a build.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "api/routes/backend.h"

namespace stet::api {

class PastSite {
 public:
  static constexpr char kPrefix[] = "/preview/";

  // `backend` must outlive it.
  explicit PastSite(const Backend& backend) : backend_(backend) {}

  http::Response answer(const http::Request& request) const;

 private:
  using PageOf = std::function<Result<publish::Page>(std::string_view output_path)>;
  // What is looked at.
  struct Sight {
    publish::LivePointer shown;
    site::SitePtr site;  // of which pictures' smaller versions are made
    PageOf page_of;
  };
  http::Response shown(const http::Request& request,
                       const std::string& key,
                       const Sight& sight) const;
  http::Response change(const http::Request& request,
                        const std::string& key,
                        const std::string& id) const;
  http::Response at(const http::Request& request,
                    const std::string& key,
                    const CommitId& commit) const;
  http::Response page(const http::Request& request,
                      const std::string& prefix,
                      const Sight& sight) const;

  const Backend& backend_;
};

}  // namespace stet::api

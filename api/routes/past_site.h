// Kept publications to look at, on the admin origin: /preview/<commit or ticket>/<path>.
//
// With a commit the request needs a bearer token; a ticket (POST /api/v1/previews) is its own
// permission, for an hour. Pages are shown as they were, with links that stay inside; whatever they
// do, it is in a sandbox: no scripts, no forms, no origin. Threads: any. A page that was never
// rendered is rendered now, which may take as long as a build.
#pragma once

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
  http::Response page(const http::Request& request,
                      const publish::LivePointer& past,
                      const std::string& prefix) const;

  const Backend& backend_;
};

}  // namespace stet::api

// Further addresses of a schedule's pages: calendars in UTC by `?tz=utc`, and those that pretalx
// has and its users' apps ask for.
//
// Nothing is made for them: each is a page of the manifest, in its place or by a redirect. A page
// that lies at the address itself is never hidden, but by `tz=utc` and `format`, which name another
// one. Threads: pure function of the request and what is live.
#pragma once

#include "api/http/message.h"
#include "cms/publish/live.h"
#include "cms/publish/resolve.h"
#include "cms/site/site.h"

namespace stet::api {

// What is asked for; kNone where that is no page.
publish::Resolution find_shown(const http::Request& request, const publish::Live& live);

// Where pretalx's widget leads by a code ("/talk/9ZX4Q1/", "/speaker/..."), and where it has a
// version ("/schedule/v/0.3/"), a redirect; kNone elsewhere. `site` null: nobody knows yet.
publish::Resolution find_by_code(const http::Request& request,
                                 const publish::Live& live,
                                 const site::SitePtr& site);

}  // namespace stet::api

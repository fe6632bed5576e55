// The upstream that the server follows: how it stands, and a word to look at it now. Threads: any.
#pragma once

#include "api/remote/report.h"
#include "api/routes/call.h"

namespace stet::api {

Json to_json(const remote::RemoteReport& report);

// One for each conflict, and for what is parked without any: somebody has to merge.
Problems problems_of(const remote::RemoteReport& report);

Answer read_remote(const Call& call);  // 404 where the settings name none
Answer sync_remote(const Call& call);  // 202: it will be looked at

// The event "site.remote": what read_remote() answers now.
void tell_remote(events::EventFeed& feed, const remote::RemoteReport& report);

}  // namespace stet::api

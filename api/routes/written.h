// What a write is answered with once it is done.
#pragma once

#include "api/routes/call.h"
#include "cms/change/entry.h"
#include "cms/change/write.h"

namespace stet::api {

struct Written {
  const change::WriteRequest& request;
  change::Prepared prepared;
  CommitId commit;
  std::int64_t commit_ns = 0;
  bool is_unchanged = false;
};

// Live: {commit, entry, changed_urls, stale_count, diff, problems}; 201 with Location where the
// entry is new; Server-Timing says what took how long.
http::Response written_response(const Call& call,
                                const Written& written,
                                const pipeline::Published& published);

// 202: committed, and published soon.
http::Response accepted_response(const Call& call, const Written& written);

// For the answer of a dry run too.
Json entry_after(const Call& call,
                 const site::Site& site,
                 const change::WriteRequest& request,
                 const change::Prepared& prepared);

// The public URL of the entry's own page; none where it has none, or there is no such file.
std::optional<std::string> own_url(const site::Site& site, const RepoPath& path);
std::optional<std::string> own_output(const site::Site& site, const RepoPath& path);

// `urls` with the page's own at the front, unless it is among them.
Json with_own_url(std::vector<std::string> urls, const std::optional<std::string>& own);

}  // namespace stet::api

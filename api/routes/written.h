// What a write is answered with once it is done.
#pragma once

#include <functional>

#include "api/routes/call.h"
#include "cms/change/entry.h"
#include "cms/change/plan.h"

namespace stet::api {

// What committed files are now; those that are not among them are hashed.
using CommittedBlobs = std::vector<std::pair<RepoPath, std::optional<BlobId>>>;

struct Written {
  bool is_of_entry = true;    // write_path.h
  bool is_recovered = false;  // recovered.h
  change::Plan plan;
  CommitId commit;
  CommittedBlobs blobs = {};
  std::int64_t commit_ns = 0;
  bool is_unchanged = false;
  std::function<void(const site::Site&, Json&)> complete = {};  // write_path.h
};

// Live: {commit, entry or actions, changed_urls, stale_count, diff, problems}; 201 with Location
// where a single entry is new; Server-Timing says what took how long.
http::Response written_response(const Call& call,
                                const Written& written,
                                const pipeline::Published& published);

// The same of what was done in a change: there is nothing that the public would see.
http::Response changed_response(const Call& call,
                                const Written& written,
                                const pipeline::Standing& standing);

// 202: committed, and published soon.
http::Response accepted_response(const Call& call, const Written& written);

// Adds "entry", or "actions", to an answer, and of sessions "clashes"; of a dry run too.
void describe(const site::Site& site,
              bool is_of_entry,
              const change::Plan& plan,
              const CommittedBlobs& blobs,
              Json& json);

// The public URL of the entry's own page; none where it has none, or there is no such file.
std::optional<std::string> own_url(const site::Site& site, const RepoPath& path);
std::optional<std::string> own_output(const site::Site& site, const RepoPath& path);
// False of a file of the site that the public is shown otherwise, or not at all.
bool is_shown(const site::Site& shown, const site::Site& site, const RepoPath& path);

// `urls` with the entries' own at the front, unless they are among them.
Json with_own_urls(std::vector<std::string> urls, const std::vector<std::string>& own);

void add_missing(Problems& problems, const Problems& more);

}  // namespace stet::api

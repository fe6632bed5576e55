// One edit of many entries as one commit: a patch that is applied to each, or to none.
//
// The set is known by a tag: of which files it is made, and of their bytes. Who has seen the set
// names its tag, so that what was seen is what is changed. What is wrong is told of every entry
// that it is wrong with, up to kBulkFaultsMax. Threads: as write.h's. Limits: kBulkEntriesMax.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cms/change/plan.h"

namespace stet::change {

inline constexpr std::size_t kBulkEntriesMax = 1000;
inline constexpr std::size_t kBulkFaultsMax = 50;

struct BulkRequest {
  const Resource* resource = nullptr;  // never null; of entries with front matter
  std::string label;
  // One of the two.
  std::optional<document::Data> front_matter_patch = {};  // RFC 7396
  std::optional<document::JsonPatch> json_patch = {};     // of an entry as it is shown
  std::optional<BlobId> expected = {};                    // the set's tag; none: whatever it is now
  std::string author_name, author_email;
  std::string message = {};  // "": "Update 12 posts: draft"
  std::vector<std::pair<std::string, std::string>> trailers = {};
};

BlobId tag_of_set(const site::Site& site, const std::vector<RepoPath>& paths);

// `paths` are entries of the resource. Refused where there are none, or too many.
Result<PlanOutcome> prepare_bulk(const Ground& ground,
                                 const BulkRequest& request,
                                 const std::vector<RepoPath>& paths);

}  // namespace stet::change

// Writes of media as plans, for the write path: their bytes are in the repository already
// (storage/commit/blob_writer.h), and a plan names them.
//
// Threads: pure functions of an immutable site.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cms/change/plan.h"
#include "cms/media/references.h"
#include "storage/base/object_id.h"

namespace stet::media {

struct Author {
  std::string name, email;
  std::string message = {};  // "": stet finds words
  std::vector<std::pair<std::string, std::string>> trailers = {};
};

struct NewFile {
  std::string name;    // clean_name()'s
  std::string folder;  // "": where uploads go
  BlobId blob;
  bool allows_duplicate = false;
  std::optional<std::string> text = std::nullopt;  // its content, where the blob is nowhere yet
};

struct Placed {
  RepoPath path;
  BlobId blob;
  bool is_duplicate = false;  // it was there already
};

struct PlacedPlan {
  change::Plan plan;
  std::vector<Placed> files;  // one for each new file
};

// New files, each at a path that nothing has yet, numbered where its name is taken. A content that
// a file of media has already makes no second one, unless that is allowed.
using PlaceOutcome = std::variant<PlacedPlan, change::Refusal>;
PlaceOutcome place(const change::Ground& ground,
                   const std::vector<NewFile>& files,
                   const Author& author);

// Another content at the same path, whatever the new file's name; the one that is there must be
// `expected`.
change::PlanOutcome replace(const change::Ground& ground,
                            const RepoPath& path,
                            const change::Expected& expected,
                            const NewFile& file,
                            const Author& author);

// `uses`: what breaks, where it goes by force: warnings, and trailers of the commit, so that who
// looks for the reason later finds it (kUsesNoted of them).
inline constexpr std::size_t kUsesNoted = 20;
change::PlanOutcome remove(const change::Ground& ground,
                           const RepoPath& path,
                           const change::Expected& expected,
                           const Author& author,
                           const std::vector<Use>& uses = {});

// The file elsewhere, with every name that leads to it. What only looks like its name is a warning.
Result<change::PlanOutcome> move(const change::Ground& ground,
                                 const References& references,
                                 const RepoPath& path,
                                 const std::string& to,
                                 const change::Expected& expected,
                                 const Author& author);

// The first file of media with that content, by path.
std::optional<RepoPath> holder_of(const site::Site& site, const BlobId& blob);

// The file of media at that path; kNotFound: there is none.
Result<RepoPath> find_media(const site::Site& site, std::string_view name);

}  // namespace stet::media

// A git repository that is already there, or a new one: its branches and its commits.
//
// Bare repositories, the .git of a clone, and the folder of a clone will do. What stet cannot serve
// is refused when it is opened, with the mend: SHA-256 objects, shallow and partial clones, a
// branch whose newest commit cannot be read, a repository that belongs to somebody else. No
// configuration but the repository's own is read: not the system's, not the user's, no environment.
//
// Threads: a Repository is a cheap handle on shared state; copies and methods from any thread.
// Below lies a pool of git_repository handles, each used by one thread at a time. Errors: kNotFound
// for what is not there, kForbidden for what may not be read, kUnavailable for a machine that is
// full, kInternal for objects that are damaged.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/object_id.h"
#include "storage/base/result.h"
#include "storage/git/signature.h"

namespace stet::storage {

class Objects;  // storage/git/objects.h: for storage/ alone

struct OpenOptions {
  // git runs programs that a repository's configuration names. A repository that belongs neither to
  // the process's user nor to root is therefore refused, unless the operator vouches for it.
  bool is_any_owner_trusted = false;
  // Trees, small contents and commits that are remembered, together.
  std::uint64_t remembered_bytes_max = std::uint64_t{112} << 20;
};

struct CommitRecord {
  CommitId id;
  TreeId tree;
  std::vector<CommitId> parents;
  Signature author;
  Signature committer;
  std::string message;  // as it lies there, normally UTF-8

  std::string subject() const;  // the message's first line
};

class Repository {
 public:
  // The repository at `path` itself (or in its .git); folders above are not searched.
  static Result<Repository> open(const std::filesystem::path& path,
                                 const OpenOptions& options = {});

  // A new bare repository without commits, whose HEAD is `initial_branch`. Missing folders are
  // made. kConflict where `path` is a repository, or a folder that is not empty.
  static Result<Repository> create(const std::filesystem::path& path,
                                   std::string_view initial_branch = "main");

  // Where the objects and references lie: the bare repository, or the .git of a clone.
  const std::filesystem::path& path() const;

  // What HEAD names, though it may be unborn. kNotFound where HEAD is detached.
  Result<std::string> default_branch() const;

  // Those that have a commit, without "refs/heads/", in byte order.
  Result<std::vector<std::string>> branches() const;

  // The branch's newest commit. None: the branch is HEAD's and has no commit yet (unborn). A branch
  // that is neither there nor HEAD's is kNotFound; a name that git refuses kInvalidInput.
  Result<std::optional<CommitId>> head_of(std::string_view branch) const;

  // A commit by 40 hex digits; by the name of a branch, a tag or a full reference; or by 4 to 39
  // hex digits that only one object begins with. Operators (~1, ^, @{..}, :/) are not understood.
  Result<CommitId> resolve(std::string_view text) const;

  Result<CommitRecord> read_commit(const CommitId& commit) const;

  // To be called after another program has repacked: lets go of packs that are no longer there.
  // (New objects are seen without it.)
  Status refresh() const;

  Objects& objects() const { return *objects_; }

 private:
  explicit Repository(std::shared_ptr<Objects> objects) : objects_(std::move(objects)) {}
  std::shared_ptr<Objects> objects_;
};

}  // namespace stet::storage

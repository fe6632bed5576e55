// What somebody wants changed, as a value: files, on which conditions, by whom, and why.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/object_id.h"
#include "storage/base/repo_path.h"
#include "storage/git/signature.h"
#include "storage/snapshot/snapshot.h"

namespace stet::storage {

struct FileEdit {
  RepoPath path;
  std::optional<std::string> content;  // none: delete, or `stored`
  // Instead of content, what the repository has already.
  std::optional<BlobId> stored = std::nullopt;
  // What the path becomes, or was until it is deleted; links and submodules too. None: a file keeps
  // its mode, a new one is plain, and a link is a refusal.
  std::optional<EntryKind> kind = std::nullopt;
};

struct Precondition {
  RepoPath path;
  std::optional<BlobId> blob;  // the content that must be there; none: nothing may be there
};

struct ChangeSet {
  Signature author;
  std::string message;                                        // UTF-8, not empty
  std::vector<std::pair<std::string, std::string>> trailers;  // ("Idempotency-Key", "..")
  std::vector<FileEdit> edits;                                // each path at most once
  std::vector<Precondition> preconditions;
  // The commit's second parent. Then it is made though no file changes, and may have any number of
  // edits; but not where the branch is at that commit itself.
  std::optional<CommitId> merged = std::nullopt;
  // The commit is made though no file changes: what it says is in its message.
  bool may_be_empty = false;
};

struct Committed {
  CommitId commit;
  std::optional<CommitId> parent;
  std::vector<std::pair<RepoPath, std::optional<BlobId>>>
      blobs;                  // of the edited files; none: deleted
  bool is_unchanged = false;  // no edit changed anything: nothing was committed, `commit` was there
};

}  // namespace stet::storage

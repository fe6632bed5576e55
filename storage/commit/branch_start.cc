#include "storage/commit/branch_start.h"

#include "storage/base/durable_file.h"
#include "storage/commit/commit_chain.h"
#include "storage/commit/held_branch.h"
#include "storage/commit/pack_writer.h"
#include "storage/commit/prepared_change.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

std::string reference_of(const std::string& branch) { return "refs/heads/" + branch; }

Error locked(const std::string& branch) {
  return unavailable("the branch '" + branch + "' is locked by another: try again");
}

Result<bool> is_there(const Repository& repository, const std::string& branch) {
  auto head = repository.head_of(branch);
  if (head) return head->has_value();
  if (head.error().code == ErrorCode::kNotFound) return false;
  return std::move(head).error();
}

// The folders on the way to the reference may be new with it.
Status sync_folders_of(const Repository& repository, const std::string& branch) {
  fs::path folder = repository.path();
  for (const fs::path& part : fs::path(reference_of(branch)).parent_path()) {
    folder /= part;
    TRY(sync_folder(folder));
  }
  return {};
}

}  // namespace

Result<CommitId> begin_branch(const Repository& repository, BranchStart start) {
  PreparedChange first = TRY(prepare(std::move(start.first), CommitLimits()));
  CommitChain chain = TRY(CommitChain::start(repository, start.base));
  Committed made = TRY(chain.add(first, TRY(signature_line(start.committer))));
  if (made.is_unchanged) return invalid_input("a branch begins with a commit of its own");
  PackKeep keep = TRY(write_pack(repository.path(), chain.objects().all()));
  auto held = TRY(HeldBranch::take(repository, reference_of(start.branch)));
  if (!held) return locked(start.branch);
  if (TRY(is_there(repository, start.branch))) {
    return conflict("there is a branch '" + start.branch + "' already");
  }
  TRY(held->move(made.commit, start.committer));
  TRY(sync_folders_of(repository, start.branch));
  return made.commit;
}

Status end_branch(const Repository& repository, const std::string& branch, const CommitId& head) {
  auto held = TRY(HeldBranch::take(repository, reference_of(branch)));
  if (!held) return locked(branch);
  auto now = TRY(repository.head_of(branch));
  if (now != head) return conflict("the branch '" + branch + "' has moved on");
  return held->remove();
}

}  // namespace stet::storage

#include "storage/commit/held_branch.h"

namespace stet::storage {
namespace {

using SignatureHandle = Handle<git_signature, git_signature_free>;

}  // namespace

Result<std::optional<HeldBranch>> HeldBranch::take(const Repository& repository,
                                                   const std::string& reference) {
  HeldBranch held(TRY(repository.objects().lease()), reference);
  held.transaction_ =
      TRY(make<Transaction>("lock branch", git_transaction_new, held.lease_.repository()));
  git_error_clear();
  int code = git_transaction_lock_ref(held.transaction_.get(), reference.c_str());
  if (code == GIT_ELOCKED) return std::optional<HeldBranch>();
  if (code < 0) return error_of_git(code, "lock branch");
  return std::optional(std::move(held));
}

Status HeldBranch::move(const CommitId& commit, const Signature& author) {
  auto signature = TRY(make<SignatureHandle>("sign",
                                             git_signature_new,
                                             author.name.c_str(),
                                             author.email.c_str(),
                                             author.when.seconds,
                                             0));
  git_oid id = to_git(commit);
  TRY(call("move branch",
           git_transaction_set_target,
           transaction_.get(),
           reference_.c_str(),
           &id,
           signature.get(),
           "commit: by stet"));
  return call("move branch", git_transaction_commit, transaction_.get());
}

Status HeldBranch::remove() {
  TRY(call("delete branch", git_transaction_remove, transaction_.get(), reference_.c_str()));
  return call("delete branch", git_transaction_commit, transaction_.get());
}

}  // namespace stet::storage

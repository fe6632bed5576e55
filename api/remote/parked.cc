#include "api/remote/parked.h"

#include "storage/history/merge_base.h"

namespace stet::remote {
namespace {

constexpr std::size_t kDigits = 12;

std::string name_of_branch(std::string_view prefix, const CommitId& commit) {
  return std::string(prefix) + commit.hex().substr(0, kDigits);
}

}  // namespace

Status ParkedBranches::keep(std::string_view prefix,
                            const CommitId& commit,
                            const std::string& reason) {
  std::string name = name_of_branch(prefix, commit);
  auto there = repository_.head_of(name);
  if (there && *there == commit) return {};
  return upstream_.move_reference({.name = "refs/heads/" + name,
                                   .from = std::nullopt,
                                   .to = commit,
                                   .reason = "stet: " + reason});
}

Status ParkedBranches::remove(const ParkedBranch& branch) {
  return upstream_.move_reference(
      {.name = "refs/heads/" + branch.branch, .from = branch.commit, .to = std::nullopt});
}

Status ParkedBranches::keep_replaced(const CommitId& ours) {
  return keep(kReplacedPrefix, ours, "before the upstream's rewritten history");
}

Status ParkedBranches::park(const CommitId& theirs, std::string reason, Problems conflicts) {
  TRY(keep(kParkedPrefix, theirs, "could not be merged"));
  for (const ParkedBranch& earlier : TRY(parked())) {
    if (earlier.commit == theirs) continue;
    if (TRY(storage::is_ancestor(repository_, earlier.commit, theirs))) TRY(remove(earlier));
  }
  last_ = {name_of_branch(kParkedPrefix, theirs), theirs, std::move(reason), std::move(conflicts)};
  return {};
}

Result<std::vector<std::string>> ParkedBranches::take_off(const CommitId& head) {
  std::vector<std::string> taken;
  for (const ParkedBranch& branch : TRY(parked())) {
    if (!TRY(storage::is_ancestor(repository_, branch.commit, head))) continue;
    TRY(remove(branch));
    taken.push_back(branch.branch);
  }
  return taken;
}

Result<std::vector<ParkedBranch>> ParkedBranches::list(std::string_view prefix) const {
  std::vector<ParkedBranch> found;
  for (std::string& name : TRY(repository_.branches())) {
    if (!name.starts_with(prefix) || found.size() >= kParkedShownMax) continue;
    auto commit = TRY(repository_.head_of(name));
    if (!commit) continue;
    if (name == last_.branch && *commit == last_.commit) {
      found.push_back(last_);
      continue;
    }
    found.push_back({.branch = std::move(name),
                     .commit = *commit,
                     .reason = prefix == kParkedPrefix
                                   ? "commits of the upstream that could not be merged"
                                   : "the branch, before the upstream's history was rewritten",
                     .conflicts = {}});
  }
  return found;
}

}  // namespace stet::remote

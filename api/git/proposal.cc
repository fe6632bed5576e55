#include "api/git/proposal.h"

#include "api/git/claims.h"
#include "cms/change/merge_into.h"
#include "storage/base/utf8.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::git {
namespace {

using change::MergeOutcome;
using Kind = MergeOutcome::Kind;

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::size_t kSubjectBytesMax = 100;

Landed refused(Landed landed, std::vector<std::string> lines, std::string summary) {
  landed.judgement = {true, std::move(lines), std::move(summary)};
  return landed;
}

std::vector<std::string> lines_of(const std::vector<change::FileConflict>& conflicts) {
  std::vector<std::string> lines;
  for (const change::FileConflict& conflict : conflicts) {
    if (lines.size() == kLinesMax) break;
    lines.push_back(printable(conflict.string("yours"), kLineBytesMax));
  }
  if (conflicts.size() > kLinesMax) {
    lines.push_back("... and " + std::to_string(conflicts.size() - kLinesMax) + " more");
  }
  return lines;
}

std::string message_of(const storage::CommitRecord& pushed, const std::string& branch) {
  return "Merge '" + printable(pushed.subject(), kSubjectBytesMax) + "' into " + branch;
}

// What the pusher reads, the gate's warnings first.
Landed told(Landed landed, const MergeOutcome& outcome, const std::string& branch) {
  landed.before = outcome.before;
  landed.after = outcome.after;
  switch (outcome.kind) {
    case Kind::kMerged:
      landed.judgement.lines.push_back(branch + ": merged by field, into " + outcome.after->hex());
      return landed;
    case Kind::kForwarded:
      landed.judgement.lines.push_back(branch + ": goes on from your commits as they are");
      return landed;
    case Kind::kContained:
      landed.judgement.lines = {branch + ": has all of this already"};
      return landed;
    case Kind::kUnrelated:
      return refused(std::move(landed), {}, "it has no commit in common with " + branch);
    case Kind::kConflicts: {
      std::size_t count = outcome.conflicts.size();
      return refused(std::move(landed),
                     lines_of(outcome.conflicts),
                     std::to_string(count) + (count == 1 ? " conflict" : " conflicts") +
                         " with what others have changed; pull, merge, and push again");
    }
    case Kind::kRefused:
    case Kind::kDiverged: return landed;  // the gate has said why; a merge is always fine here
  }
  return landed;
}

}  // namespace

Result<Landed> land(const storage::Repository& repository,
                    const GateSettings& gate,
                    const LandSettings& settings,
                    const RefUpdate& update,
                    const Clock& clock) {
  std::string branch = update.name.substr(kForRefs.size());
  Landed landed{.judgement = {}, .branch = std::string(kHeads) + branch, .before = {}, .after = {}};
  if (!update.after) return refused(std::move(landed), {}, "there is nothing to merge");
  auto pushed = repository.read_commit(*update.after);
  if (!pushed) return refused(std::move(landed), {}, "only commits can be merged");
  if (std::string claim = claim_of(settings.message, gate.actor); !claim.empty()) {
    return refused(std::move(landed), {}, "the message says '" + claim + "': only the server does");
  }
  storage::CommitterSettings commits;
  commits.branch = branch;
  commits.name = settings.name;
  commits.email = settings.email;
  auto committer = TRY(storage::Committer::open(repository, commits, clock));
  storage::SnapshotPtr served;
  if (branch != gate.branch) {
    auto head = repository.head_of(gate.branch);
    if (head && *head) served = TRY(storage::open_git_snapshot(repository, **head));
  }
  change::MergeRequest request{.commit = *update.after, .author = pushed->author, .message = {}};
  request.author.when.seconds = clock.now().seconds;
  request.message = settings.message.empty() ? message_of(*pushed, branch) : settings.message;
  request.judge = [&](change::Push push) -> Result<bool> {
    Verdict verdict;
    TRY(verdict.check(std::move(push), gate, served));
    landed.judgement = verdict.finish();
    return !landed.judgement.is_refused;
  };
  auto outcome = TRY(change::merge_into(repository, *committer, request));
  return told(std::move(landed), outcome, branch);
}

}  // namespace stet::git

#include "cms/change/gate.h"

#include <set>
#include <utility>

#include "cms/change/validate.h"

namespace stet::change {
namespace {

using storage::FileChange;
using storage::FileState;

Problem unfollowed(const RepoPath& path) {
  return {Severity::kWarning,
          path.string(),
          0,
          0,
          "symbolic links and submodules are kept, but never followed"};
}

// What was wrong before the push is not the push's to answer for.
void forgive(Findings& findings, const Findings& before) {
  std::set<std::pair<std::string, std::string>> known;
  for (const FieldProblem& found : before) known.emplace(found.pointer, found.message);
  for (FieldProblem& found : findings) {
    if (known.contains({found.pointer, found.message})) found.severity = Severity::kWarning;
  }
}

Result<Findings> findings_of(const FileChange& change,
                             const Push& push,
                             const Surroundings& surroundings) {
  std::string bytes = TRY(push.after->read(change.after->blob));
  Findings findings = validate(surroundings, change.path, bytes);
  bool was_there = push.before && change.before && storage::is_readable(change.before->kind);
  if (!has_error(findings) || !was_there) return findings;
  std::string old_bytes = TRY(push.before->read(change.before->blob));
  forgive(findings, validate(surroundings, change.path, old_bytes));
  return findings;
}

}  // namespace

Result<Problems> check_push(const Push& push) {
  Surroundings surroundings = TRY(Surroundings::of(push.after, push.theme));
  Problems problems;
  for (const FileChange& change : push.diff) {
    if (!change.after) continue;
    if (!storage::is_readable(change.after->kind)) {
      problems.push_back(unfollowed(change.path));
      continue;
    }
    Findings findings = TRY(findings_of(change, push, surroundings));
    Problems more = to_problems(change.path, findings);
    problems.insert(problems.end(), more.begin(), more.end());
  }
  return problems;
}

}  // namespace stet::change

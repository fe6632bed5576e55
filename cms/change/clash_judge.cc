#include "cms/change/clash_judge.h"

#include <set>
#include <vector>

#include "cms/change/new_path.h"
#include "cms/change/session_use.h"
#include "cms/change/sessions.h"
#include "cms/change/validate.h"

namespace stet::change {
namespace {

constexpr std::size_t kEntriesMax = 50;  // told of one refusal

Findings clashes_in(const Surroundings& surroundings,
                    const RepoPath& path,
                    const std::string& bytes) {
  Findings findings = validate(surroundings, path, bytes);
  std::erase_if(findings, [](const FieldProblem& found) { return !found.is_clash; });
  return findings;
}

// What a session clashed with before is not this commit's to answer for.
void forgive(const Findings& before, Findings& findings) {
  std::set<std::pair<std::string, std::string>> known;
  for (const FieldProblem& found : before) known.emplace(found.pointer, found.message);
  for (FieldProblem& found : findings) {
    if (known.contains({found.pointer, found.message})) found.severity = Severity::kWarning;
  }
}

// Where the session was; none: it is new.
std::optional<std::pair<RepoPath, std::string>> before_of(
    const Draft& draft, const RepoPath& path, const std::map<RepoPath, RepoPath>& renames) {
  auto rename = renames.find(path);
  const RepoPath& from = rename == renames.end() ? path : rename->second;
  const Draft::File* file = draft.find(from);
  if (!file || !file->before) return std::nullopt;
  return std::pair(from, *file->before);
}

void add(Refusal& refusal, const RepoPath& path, std::size_t action, Findings findings) {
  std::erase_if(findings,
                [](const FieldProblem& found) { return found.severity != Severity::kError; });
  if (refusal.entries.empty()) {
    refusal.message = findings.front().message;
    refusal.fields = findings;
    refusal.action = action;
  }
  if (refusal.entries.size() < kEntriesMax) {
    refusal.entries.emplace_back(path.string(), std::move(findings));
  }
}

}  // namespace

Result<std::optional<Refusal>> judge_clashes(Draft& draft,
                                             const std::map<RepoPath, RepoPath>& renames) {
  std::vector<RepoPath> sessions;
  const Draft::File* event = nullptr;
  for (const auto& [path, file] : draft.files()) {
    if (file.after && path.view().starts_with(kSessionFolder)) sessions.push_back(path);
    if (file.before && file.after && path.view() == schedule::kEventPath) event = &file;
  }
  if (sessions.empty() && !event) return std::optional<Refusal>();
  const site::SitePtr site = TRY(draft.site());
  if (event) {
    auto lost = fault_of_lost_names(*site, *event->before, *event->after);
    if (lost) {
      lost->action = event->action;
      return lost;
    }
  }
  const Surroundings after = Surroundings::of(*site);
  const Surroundings before = Surroundings::of(draft.ground().site);
  if (sessions.size() >= kFewSessions) {
    after.timetable();
    before.timetable();
  }
  Refusal refusal = refused(Refusal::Kind::kInvalid, "");
  for (const RepoPath& path : sessions) {
    const Draft::File& file = *draft.find(path);
    Findings findings = clashes_in(after, path, *file.after);
    if (has_error(findings)) {
      auto known = before_of(draft, path, renames);
      if (known) forgive(clashes_in(before, known->first, known->second), findings);
    }
    draft.warn(path, findings);
    if (has_error(findings)) add(refusal, path, file.action, std::move(findings));
  }
  if (refusal.entries.empty()) return std::optional<Refusal>();
  return std::optional(std::move(refusal));
}

}  // namespace stet::change

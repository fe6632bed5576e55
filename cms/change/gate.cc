#include "cms/change/gate.h"

#include <set>
#include <utility>

#include "cms/change/lost_names.h"
#include "cms/change/references.h"
#include "cms/change/resource.h"
#include "cms/change/validate.h"
#include "cms/site/plain_pages.h"

namespace stet::change {
namespace {

using storage::FileChange;
using storage::FileState;

Problem warning_of(const RepoPath& path, std::string message) {
  return {Severity::kWarning, path.string(), 0, 0, std::move(message)};
}

// What was wrong before the push is not the push's to answer for.
void forgive(Findings& findings, const Findings& before) {
  std::set<std::pair<std::string, std::string>> known;
  for (const FieldProblem& found : before) {
    if (found.severity == Severity::kError) known.emplace(found.pointer, found.message);
  }
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

Check check_of(const Surroundings& surroundings, const RepoPath& path) {
  const Resource* resource = resource_of(surroundings, path, true);
  switch (resource ? resource->kind : EntryKind::kFile) {
    case EntryKind::kSession:
    case EntryKind::kSpeaker:
    case EntryKind::kEvent: return Check::kSchedule;
    case EntryKind::kData: return Check::kData;
    case EntryKind::kConfig: return Check::kConfig;
    default: return Check::kDocuments;
  }
}

// Keeps the first ones of each severity.
class Collected {
 public:
  void add(Check check, Problem problem) {
    std::size_t& count = problem.severity == Severity::kError ? errors_ : warnings_;
    if (count < kPushProblemsMax) problems_.push_back({check, std::move(problem)});
    ++count;
  }
  bool is_full() const { return errors_ >= kPushProblemsMax; }
  std::vector<PushProblem> take() { return std::move(problems_); }

 private:
  std::vector<PushProblem> problems_;
  std::size_t errors_ = 0, warnings_ = 0;
};

// Whether the API would take the file for a page of the site, by what it was before the push.
Result<bool> was_page(const FileChange& change,
                      const Push& push,
                      const Surroundings& surroundings) {
  const site::Config& config = surroundings.config();
  std::string_view extension = change.path.extension();
  if (!push.before || !change.before) {
    return config.is_markdown(extension) || extension == ".html";
  }
  if (!storage::is_readable(change.before->kind)) return false;
  if (site::is_plain_page(change.path.string(), config)) return true;
  return begins_front_matter(TRY(push.before->read(change.before->blob)));
}

}  // namespace

Result<std::vector<PushProblem>> check_push(const Push& push) {
  Surroundings surroundings = TRY(Surroundings::of(push.after, push.theme));
  Collected collected;
  for (const FileChange& change : push.diff) {
    if (!change.after) continue;
    if (!storage::is_readable(change.after->kind)) {
      collected.add(
          Check::kLinks,
          warning_of(change.path, "symbolic links and submodules are kept, but never followed"));
      continue;
    }
    auto findings = findings_of(change, push, surroundings);
    if (!findings && findings.error().code == ErrorCode::kInvalidInput) {
      collected.add(Check::kDocuments, warning_of(change.path, findings.error().message));
      continue;
    }
    if (!findings) return std::move(findings).error();
    if (findings->empty()) continue;
    Check check = check_of(surroundings, change.path);
    Problems problems = to_problems(change.path, *findings);
    for (std::size_t i = 0; i < problems.size(); ++i) {
      bool is_of_schema = (*findings)[i].is_of_schema;
      collected.add(is_of_schema ? Check::kSchemas : check, std::move(problems[i]));
    }
    if (collected.is_full()) break;
  }
  for (Problem& problem : TRY(lost_references(push, surroundings))) {
    collected.add(Check::kSchemas, std::move(problem));
  }
  for (Problem& problem : TRY(lost_names(push))) {
    collected.add(Check::kSchedule, std::move(problem));
  }
  return collected.take();
}

Result<std::vector<PathScope>> write_scopes_of(const Push& push) {
  const storage::SnapshotPtr& ground = push.before ? push.before : push.after;
  Surroundings surroundings = TRY(Surroundings::of(ground, nullptr));
  std::vector<PathScope> scopes;
  scopes.reserve(push.diff.size());
  for (const FileChange& change : push.diff) {
    const Resource* resource = resource_of(surroundings, change.path, true);
    // Only of pages and files beside the posts must the content be asked which it is.
    if (resource && resource->kind == EntryKind::kPage &&
        !TRY(was_page(change, push, surroundings))) {
      resource = resource_of(surroundings, change.path, false);
    }
    if (!resource) resource = &resource_of(EntryKind::kFile);
    scopes.push_back({change.path, resource->write_scope, resource});
  }
  return scopes;
}

}  // namespace stet::change

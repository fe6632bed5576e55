#include "api/routes/revert.h"

#include "api/routes/request_json.h"
#include "api/routes/write_path.h"
#include "cms/change/undo.h"
#include "storage/diff/diff.h"
#include "storage/history/merge_base.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

using document::Data;

Result<change::UndoRequest> undo_of(const storage::Repository& repository,
                                    const storage::CommitRecord& commit) {
  change::UndoRequest request;
  std::optional<CommitId> parent;
  if (!commit.parents.empty()) parent = commit.parents.front();
  request.diff = TRY(storage::compare(repository, parent, commit.id));
  request.commit = TRY(storage::open_git_snapshot(repository, commit.id));
  if (parent) request.parent = TRY(storage::open_git_snapshot(repository, *parent));
  request.message = "Revert \"" + commit.subject().substr(0, 200) +
                    "\"\n\nThis takes back commit " + commit.id.hex() + ".\n";
  return request;
}

struct Asked {
  std::string commit;
  std::optional<std::string> message;
  std::vector<FileChoice> choices;
  std::optional<std::string> seen;
};

std::variant<Asked, ProblemReport> asked_of(const Call& call) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  Asked asked;
  std::optional<std::string> commit;
  if (auto fault = take_text(*object, "commit", commit)) return *fault;
  if (auto fault = take_text(*object, "message", asked.message)) return *fault;
  if (auto fault = take_text(*object, "seen", asked.seen)) return *fault;
  auto choices = take_choices(*object, true);
  if (auto* report = std::get_if<ProblemReport>(&choices)) return *report;
  asked.choices = std::move(std::get<std::vector<FileChoice>>(choices));
  if (auto fault = refuse_rest(*object)) return *fault;
  if (!commit) return field_report("/commit", "which commit? give its id");
  asked.commit = *commit;
  return asked;
}

Result<bool> is_on_branch(const Call& call, const CommitId& commit) {
  auto head = TRY(call.backend.repository.head_of(call.branch()));
  return head ? storage::is_ancestor(call.backend.repository, commit, *head) : Result<bool>(false);
}

// What the undoing is about; a commit that is none of the branch's is 422.
std::variant<change::UndoRequest, ProblemReport> request_of(const Call& call, Asked asked) {
  const storage::Repository& repository = call.backend.repository;
  auto commit = repository.resolve(asked.commit);
  if (!commit) return field_report("/commit", commit.error().message);
  auto is_there = is_on_branch(call, *commit);
  if (!is_there) return report_of(is_there.error());
  if (!*is_there) return field_report("/commit", "the branch does not have this commit");
  auto record = repository.read_commit(*commit);
  if (!record) return report_of(record.error());
  auto request = undo_of(repository, *record);
  if (!request) return report_of(request.error());
  if (asked.message) request->message = std::move(*asked.message);
  if (request->message.empty()) return field_report("/message", "the message is empty");
  for (FileChoice& choice : asked.choices) {
    request->choices[choice.path].push_back(std::move(choice.choice));
  }
  request->author_name = call.principal.commit_name;
  request->author_email = call.principal.commit_email;
  request->trailers = call.trailers();
  request->trailers.emplace_back("Reverts", commit->hex());
  return std::move(*request);
}

// What the request is prepared on.
std::optional<CommitId> newest_of(const Call& call) {
  auto standing = standing_of(call);
  if (!std::holds_alternative<pipeline::Standing>(standing)) return std::nullopt;
  return std::get<pipeline::Standing>(standing).commit;
}

}  // namespace

Answer revert_commit(const Call& call) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  auto asked = asked_of(call);
  if (auto* report = std::get_if<ProblemReport>(&asked)) return *report;
  std::optional<std::string> seen = std::get<Asked>(asked).seen;
  auto parsed = request_of(call, std::move(std::get<Asked>(asked)));
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  auto& request = std::get<change::UndoRequest>(parsed);
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) {
    auto now = newest_of(call);
    bool is_outdated = seen && now && now->hex() != *seen;
    if (!is_outdated) return change::prepare_undo(ground, request);
    // What others have written since, nobody has decided on.
    change::UndoRequest undecided = request;
    undecided.choices.clear();
    return change::prepare_undo(ground, undecided);
  };
  write.refuse = [&](const site::Site& site, const change::Refusal& refusal) {
    ProblemReport report = report_of(site, {}, refusal);
    if (auto now = newest_of(call)) report.extensions["head"] = now->hex();
    return report;
  };
  return run_write(call, write);
}

}  // namespace stet::api

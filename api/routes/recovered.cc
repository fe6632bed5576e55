#include "api/routes/recovered.h"

#include "api/routes/route.h"
#include "api/routes/write_path.h"
#include "api/routes/written.h"
#include "cms/change/locate.h"
#include "cms/document/diff_text.h"
#include "storage/diff/diff.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

using storage::FileState;

Result<std::optional<std::string>> text_of(const storage::SnapshotPtr& snapshot,
                                           const std::optional<FileState>& state) {
  if (!state || !storage::is_readable(state->kind)) return std::optional<std::string>();
  return std::optional(TRY(snapshot->read(state->blob)));
}

// Of what the route answers: a commit may be of its entry's kind and of others.
bool is_of_entry(const Call& call) {
  return call.route.resource && call.route.response_schema == "WriteAnswer";
}

// What the commit did, as a plan that is done.
Result<change::Plan> plan_of(const Call& call, const site::Site& site, const CommitId& commit) {
  const storage::Repository& repository = call.backend.repository;
  storage::CommitRecord record = TRY(repository.read_commit(commit));
  std::optional<CommitId> parent;
  storage::SnapshotPtr before;
  if (!record.parents.empty()) {
    parent = record.parents.front();
    before = TRY(storage::open_git_snapshot(repository, *parent));
  }
  storage::SnapshotPtr after = TRY(storage::open_git_snapshot(repository, commit));
  change::Plan plan;
  for (const storage::FileChange& file : TRY(storage::compare(repository, parent, commit))) {
    const change::Resource* resource = is_of_entry(call) ? call.route.resource : nullptr;
    std::string label(call.label());
    if (!resource) {
      resource = change::resource_of(site, file.path);
      if (!resource) resource = &change::resource_of(change::EntryKind::kFile);
      label = change::label_of(site, *resource, file.path.view());
    }
    change::PlannedAction action{.resource = resource,
                                 .label = std::move(label),
                                 .path = file.path,
                                 .before = TRY(text_of(before, file.before)),
                                 .after = TRY(text_of(after, file.after))};
    plan.diff += document::unified_diff(
        file.path.view(), action.before.value_or(""), action.after.value_or(""));
    plan.edits.emplace(file.path, action.after);
    plan.actions.push_back(std::move(action));
  }
  return plan;
}

Answer recovered_in_change(const Call& call, const CommitId& commit) {
  auto standing = standing_at(call.backend, commit);
  if (!standing) return report_of(standing.error());
  auto plan = plan_of(call, *standing->site, commit);
  if (!plan) return report_of(plan.error());
  Written written{.is_of_entry = is_of_entry(call) && plan->actions.size() == 1,
                  .is_recovered = true,
                  .plan = std::move(*plan),
                  .commit = commit};
  http::Response response = changed_response(call, written, *standing);
  response.headers.set("Idempotency-Replayed", "true");
  return response;
}

}  // namespace

Answer recovered_with(const Call& call,
                      const CommitId& commit,
                      std::function<void(const site::Site&, Json&)> complete) {
  Written written{.is_of_entry = false,
                  .is_recovered = true,
                  .plan = {},
                  .commit = commit,
                  .complete = std::move(complete)};
  std::optional<http::Response> response;
  if (call.change) {
    auto standing = standing_at(call.backend, commit);
    if (!standing) return report_of(standing.error());
    response = changed_response(call, written, *standing);
  } else {
    auto published = publish_and_wait(call);
    if (!published) return unpublished_report(published.error(), commit);
    response = written_response(call, written, **published);
  }
  response->headers.set("Idempotency-Replayed", "true");
  return *std::move(response);
}

Answer recovered_answer(const Call& call, const CommitId& commit) {
  if (call.route.recover) return call.route.recover(call, commit);
  if (call.change) return recovered_in_change(call, commit);
  auto published = publish_and_wait(call);
  if (!published) return unpublished_report(published.error(), commit);
  auto plan = plan_of(call, *call.backend.pipeline.site(), commit);
  if (!plan) return report_of(plan.error());
  Written written{.is_of_entry = is_of_entry(call) && plan->actions.size() == 1,
                  .is_recovered = true,
                  .plan = std::move(*plan),
                  .commit = commit};
  http::Response response = written_response(call, written, **published);
  response.headers.set("Idempotency-Replayed", "true");
  return response;
}

}  // namespace stet::api

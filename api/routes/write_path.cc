#include "api/routes/write_path.h"

#include <map>

#include "api/auth/authenticate.h"
#include "api/changes/changes.h"
#include "api/http/negotiate.h"
#include "api/http/worker_pool.h"
#include "api/routes/change_news.h"
#include "api/routes/clash_report.h"
#include "api/routes/dry_run.h"
#include "api/routes/idempotency.h"
#include "api/routes/written.h"
#include "cms/change/author.h"
#include "cms/change/review_rules.h"
#include "storage/commit/commit_chain.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

using change::Plan;
using change::Refusal;

using ReadBlob = std::function<Result<std::string>(const BlobId&)>;

// A file as it is written: what is there now, and how it is to be: null where that is not known
// yet, none where it is deleted.
struct WrittenFile {
  const RepoPath& path;
  std::optional<BlobId> before;
  const std::optional<std::string>* after = nullptr;
};

ProblemReport not_own(const Call& call, const RepoPath& path) {
  const std::string& user = call.principal.rights.user;
  return {.status = 403,
          .detail = "'" + path.string() +
                    "': an author writes drafts of their own alone, with author: " + user +
                    " in the front matter",
          .type = ProblemType::kNotYours};
}

std::optional<ProblemReport> fault_of_owner(const Call& call,
                                            const WrittenFile& file,
                                            const ReadBlob& read) {
  const std::string& user = call.principal.rights.user;
  if (file.before) {
    auto before = read(*file.before);
    if (!before) return api::report_of(before.error());
    if (!change::names_author(*before, file.path.string(), user)) return not_own(call, file.path);
  }
  bool is_known = file.after && *file.after;
  if (!is_known || change::names_author(**file.after, file.path.string(), user))
    return std::nullopt;
  return not_own(call, file.path);
}

// Media name nobody: an author may add some.
std::optional<ProblemReport> fault_of_media(const WrittenFile& file) {
  if (!file.before) return std::nullopt;
  return ProblemReport{
      .status = 403,
      .detail = "'" + file.path.string() + "': " + std::string(auth::kOwnMediaFault),
      .type = ProblemType::kNotYours};
}

// Where approvals are wanted, nobody goes round them.
std::optional<ProblemReport> fault_of_review(const Call& call,
                                             const site::Site& site,
                                             auth::Area area) {
  if (call.change || area == auth::Area::kDrafts) return std::nullopt;
  change::ReviewRules rules = change::review_rules_of(site.config());
  bool is_admin = call.principal.rights.may(auth::Area::kServer, auth::Action::kWrite);
  if (rules.approvals == 0 || (rules.may_admins_bypass && is_admin)) return std::nullopt;
  return ProblemReport{.status = 403,
                       .detail = change::must_be_a_change(rules) +
                                 ": POST /api/v1/changes, then send the same with change=<its id>",
                       .type = ProblemType::kNeedsReview};
}

// What has a set time to be published at is for those who may publish it.
auth::Action action_of(const Call& call) {
  bool is_proposed = call.change && !call.change->publish_at;
  return is_proposed ? auth::Action::kPropose : auth::Action::kWrite;
}

std::optional<ProblemReport> fault_of_rights(const Call& call,
                                             const site::Site& site,
                                             const WrittenFile& file,
                                             const ReadBlob& read) {
  const change::Resource* resource = change::resource_of(site, file.path);
  if (!resource) resource = &change::resource_of(change::EntryKind::kFile);
  const auth::Area area = auth::area_of(*resource, file.path.view());
  const auth::Rights& rights = call.principal.rights;
  const auth::Action action = action_of(call);
  const auth::Reach reach = rights.reach(area, action);
  if (reach != auth::Reach::kNone) {
    if (auto fault = fault_of_review(call, site, area)) return fault;
  }
  if (reach == auth::Reach::kAll) return std::nullopt;
  if (reach == auth::Reach::kOwn && area == auth::Area::kMedia) return fault_of_media(file);
  if (reach == auth::Reach::kOwn) return fault_of_owner(call, file, read);
  const auth::Scope scope = auth::scope_of(area, action);
  std::string path = "'" + file.path.string() + "'";
  if (rights.scopes.allows(scope)) {
    return ProblemReport{.status = 403,
                         .detail = path + " is not for the role " +
                                   std::string(auth::name_of(*rights.role)) + " to " +
                                   std::string(auth::name_of(action)),
                         .type = ProblemType::kRoleForbids};
  }
  ProblemReport report{.status = 403,
                       .detail = "to write " + path + " the token needs the scope " +
                                 std::string(auth::name_of(scope))};
  report.headers.add("WWW-Authenticate", auth::challenge_of(scope));
  report.type = ProblemType::kMissingScope;
  return report;
}

ReadBlob reader_of(const Backend& backend) {
  return [&backend](const BlobId& blob) -> Result<std::string> {
    auto commit = backend.pipeline.commit();
    if (!commit) return unavailable("nothing is published yet");
    auto snapshot = TRY(storage::open_git_snapshot(backend.repository, *commit));
    return snapshot->read(blob);
  };
}

Result<std::optional<BlobId>> newest_blob(const Call& call, const RepoPath& path) {
  auto head = TRY(call.backend.repository.head_of(call.branch()));
  if (!head) return std::optional<BlobId>();
  auto snapshot = TRY(storage::open_git_snapshot(call.backend.repository, *head));
  auto entry = TRY(snapshot->find(path));
  return entry ? std::optional(entry->blob) : std::nullopt;
}

change::Ground ground_of(const Call& call, const pipeline::Standing& standing) {
  const Backend& backend = call.backend;
  const site::Site& site = *standing.site;
  return {.site = site,
          .read_blob = reader_of(backend),
          .now = backend.clock.now(),
          .site_with =
              [&backend, standing](const change::Edits& edits) {
                return backend.pipeline.site_with(standing, edits);
              },
          .may_write =
              [&call, &site](const RepoPath& path) {
                WrittenFile file{path, site.blob_of(path.string())};
                return !fault_of_rights(call, site, file, reader_of(call.backend));
              },
          .held = standing.site};
}

// The served branch's, or the change's; held while it is used.
Result<std::shared_ptr<storage::Committer>> committer_of(const Call& call) {
  if (call.change) return call.backend.changes->committer_of(call.change->id);
  return std::shared_ptr<storage::Committer>(std::shared_ptr<void>(), &call.backend.committer);
}

// True where the branch has moved on from what it was tried on, and is now followed.
Result<bool> catch_up(const Call& call, const CommitId& tried) {
  const Backend& backend = call.backend;
  auto head = TRY(backend.repository.head_of(call.branch()));
  if (call.change) return head && *head != tried;
  if (!head || head == backend.pipeline.commit()) return false;
  http::WorkerPool::Waiting waiting;
  TRY(backend.pipeline.publish_head(backend.branch()));
  return true;
}

// What somebody else's commit may have mended.
bool may_be_outdated(const Refusal& refusal) { return refusal.kind != Refusal::Kind::kForbidden; }

// Every file that is written, each where it is and where it goes.
std::optional<ProblemReport> fault_of_plan(const Call& call,
                                           const site::Site& site,
                                           const Plan& plan) {
  const ReadBlob read = reader_of(call.backend);
  // What the plan was made from: no other content will be written over.
  std::map<RepoPath, std::optional<BlobId>> before;
  for (const auto& [path, blob] : plan.change_set.preconditions) before.emplace(path, blob);
  for (const auto& [path, content] : plan.edits) {
    auto found = before.find(path);
    WrittenFile file{
        path, found == before.end() ? site.blob_of(path.string()) : found->second, &content};
    if (auto fault = fault_of_rights(call, site, file, read)) return fault;
  }
  // Contents that the repository has already are in no text.
  for (const storage::FileEdit& edit : plan.change_set.edits) {
    if (!edit.stored) continue;
    WrittenFile file{edit.path, site.blob_of(edit.path.string())};
    if (auto fault = fault_of_rights(call, site, file, read)) return fault;
  }
  return std::nullopt;
}

// A plan that changes nothing is no commit: the branch's head stands for it.
Result<storage::Committed> commit(const Call& call, const storage::ChangeSet& change_set) {
  if (!change_set.edits.empty()) {
    auto committer = TRY(committer_of(call));
    http::WorkerPool::Waiting waiting;
    return committer->commit(change_set);
  }
  auto head = TRY(call.backend.repository.head_of(call.branch()));
  if (!head) return unavailable("the branch has no commit yet");
  return storage::Committed{*head, std::nullopt, {}, true};
}

// What `prepare` says, asked while nobody else commits; null: nothing.
Result<storage::Committed> commit_in_turn(
    const Call& call,
    const std::function<Result<const storage::ChangeSet*>(const CommitId& head)>& prepare) {
  auto committer = TRY(committer_of(call));
  http::WorkerPool::Waiting waiting;
  return committer->commit_on_head(
      [&](const std::optional<CommitId>& head) -> Result<storage::HeadStep> {
        if (!head) return unavailable("the branch has no commit yet");
        const storage::ChangeSet* change_set = TRY(prepare(*head));
        if (!change_set || change_set->edits.empty()) return storage::HeadStep(*head);
        return storage::HeadStep(*change_set);
      });
}

// In the change there is nothing to be published.
Answer finish_in_change(const Call& call, const Written& written) {
  auto standing = standing_at(call.backend, written.commit);
  if (!standing) return unpublished_report(standing.error(), written.commit);
  if (!written.is_unchanged) tell_written(call);
  return changed_response(call, written, *standing);
}

Answer finish(const Call& call,
              const Write& write,
              Plan plan,
              storage::Committed committed,
              std::int64_t commit_ns) {
  Written written{.is_of_entry = write.is_of_entry,
                  .is_recovered = false,
                  .plan = std::move(plan),
                  .commit = committed.commit,
                  .blobs = std::move(committed.blobs),
                  .commit_ns = commit_ns,
                  .is_unchanged = committed.is_unchanged,
                  .complete = write.complete};
  if (call.change) return finish_in_change(call, written);
  std::string prefer = call.request.headers.joined("Prefer");
  if (http::preference(prefer, "respond-async") && call.backend.publish_soon) {
    call.backend.publish_soon();
    return accepted_response(call, written);
  }
  auto published = publish_and_wait(call);
  if (!published) return unpublished_report(published.error(), committed.commit);
  bool is_waited_for = http::preference(prefer, "wait").has_value();
  http::Response response = written_response(call, written, **published);
  if (is_waited_for) response.headers.add("Preference-Applied", "wait");
  return response;
}

// One write, tried until it is committed, or told why it cannot be.
class Tries {
 public:
  Tries(const Call& call, const Write& write) : call_(call), write_(write) {}

  Answer run() {
    for (int i = 0; i < kAttemptsMax; ++i) {
      if (auto answer = i < kLosesMax ? try_once() : try_in_turn()) return std::move(*answer);
    }
    return ProblemReport{.status = 503,
                         .detail = "others keep moving the branch; try again in a moment"};
  }

 private:
  // One of the two.
  struct Prepared {
    std::optional<Plan> plan;
    std::optional<Answer> answer;
    bool may_be_outdated = false;  // the answer
  };

  Prepared prepare_on(const pipeline::Standing& standing) {
    const site::Site& site = *standing.site;
    change::Ground ground = ground_of(call_, standing);
    site::SitePtr judged;  // the last that it was asked what it would be like
    ground.site_with = [&judged, make = ground.site_with](const change::Edits& edits) {
      auto made = make(edits);
      if (made) judged = *made;
      return made;
    };
    // What a dry run says is of one site throughout.
    if (!write_.is_dry_run) {
      ground.newest_blob = [this](const RepoPath& path) { return newest_blob(call_, path); };
    }
    auto outcome = write_.prepare(ground);
    if (!outcome) return {{}, api::report_of(outcome.error())};
    if (auto* refusal = std::get_if<Refusal>(&*outcome)) {
      ProblemReport report = write_.refuse(site, *refusal);
      if (judged) add_clashes(*judged, *refusal, report.extensions);
      return {{}, std::move(report), may_be_outdated(*refusal)};
    }
    Plan& plan = std::get<Plan>(*outcome);
    if (auto fault = fault_of_plan(call_, site, plan)) return {{}, std::move(*fault)};
    if (write_.is_dry_run) {
      if (!plan.change_set.edits.empty()) {
        auto fits = storage::rehearse(
            backend_.repository, standing.commit, plan.change_set, storage::CommitLimits());
        if (!fits) return {{}, api::report_of(fits.error())};
      }
      return {{},
              call_.change ? dry_run_in_change(call_, standing, write_, plan)
                           : dry_run_answer(call_, write_, plan)};
    }
    if (!call_.key_trailer.empty()) {
      plan.change_set.trailers.emplace_back(kKeyTrailer, call_.key_trailer);
    }
    return {std::move(plan), {}};
  }

  // None: somebody was faster.
  std::optional<Answer> try_once() {
    auto found = standing_of(call_);
    if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
    const auto& standing = std::get<pipeline::Standing>(found);
    Prepared prepared = prepare_on(standing);
    if (prepared.answer) {
      if (!prepared.may_be_outdated) return prepared.answer;
      auto caught_up = catch_up(call_, standing.commit);
      if (!caught_up) return api::report_of(caught_up.error());
      return *caught_up ? std::nullopt : std::move(prepared.answer);
    }
    std::int64_t begin = backend_.clock.monotonic_ns();
    auto committed = commit(call_, prepared.plan->change_set);
    return end(standing, std::move(*prepared.plan), std::move(committed), begin);
  }

  // What is live is brought to the head; of a change there is nothing that would have to be.
  Result<pipeline::Standing> standing_on(const CommitId& head) {
    if (call_.change) return standing_at(backend_, head);
    TRY(backend_.pipeline.publish_head(backend_.branch()));
    return *backend_.pipeline.standing();
  }

  // Prepared by the committer's thread, on a site that is made of the head that it holds.
  std::optional<Answer> try_in_turn() {
    Prepared prepared;
    auto found = standing_of(call_);
    if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
    auto standing = std::get<pipeline::Standing>(std::move(found));
    std::int64_t begin = backend_.clock.monotonic_ns();
    auto committed =
        commit_in_turn(call_, [&](const CommitId& head) -> Result<const storage::ChangeSet*> {
          standing = TRY(standing_on(head));
          prepared = prepare_on(standing);
          return prepared.plan ? &prepared.plan->change_set : nullptr;
        });
    if (committed && prepared.answer) return std::move(prepared.answer);
    return end(standing, std::move(prepared.plan).value_or(Plan()), std::move(committed), begin);
  }

  std::optional<Answer> end(const pipeline::Standing& standing,
                            Plan plan,
                            Result<storage::Committed> committed,
                            std::int64_t begin_ns) {
    if (committed) {
      std::int64_t took_ns = backend_.clock.monotonic_ns() - begin_ns;
      return finish(call_, write_, std::move(plan), std::move(*committed), took_ns);
    }
    bool is_beaten = committed.error().code == ErrorCode::kConflict ||
                     committed.error().code == ErrorCode::kNotFound;
    if (!is_beaten) return api::report_of(committed.error());
    auto caught_up = catch_up(call_, standing.commit);
    if (!caught_up) return api::report_of(caught_up.error());
    bool is_same = call_.change || backend_.pipeline.site() == standing.site;
    if (*caught_up || !is_same) return std::nullopt;
    // Nobody was first: it is what the change set asks for that cannot be.
    return api::report_of(committed.error());
  }

  const Call& call_;
  const Write& write_;
  const Backend& backend_ = call_.backend;
};

}  // namespace

Result<pipeline::PublishedPtr> publish_and_wait(const Call& call) {
  http::WorkerPool::Waiting waiting;
  return call.backend.pipeline.publish_head(call.backend.branch());
}

ProblemReport unpublished_report(const Error& error, const CommitId& commit) {
  ProblemReport report = api::report_of(error);
  if (report.status != 507) report.status = 503;
  report.detail = "the commit is made, and will be published with the next one: " + report.detail;
  report.extensions["commit"] = commit.hex();
  report.type = ProblemType::kUnpublished;
  return report;
}

Answer run_write(const Call& call, const Write& write) {
  std::optional<storage::Committer::Presence> presence;
  bool is_of_branch = !write.is_dry_run && !call.change;  // a change has a committer of its own
  if (is_of_branch) presence.emplace(call.backend.committer);
  return Tries(call, write).run();
}

}  // namespace stet::api

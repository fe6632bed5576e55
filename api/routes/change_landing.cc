#include "api/changes/publish.h"
#include "api/http/worker_pool.h"
#include "api/routes/change_calls.h"
#include "api/routes/change_json.h"
#include "api/routes/change_news.h"
#include "api/routes/request_json.h"
#include "api/routes/write_path.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

using changes::RecordPtr;
using changes::Verb;
using document::Data;
using Kind = change::MergeOutcome::Kind;

constexpr std::int64_t kSecondsPerYear = 366 * 86'400;

struct Asked {
  std::optional<CommitId> head;
  std::string message;
  std::optional<Instant> at;
  changes::Method method = changes::Method::kMerge;
};

std::variant<Instant, ProblemReport> instant_of(const Call& call, const std::string& text) {
  auto parsed = parse_iso_time(text);
  if (!parsed || !parsed->offset_seconds) {
    return field_report("/at", "a time with its offset: 2026-03-01T09:00:00+01:00");
  }
  Instant at{seconds_as_utc(parsed->civil) - *parsed->offset_seconds};
  Instant now = call.backend.clock.now();
  if (at <= now) return field_report("/at", "this is past; leave it out to publish now");
  if (at.seconds > now.seconds + kScheduleYearsMax * kSecondsPerYear) {
    return field_report("/at", "this is more than five years ahead");
  }
  return at;
}

std::variant<Asked, ProblemReport> asked_of(const Call& call) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> head, message, at, method;
  if (auto fault = take_text(*object, "head", head)) return *fault;
  if (auto fault = take_text(*object, "message", message)) return *fault;
  if (auto fault = take_text(*object, "at", at)) return *fault;
  if (auto fault = take_text(*object, "method", method)) return *fault;
  if (auto fault = refuse_rest(*object)) return *fault;
  Asked asked;
  asked.message = message.value_or("");
  if (head) {
    auto commit = CommitId::parse(*head);
    if (!commit) return field_report("/head", "head is a commit's 40 digits");
    asked.head = *commit;
  }
  if (method) {
    auto known = changes::method_of(*method);
    if (!known) return field_report("/method", "a method is merge, squash or fast-forward");
    asked.method = *known;
  }
  if (at) {
    auto instant = instant_of(call, *at);
    if (auto* report = std::get_if<ProblemReport>(&instant)) return *report;
    asked.at = std::get<Instant>(instant);
  }
  return asked;
}

ProblemReport conflict_report(const Call& call, const changes::Record& record) {
  ProblemReport report{.status = 409,
                       .detail =
                           "what the change edits was edited in what is live too; decide by "
                           "POST " +
                           change_url(record.id) + "/rebase with resolutions",
                       .type = ProblemType::kMergeConflict};
  auto meeting = call.backend.changes->meeting_of(record);
  if (!meeting) return report_of(meeting.error());
  report.extensions["conflicts"] = to_json((*meeting)->conflicts);
  report.extensions["served"] = (*meeting)->served.hex();
  for (const change::FileConflict& conflict : (*meeting)->conflicts) {
    report.errors.push_back({"", conflict.string("what is live")});
  }
  return report;
}

ProblemReport broken_report(const Problems& problems) {
  ProblemReport report{.status = 422, .detail = "what would be live is broken"};
  for (const Problem& problem : problems) report.errors.push_back({"", to_string(problem)});
  report.extensions["problems"] = to_json(problems);
  return report;
}

ProblemReport diverged_report(const changes::Record& record) {
  return {.status = 409,
          .detail = "what is live has moved on since: bring the change up to it with POST " +
                    change_url(record.id) + "/rebase, or publish it by merge or squash"};
}

ProblemReport report_of(const Call& call, const changes::Landing& landing) {
  switch (landing.outcome.kind) {
    case Kind::kConflicts: return conflict_report(call, *landing.record);
    case Kind::kUnrelated:
      return {.status = 409, .detail = "the change has no history in common with what is live"};
    case Kind::kDiverged: return diverged_report(*landing.record);
    default: return broken_report(landing.problems);
  }
}

// What stands against publishing it, now or later.
std::optional<ProblemReport> hindrance(const Call& call, const changes::Record& record) {
  if (record.state != changes::State::kOpen) {
    return ProblemReport{.status = 409,
                         .detail = "the change has ended: it is published, or withdrawn"};
  }
  auto faults = publish_faults(call, record);
  if (!faults) return api::report_of(faults.error());
  if (!faults->empty()) return forbidden_report("you may not publish this change", *faults);
  auto footing = call.backend.changes->footing_of(record);
  if (!footing) return api::report_of(footing.error());
  if ((*footing)->diff.empty()) {
    return ProblemReport{.status = 409, .detail = "the change changes nothing"};
  }
  auto approval = approval_of(call.backend, record);
  if (!approval) return api::report_of(approval.error());
  if (approval->is_met()) return std::nullopt;
  ProblemReport report{.status = 409,
                       .detail = "the change cannot be published yet: " + approval->reason()};
  report.extensions["approval"] = {{"wanted", approval->wanted},
                                   {"given", approval->given},
                                   {"asked_for_changes", approval->askers}};
  return report;
}

Answer schedule(const Call& call, const changes::Record& record, const Asked& asked) {
  changes::Note note{.verb = Verb::kSchedule, .title = {}, .description = {}};
  note.publish_at = asked.at;
  note.method = asked.method;
  auto noted = call.backend.changes->note(record.id, note, hand_of(call), record.head);
  if (!noted) return api::report_of(noted.error());
  tell_change(call.backend, record.id);
  auto json = full_json(call, **noted);
  if (auto* report = std::get_if<ProblemReport>(&json)) return std::move(*report);
  return json_response(202,
                       {{"change", std::get<Json>(std::move(json))},
                        {"commit", nullptr},
                        {"changed_urls", Json::array()},
                        {"stale_count", 0}});
}

Answer published_answer(const Call& call, const changes::Landing& landing) {
  CommitId commit = *landing.outcome.after;
  auto published = publish_and_wait(call);
  if (!published) return unpublished_report(published.error(), commit);
  tell_change(call.backend, landing.record->id);
  auto json = full_json(call, *landing.record);
  if (auto* report = std::get_if<ProblemReport>(&json)) return std::move(*report);
  return json_response(200,
                       {{"change", std::get<Json>(std::move(json))},
                        {"commit", commit.hex()},
                        {"changed_urls", (*published)->changed_urls},
                        {"stale_count", (*published)->live->manifest.stale_count()}});
}

Answer publish_now(const Call& call, const changes::Record& record, const Asked& asked) {
  auto approval = approval_of(call.backend, record);
  if (!approval) return api::report_of(approval.error());
  changes::LandRequest request{
      .id = record.id, .head = record.head, .hand = hand_of(call), .message = asked.message};
  request.reviewers = approval->reviewers;
  request.method = asked.method;
  // Asked again of what really comes in, on the head that it comes to.
  std::vector<auth::PathFault> faults;
  request.may_land = [&](const change::Push& push) -> Result<bool> {
    faults = TRY(auth::faults_of_push(push, call.principal.rights));
    return faults.empty();
  };
  auto land = [&] {
    http::WorkerPool::Waiting waiting;
    return changes::publish(*call.backend.changes, call.backend.committer, request);
  };
  auto landing = land();
  if (!landing) return api::report_of(landing.error());
  if (!faults.empty()) return forbidden_report("you may not publish this change", faults);
  if (!landing->outcome.has_landed()) return report_of(call, *landing);
  return published_answer(call, *landing);
}

std::variant<changes::RebaseRequest, ProblemReport> rebase_of(const Call& call) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  changes::RebaseRequest request;
  request.id = call.parameter("id");
  request.hand = hand_of(call);
  std::optional<std::string> seen;
  if (auto fault = take_text(*object, "seen", seen)) return *fault;
  auto choices = take_choices(*object, true);
  if (auto* report = std::get_if<ProblemReport>(&choices)) return *report;
  for (FileChoice& choice : std::get<std::vector<FileChoice>>(choices)) {
    request.choices[choice.path].push_back(std::move(choice.choice));
  }
  if (auto fault = refuse_rest(*object)) return *fault;
  if (seen) {
    auto commit = CommitId::parse(*seen);
    if (!commit) return field_report("/seen", "seen is what the conflict gave as served");
    request.seen = *commit;
  }
  return request;
}

// Of one that is to be published at a set time, the decisions are for those who may publish it; of
// another, for those who may propose the files.
std::optional<ProblemReport> fault_of_rebase(const Call& call,
                                             const changes::Record& record,
                                             const change::FileChoices& choices) {
  auto action = record.publish_at ? auth::Action::kWrite : auth::Action::kPropose;
  if (record.publish_at) {
    auto faults = publish_faults(call, record);
    if (!faults) return api::report_of(faults.error());
    if (!faults->empty()) return forbidden_report("the change has its time set", *faults);
  }
  auto site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&site)) return *report;
  for (const auto& [path, chosen] : choices) {
    auto parsed = RepoPath::parse(path);
    if (!parsed) return field_report("/resolutions", parsed.error().message);
    const change::Resource* resource = change::resource_of(*std::get<site::SitePtr>(site), *parsed);
    if (!resource) resource = &change::resource_of(change::EntryKind::kFile);
    if (call.principal.rights.reach(auth::area_of(*resource), action) == auth::Reach::kAll) {
      continue;
    }
    return ProblemReport{.status = 403, .detail = "'" + path + "' is not yours to decide on"};
  }
  return std::nullopt;
}

}  // namespace

Answer publish_change(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const changes::Record& record = *std::get<RecordPtr>(found);
  auto parsed = asked_of(call);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return std::move(*report);
  const Asked& asked = std::get<Asked>(parsed);
  if (asked.head && asked.head != record.head) {
    ProblemReport report{.status = 409, .detail = "the change has moved on; look at it again"};
    report.extensions["head"] = record.head.hex();
    return report;
  }
  if (auto fault = hindrance(call, record)) return std::move(*fault);
  return asked.at ? schedule(call, record, asked) : publish_now(call, record, asked);
}

Answer unschedule_change(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const changes::Record& record = *std::get<RecordPtr>(found);
  auto faults = publish_faults(call, record);
  if (!faults) return api::report_of(faults.error());
  if (!faults->empty()) return forbidden_report("you may not publish this change", *faults);
  if (!record.publish_at) {
    return ProblemReport{.status = 404, .detail = "no time is set for this change"};
  }
  changes::Note note{.verb = Verb::kUnschedule, .title = {}, .description = {}};
  auto noted = call.backend.changes->note(record.id, note, hand_of(call), record.head);
  if (!noted) return api::report_of(noted.error());
  tell_change(call.backend, record.id);
  auto json = full_json(call, **noted);
  if (auto* report = std::get_if<ProblemReport>(&json)) return std::move(*report);
  return json_response(200, std::get<Json>(json));
}

Answer rebase_change(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const changes::Record& record = *std::get<RecordPtr>(found);
  auto parsed = rebase_of(call);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return std::move(*report);
  const auto& request = std::get<changes::RebaseRequest>(parsed);
  if (auto fault = fault_of_rebase(call, record, request.choices)) return std::move(*fault);
  auto rebase = [&] {
    http::WorkerPool::Waiting waiting;
    return changes::rebase(*call.backend.changes, request);
  };
  auto landing = rebase();
  if (!landing && landing.error().code == ErrorCode::kInvalidInput) {
    return field_report("/resolutions", landing.error().message);
  }
  if (!landing) return api::report_of(landing.error());
  if (!landing->outcome.has_landed()) return report_of(call, *landing);
  if (landing->outcome.kind != Kind::kContained) {
    tell_change(call.backend, record.id);
  }
  auto json = full_json(call, *landing->record);
  if (auto* report = std::get_if<ProblemReport>(&json)) return std::move(*report);
  return json_response(200, std::get<Json>(json));
}

}  // namespace stet::api

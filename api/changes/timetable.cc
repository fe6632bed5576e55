#include "api/changes/timetable.h"

#include <algorithm>
#include <tuple>

namespace stet::changes {
namespace {

using Kind = change::MergeOutcome::Kind;

std::string reason_of(const Landing& landing) {
  if (landing.outcome.kind == Kind::kUnrelated) {
    return "it has no history in common with what is live";
  }
  if (landing.outcome.kind == Kind::kDiverged) {
    return "what is live has moved on, and the change was to be published by fast-forward: bring "
           "it up to what is live, or publish it by merge";
  }
  if (!landing.problems.empty()) return to_string(landing.problems.front());
  if (!landing.outcome.conflicts.empty()) {
    return "a conflict with what is live: " +
           landing.outcome.conflicts.front().string("the change");
  }
  return "it cannot be merged into what is live";
}

}  // namespace

std::optional<Instant> Timetable::round() {
  auto records = parts_.changes.all();
  if (!records) {
    parts_.note("look for scheduled changes: " + records.error().message);
    return std::nullopt;
  }
  std::erase_if(*records, [](const RecordPtr& record) {
    return !record->publish_at || record->state != State::kOpen;
  });
  std::sort(records->begin(), records->end(), [](const RecordPtr& a, const RecordPtr& b) {
    return std::tie(*a->publish_at, a->id) < std::tie(*b->publish_at, b->id);
  });
  for (const RecordPtr& record : *records) {
    if (*record->publish_at > parts_.clock.now()) return record->publish_at;
    Status done = publish_one(*record);
    if (!done) parts_.note("publish change " + record->id + ": " + done.error().message);
  }
  return std::nullopt;
}

void Timetable::block(const Record& record, std::string reason, bool is_hindered) {
  auto served = parts_.changes.served_head();
  Blocked blocked{.head = record.head,
                  .served = served ? *served : record.head,
                  .reason = std::move(reason),
                  .is_hindered = is_hindered,
                  .since = parts_.clock.now()};
  {
    std::lock_guard lock(mutex_);
    blocked_[record.id] = blocked;
  }
  parts_.blocked(std::make_shared<const Record>(record), blocked);
}

Status Timetable::publish_one(const Record& record) {
  CommitId served = TRY(parts_.changes.served_head());
  std::string hindrance = TRY(parts_.hindrance(record));
  auto before = blocked(record);
  bool is_told = before && (hindrance.empty() ? !before->is_hindered && before->served == served
                                              : before->reason == hindrance);
  if (is_told) return {};
  if (!hindrance.empty()) {
    block(record, std::move(hindrance), true);
    return {};
  }
  LandRequest request{.id = record.id, .head = record.head, .hand = {}, .message = {}};
  storage::Signature signature = parts_.changes.branches().committer();
  request.hand.signature = {record.author.name, record.author.email, {parts_.clock.now().seconds}};
  if (request.hand.signature.name.empty()) request.hand.signature = signature;
  request.hand.trailers = {{"Stet-Scheduled-By", record.scheduled_by}};
  request.reviewers = TRY(parts_.reviewers(record));
  request.method = record.method;
  auto landing = publish(parts_.changes, parts_.served, request);
  if (!landing && landing.error().code == ErrorCode::kConflict) {
    block(record, landing.error().message, false);
    return {};
  }
  if (!landing) return std::move(landing).error();
  if (!landing->outcome.has_landed()) {
    block(record, reason_of(*landing), false);
    return {};
  }
  {
    std::lock_guard lock(mutex_);
    blocked_.erase(record.id);
  }
  parts_.published(landing->record);
  return {};
}

std::optional<Blocked> Timetable::blocked(const Record& record) const {
  std::lock_guard lock(mutex_);
  auto found = blocked_.find(record.id);
  if (found == blocked_.end() || found->second.head != record.head) return std::nullopt;
  return found->second;
}

}  // namespace stet::changes

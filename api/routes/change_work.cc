#include "api/routes/change_work.h"

#include "api/routes/change_json.h"
#include "api/routes/change_news.h"

namespace stet::api {

Result<std::unique_ptr<ChangeWork>> ChangeWork::make(Backend& backend, Parts parts) {
  auto reviews = TRY(storage::Reviews::open(parts.ledger));
  auto teller = TRY(ChangeTeller::make(backend, parts.ledger));
  std::unique_ptr<ChangeWork> work(
      new ChangeWork(backend, std::move(parts), std::move(reviews), std::move(teller)));
  backend.changes = &work->changes_;
  backend.reviews = work->reviews_.get();
  backend.previews = &work->previews_;
  backend.timetable = &work->timetable_;
  backend.news_between = [teller = work->teller_.get()](std::int64_t after, std::int64_t until) {
    return teller->told_between(after, until);
  };
  return work;
}

ChangeWork::ChangeWork(Backend& backend,
                       Parts parts,
                       std::unique_ptr<storage::Reviews> reviews,
                       std::unique_ptr<ChangeTeller> teller)
    : backend_(backend),
      reviews_(std::move(reviews)),
      teller_(std::move(teller)),
      branches_(backend.repository, std::move(parts.commits), backend.clock),
      changes_({backend.repository, branches_, backend.branch(), parts.random}),
      previews_(backend.pipeline, backend.publisher, backend.store),
      timetable_(timetable_parts()) {
  changes_.set_listener([this](std::string_view id) { teller_->look_at(id); });
}

ChangeWork::~ChangeWork() {
  backend_.changes = nullptr;
  backend_.reviews = nullptr;
  backend_.previews = nullptr;
  backend_.timetable = nullptr;
  backend_.news_between = nullptr;
}

void ChangeWork::note(std::string_view text) const {
  if (backend_.note) backend_.note(text);
}

changes::Timetable::Parts ChangeWork::timetable_parts() {
  return {.changes = changes_,
          .served = backend_.committer,
          .clock = backend_.clock,
          .hindrance = [this](const changes::Record& record) -> Result<std::string> {
            auto approval = TRY(approval_of(backend_, record));
            if (!approval.is_met()) return approval.reason();
            return fault_of_schedule(backend_, record);
          },
          .reviewers = [this](const changes::Record& record) -> Result<std::vector<std::string>> {
            return TRY(approval_of(backend_, record)).reviewers;
          },
          .published =
              [this](const changes::RecordPtr& record) {
                auto published = backend_.pipeline.publish_head(backend_.branch());
                if (!published) note("publish a change: " + published.error().message);
                teller_->look_at(record->id);
              },
          .blocked =
              [this](const changes::RecordPtr& record, const changes::Blocked& blocked) {
                note("change " + record->id + " cannot be published: " + blocked.reason);
                teller_->tell_blocked(*record, blocked);
              },
          .note = [this](std::string_view text) { note(text); }};
}

std::optional<Instant> ChangeWork::round() {
  Status closed = changes_.close_merged({branches_.committer(), {}});
  if (!closed) note("look for merged changes: " + closed.error().message);
  std::optional<Instant> next = timetable_.round();
  teller_->look();
  return next;
}

}  // namespace stet::api

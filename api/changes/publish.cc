#include "api/changes/publish.h"

#include "storage/base/utf8.h"
#include "storage/history/merge_base.h"

namespace stet::changes {
namespace {

using Kind = change::MergeOutcome::Kind;

constexpr int kNoteAttemptsMax = 10;
constexpr std::string_view kReviewedBy = "Reviewed-by", kCoAuthor = "Co-authored-by";

change::MergeShape shape_of(Method method) {
  switch (method) {
    case Method::kSquash: return change::MergeShape::kSquash;
    case Method::kFastForward: return change::MergeShape::kForward;
    case Method::kMerge: break;
  }
  return change::MergeShape::kMerge;
}

// A squashed change is by those who have written it; who publishes it stands in the trailers.
void add_writers(const Record& record, change::MergeRequest& merge) {
  merge.trailers.emplace_back(kHeadTrailer, record.head.hex());
  const std::vector<Person>& people = record.people;
  if (people.empty()) return;
  merge.author.name = people.front().name;
  merge.author.email = people.front().email;
  for (auto person = people.begin() + 1; person != people.end(); ++person) {
    merge.trailers.emplace_back(kCoAuthor, person->name + " <" + person->email + ">");
  }
}

Status check_open(const Record& record) {
  if (record.state == State::kPublished) return conflict("the change is published already");
  if (record.state == State::kWithdrawn)
    return conflict("the change is withdrawn; reopen it first");
  return {};
}

std::string message_of(const LandRequest& request, const Record& record) {
  if (!request.message.empty()) return request.message;
  std::string message = "Publish '" + printable(record.title, kTitleBytesMax) + "'";
  if (!record.description.empty()) message += "\n\n" + record.description;
  return message;
}

// Writes down that the change is published as `commit`. What others have noted upon it meanwhile, a
// new title or that it is withdrawn, does not undo that; where its files were edited further it
// stays as it is, and is about the rest.
Result<RecordPtr> note_publication(Changes& changes,
                                   const Hand& hand,
                                   RecordPtr record,
                                   const CommitId& commit) {
  Note note{.verb = Verb::kPublish, .title = {}, .description = {}};
  note.published_as = commit;
  const TreeId landed = record->tree;
  for (int attempt = 1;; ++attempt) {
    auto noted = changes.note(record->id, note, with_base(hand, *record), record->head);
    bool is_beaten = !noted && noted.error().code == ErrorCode::kConflict;
    if (!is_beaten || attempt == kNoteAttemptsMax) return noted;
    record = TRY(changes.find(record->id));
    if (record->state == State::kPublished || record->tree != landed) return record;
  }
}

// The errors of a push; others have been shown where the edits were made.
Result<Problems> errors_of(const change::Push& push) {
  Problems problems;
  for (change::PushProblem& found : TRY(change::check_push(push))) {
    if (found.problem.severity == Severity::kError) problems.push_back(std::move(found.problem));
  }
  return problems;
}

}  // namespace

Result<Landing> publish(Changes& changes, storage::Committer& served, const LandRequest& request) {
  RecordPtr record = TRY(changes.find(request.id));
  TRY(check_open(*record));
  if (request.head && record->head != request.head) {
    return conflict("the change has moved on; look at it again");
  }
  Landing landing{.outcome = {}, .record = record};
  change::MergeRequest merge{.commit = record->head,
                             .author = request.hand.signature,
                             .message = message_of(request, *record),
                             .trailers = request.hand.trailers};
  merge.shape = shape_of(request.method);
  merge.trailers.emplace_back(kChangeTrailer, record->id);
  if (request.method == Method::kSquash) add_writers(*record, merge);
  for (const std::string& reviewer : request.reviewers) {
    merge.trailers.emplace_back(kReviewedBy, reviewer);
  }
  merge.judge = [&](change::Push push) -> Result<bool> {
    landing.problems.clear();
    if (request.may_land && !TRY(request.may_land(push))) return false;
    landing.problems = TRY(errors_of(push));
    return landing.problems.empty();
  };
  landing.outcome = TRY(change::merge_into(changes.branches().repository(), served, merge));
  if (!landing.outcome.has_landed()) return landing;
  // It is published: whatever hinders the note, close_merged() writes it later.
  auto noted = note_publication(changes, request.hand, record, *landing.outcome.after);
  if (noted) landing.record = *std::move(noted);
  return landing;
}

Result<Landing> rebase(Changes& changes, const RebaseRequest& request) {
  RecordPtr record = TRY(changes.find(request.id));
  TRY(check_open(*record));
  CommitId live = TRY(changes.served_head());
  if (request.seen && live != request.seen) {
    return conflict("what is live has moved on since; look at the conflicts again");
  }
  change::MergeRequest merge{.commit = live,
                             .author = request.hand.signature,
                             .message = "Bring '" + printable(record->title, kTitleBytesMax) +
                                        "' up to " + changes.served(),
                             .trailers = request.hand.trailers};
  merge.shape = change::MergeShape::kMerge;
  merge.choices = request.choices;
  auto committer = TRY(changes.committer_of(record->id));
  Landing landing{.outcome = {}, .record = record};
  landing.outcome = TRY(change::merge_into(changes.branches().repository(), *committer, merge));
  landing.record = TRY(changes.find(record->id));
  return landing;
}

}  // namespace stet::changes

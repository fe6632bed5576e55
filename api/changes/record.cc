#include "api/changes/record.h"

#include <algorithm>

#include "storage/base/utf8.h"
#include "storage/history/merge_base.h"

namespace stet::changes {
namespace {

using storage::CommitRecord;
using storage::Repository;

Person person_of(const CommitRecord& commit) {
  return {commit.author.name, commit.author.email, actor_of(commit)};
}

void note(const Note& said, const CommitRecord& commit, Record& record) {
  switch (said.verb) {
    case Verb::kOpen:
    case Verb::kDescribe:
      record.title = said.title;
      record.description = said.description;
      return;
    case Verb::kSchedule:
      record.publish_at = said.publish_at;
      record.method = said.method;
      record.scheduled_by = actor_of(commit);
      return;
    case Verb::kAskReview: record.wants_review = true; return;
    case Verb::kUnaskReview: record.wants_review = false; return;
    case Verb::kWithdraw:
      record.state = State::kWithdrawn;
      record.wants_review = false;
      break;
    case Verb::kReopen: record.state = State::kOpen; break;
    case Verb::kPublish:
      record.state = State::kPublished;
      record.published_as = said.published_as;
      break;
    case Verb::kUnschedule: break;
  }
  record.publish_at.reset();
  record.scheduled_by.clear();
}

void add_person(Person person, Record& record) {
  bool is_known =
      std::find(record.people.begin(), record.people.end(), person) != record.people.end();
  if (!is_known && record.people.size() < kPeopleMax) record.people.push_back(std::move(person));
}

}  // namespace

bool is_id(std::string_view id) {
  if (id.empty() || id.size() > kIdBytesMax) return false;
  bool is_plain = std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  return is_plain && id.front() != '.' && id.front() != '-' && id.back() != '.' &&
         id.find("..") == std::string_view::npos && !id.ends_with(".lock");
}

std::string branch_of(std::string_view id) { return std::string(kBranches).append(id); }

std::string actor_of(const CommitRecord& commit) {
  std::string user(trailer_of(commit.message, "Stet-User"));
  return user.empty() ? std::string(trailer_of(commit.message, "Stet-Token")) : user;
}

Result<Line> line_of(const Repository& repository,
                     const CommitId& head,
                     const std::optional<CommitId>& served) {
  Line line;
  std::optional<CommitId> left;
  for (std::optional<CommitId> at = head; at && line.commits.size() < kCommitsMax;) {
    line.commits.push_back(TRY(repository.read_commit(*at)));
    const CommitRecord& commit = line.commits.back();
    auto note = note_of(commit.message);
    if (note && note->verb == Verb::kOpen) {
      line.has_beginning = true;
      return line;
    }
    auto base = CommitId::parse(trailer_of(commit.message, kBaseTrailer));
    if (base && !left && note && note->verb == Verb::kPublish) left = *base;
    at = commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
  }
  // Looked for once a look at the messages has found no beginning.
  if (served && !left) left = TRY(storage::merge_base(repository, *served, head));
  auto end = std::find_if(line.commits.begin(), line.commits.end(), [&](const CommitRecord& one) {
    return one.id == left;
  });
  line.commits.erase(end, line.commits.end());
  return line;
}

Hand with_base(Hand hand, const Record& record) {
  hand.trailers.emplace_back(kBaseTrailer, record.base.hex());
  return hand;
}

Result<RecordPtr> read_record(const Repository& repository,
                              std::string_view id,
                              const CommitId& head,
                              const std::optional<CommitId>& served) {
  Line line = TRY(line_of(repository, head, served));
  if (line.commits.empty()) return RecordPtr();
  auto record = std::make_shared<Record>();
  const CommitRecord& oldest = line.commits.back();
  record->id = id;
  record->head = head;
  record->tree = line.commits.front().tree;
  record->base = oldest.parents.empty() ? oldest.id : oldest.parents.front();
  record->author = person_of(oldest);
  record->created = {oldest.committer.when.seconds};
  record->updated = {line.commits.front().committer.when.seconds};
  if (!line.has_beginning) record->title = printable(oldest.subject(), kTitleBytesMax);
  for (auto commit = line.commits.rbegin(); commit != line.commits.rend(); ++commit) {
    if (auto said = note_of(commit->message)) {
      note(*said, *commit, *record);
      continue;
    }
    ++record->commits;
    add_person(person_of(*commit), *record);
    // Whatever was done is done on.
    if (record->state == State::kPublished) record->state = State::kOpen;
  }
  if (record->state != State::kPublished) record->published_as.reset();
  return RecordPtr(std::move(record));
}

}  // namespace stet::changes

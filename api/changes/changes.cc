#include "api/changes/changes.h"

#include <algorithm>
#include <array>
#include <set>

#include "storage/base/hex.h"
#include "storage/commit/branch_start.h"
#include "storage/history/commit_range.h"

namespace stet::changes {
namespace {

constexpr std::size_t kServedAtOnce = 10'000;  // commits since the last look, before all is asked

Error no_change(std::string_view id) {
  return not_found("there is no change '" + std::string(id.substr(0, kIdBytesMax)) + "'");
}

std::string make_id(RandomSource& random) {
  std::array<std::uint8_t, 6> bytes{};
  random.fill(bytes);
  return encode_hex(bytes);
}

}  // namespace

Result<CommitId> Changes::served_head() const {
  auto head = TRY(parts_.repository.head_of(parts_.served));
  if (!head) return unavailable("the branch '" + parts_.served + "' has no commit yet");
  return *head;
}

Result<RecordPtr> Changes::read(const std::string& id,
                                const CommitId& head,
                                const CommitId& served) {
  {
    std::lock_guard lock(mutex_);
    auto found = known_.find(id);
    if (found != known_.end() && found->second.record->head == head) return found->second.record;
  }
  RecordPtr record = TRY(read_record(parts_.repository, id, head, served));
  std::lock_guard lock(mutex_);
  if (!record) {
    known_.erase(id);
  } else {
    if (known_.size() > 2 * kAllMax) known_.clear();
    known_[id].record = record;
  }
  return record;
}

Result<std::vector<RecordPtr>> Changes::all() {
  CommitId served = TRY(served_head());
  std::vector<RecordPtr> records;
  for (const std::string& branch : TRY(parts_.repository.branches())) {
    std::string_view id = branch;
    if (!id.starts_with(kBranches)) continue;
    id.remove_prefix(kBranches.size());
    if (!is_id(id)) continue;
    auto head = parts_.repository.head_of(branch);
    if (!head || !*head) continue;  // it went meanwhile, or is no commit
    if (auto record = TRY(read(std::string(id), **head, served))) {
      records.push_back(std::move(record));
    }
  }
  return records;
}

Result<RecordPtr> Changes::find(std::string_view id) {
  if (!is_id(id)) return no_change(id);
  auto head = parts_.repository.head_of(branch_of(id));
  if (!head && head.error().code != ErrorCode::kNotFound) return std::move(head).error();
  if (!head || !*head) return no_change(id);
  RecordPtr record = TRY(read(std::string(id), **head, TRY(served_head())));
  return record ? Result<RecordPtr>(record) : no_change(id);
}

Result<RecordPtr> Changes::begin(const Beginning& beginning) {
  auto records = TRY(all());
  auto open = std::count_if(records.begin(), records.end(), [](const RecordPtr& record) {
    return record->state == State::kOpen;
  });
  if (static_cast<std::size_t>(open) >= kOpenMax || records.size() >= kAllMax) {
    return conflict("there are " + std::to_string(open) + " open changes and " +
                    std::to_string(records.size()) +
                    " in all: publish or withdraw some, and delete those that have ended");
  }
  std::string id = make_id(parts_.random);
  Note note{.verb = Verb::kOpen, .title = beginning.title, .description = beginning.description};
  TRY(storage::begin_branch(parts_.repository,
                            {.branch = branch_of(id),
                             .base = beginning.base,
                             .first = change_set_of(note, beginning.hand),
                             .committer = parts_.branches.committer()}));
  return find(id);
}

Result<std::shared_ptr<storage::Committer>> Changes::committer_of(std::string_view id) {
  if (!is_id(id)) return no_change(id);
  return parts_.branches.of(branch_of(id));
}

Result<RecordPtr> Changes::note(std::string_view id,
                                const Note& note,
                                const Hand& hand,
                                const std::optional<CommitId>& head) {
  auto committer = TRY(committer_of(id));
  TRY(committer->commit_on_head(
      [&](const std::optional<CommitId>& now) -> Result<storage::HeadStep> {
        if (head && now != head) return conflict("the change has moved on; look at it again");
        return storage::HeadStep(change_set_of(note, hand));
      }));
  return find(id);
}

Status Changes::end(const Record& record) {
  TRY(storage::end_branch(parts_.repository, branch_of(record.id), record.head));
  std::lock_guard lock(mutex_);
  known_.erase(record.id);
  return {};
}

Result<FootingPtr> Changes::footing_of(const Record& record) {
  CommitId served = TRY(served_head());
  {
    std::lock_guard lock(mutex_);
    auto found = known_.find(record.id);
    FootingPtr footing = found == known_.end() ? nullptr : found->second.footing;
    if (footing && footing->head == record.head && footing->served == served) return footing;
  }
  auto footing = std::make_shared<Footing>();
  footing->head = record.head;
  footing->served = served;
  footing->base = TRY(storage::merge_base(parts_.repository, served, record.head));
  // One that was merged would be about nothing: then it is about what it was.
  bool is_base = footing->base && record.state != State::kPublished && footing->base != record.head;
  footing->from = is_base ? *footing->base : record.base;
  CommitId to = record.head;
  if (record.published_as) {
    storage::CommitRecord made = TRY(parts_.repository.read_commit(*record.published_as));
    bool is_ours = trailer_of(made.message, kChangeTrailer) == record.id && !made.parents.empty();
    if (is_ours) footing->from = made.parents.front();
    if (is_ours) to = made.id;
  }
  footing->diff = TRY(storage::compare(parts_.repository, footing->from, to));
  footing->distance = TRY(storage::distance(parts_.repository, record.head, served));
  std::lock_guard lock(mutex_);
  if (auto found = known_.find(record.id); found != known_.end()) found->second.footing = footing;
  return FootingPtr(footing);
}

Result<MeetingPtr> Changes::meeting_of(const Record& record) {
  CommitId served = TRY(served_head());
  {
    std::lock_guard lock(mutex_);
    auto found = known_.find(record.id);
    MeetingPtr meeting = found == known_.end() ? nullptr : found->second.meeting;
    if (meeting && meeting->head == record.head && meeting->served == served) return meeting;
  }
  auto meeting = std::make_shared<Meeting>();
  meeting->head = record.head;
  meeting->served = served;
  auto merge = TRY(change::merge_commits(parts_.repository, record.head, served));
  meeting->is_related = merge.has_value();
  if (merge) meeting->conflicts = std::move(merge->conflicts);
  std::lock_guard lock(mutex_);
  if (auto found = known_.find(record.id); found != known_.end()) found->second.meeting = meeting;
  return MeetingPtr(meeting);
}

// Where they cannot be listed, each change is asked by itself.
Result<std::vector<CommitId>> Changes::newly_served(const CommitId& served) const {
  if (!looked_at_) return not_found("nothing was looked at yet");
  return storage::commits_between(parts_.repository, *looked_at_, served, kServedAtOnce);
}

// By the change's head in hex, the commit that has its edits. Back to where they were looked for
// last, along first parents, for that is where the server's own commits are.
Result<std::map<std::string, CommitId>> Changes::squashed(const std::vector<RecordPtr>& open,
                                                          const CommitId& served) const {
  std::map<std::string, CommitId> found;
  std::optional<CommitId> at = open.empty() ? std::nullopt : std::optional(served);
  for (std::size_t n = 0; at && at != looked_at_ && n < kServedAtOnce; ++n) {
    storage::CommitRecord commit = TRY(parts_.repository.read_commit(*at));
    std::string head(trailer_of(commit.message, kHeadTrailer));
    if (!head.empty() && !trailer_of(commit.message, kChangeTrailer).empty()) {
      found.emplace(std::move(head), commit.id);
    }
    at = commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
  }
  return found;
}

Status Changes::close_merged(const Hand& hand) {
  CommitId served = TRY(served_head());
  if (looked_at_ == served) return {};
  auto listed = newly_served(served);
  std::set<CommitId> news;
  if (listed) news.insert(listed->begin(), listed->end());
  auto records = TRY(all());
  std::erase_if(records, [](const RecordPtr& record) { return record->state != State::kOpen; });
  auto squashes = TRY(squashed(records, served));
  for (const RecordPtr& record : records) {
    auto squash = squashes.find(record->head.hex());
    bool is_there = squash != squashes.end() ||
                    (listed ? news.contains(record->head)
                            : TRY(storage::is_ancestor(parts_.repository, record->head, served)));
    if (!is_there) continue;
    // Whoever merged it; their commit is not looked for.
    Note note{.verb = Verb::kPublish, .title = {}, .description = {}};
    note.published_as = squash != squashes.end() ? squash->second : served;
    auto noted = this->note(record->id, note, with_base(hand, *record), record->head);
    if (!noted && noted.error().code != ErrorCode::kConflict) return std::move(noted).error();
  }
  looked_at_ = served;
  return {};
}

}  // namespace stet::changes

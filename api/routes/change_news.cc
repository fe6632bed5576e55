#include "api/routes/change_news.h"

#include <algorithm>
#include <map>

#include "api/changes/changes.h"
#include "api/events/event_json.h"
#include "api/routes/change_json.h"
#include "api/webhooks/dispatcher.h"
#include "storage/base/hash.h"
#include "storage/base/time.h"
#include "storage/history/merge_base.h"
#include "storage/sqlite/reviews.h"

namespace stet::api {
namespace {

using changes::Record;
using changes::RecordPtr;
using changes::Verb;
using storage::CommitRecord;
using Heads = std::map<std::string, std::string, std::less<>>;

constexpr std::int64_t kWordsAtOnce = 100;
constexpr std::size_t kShortId = 12;

std::string_view event_of(Verb verb) {
  switch (verb) {
    case Verb::kOpen: return "created";
    case Verb::kSchedule: return "scheduled";
    case Verb::kWithdraw: return "withdrawn";
    case Verb::kPublish: return "published";
    default: return "updated";
  }
}

std::string id_of(std::string_view change, std::string_view commit, std::string_view what) {
  return std::string("change-")
      .append(change)
      .append("-")
      .append(commit.substr(0, kShortId))
      .append("-")
      .append(what);
}

// By id, in hex.
Result<Heads> heads_of(const storage::Repository& repository) {
  Heads heads;
  for (const std::string& branch : TRY(repository.branches())) {
    if (!branch.starts_with(changes::kBranches)) continue;
    std::string id = branch.substr(changes::kBranches.size());
    if (!changes::is_id(id)) continue;
    auto head = repository.head_of(branch);
    if (head && *head) heads[id] = (*head)->hex();
  }
  return heads;
}

}  // namespace

// What is to be told together.
struct ChangeTeller::Fresh {
  struct Item {
    std::string type;
    Json data;
  };
  std::string change = {};
  std::optional<CommitId> served = std::nullopt;
  std::vector<storage::NewsRow> rows = {};
  std::vector<Item> items = {};
  std::string head = {};  // how far

  void add(std::string_view what, std::string id, Instant at, Json data) {
    std::string type = std::string("change.").append(what);
    Json body = {{"type", type}, {"timestamp", iso_instant(at)}, {"data", data}};
    rows.push_back({std::move(id), type, dump(body)});
    items.push_back({std::move(type), std::move(data)});
  }
};

Result<std::unique_ptr<ChangeTeller>> ChangeTeller::make(Backend& backend,
                                                         const std::filesystem::path& ledger) {
  auto news = TRY(storage::ChangeNews::open(ledger));
  auto told = TRY(news->told());
  if (!told) {
    TRY(news->begin(TRY(heads_of(backend.repository))));
    told = TRY(news->told());
  }
  if (!told) return internal("what was told of changes is not kept");
  std::unique_ptr<ChangeTeller> teller(new ChangeTeller(backend, std::move(news)));
  teller->told_ = *std::move(told);
  if (backend.events) backend.events->reach_news(TRY(teller->news_->newest()));
  return teller;
}

void ChangeTeller::note(const Status& status) const {
  if (!status && backend_.note) backend_.note("tell of changes: " + status.error().message);
}

void ChangeTeller::look() {
  std::lock_guard lock(mutex_);
  auto heads = heads_of(backend_.repository);
  if (!heads) return note(std::move(heads).error());
  std::vector<std::string> moved;
  for (const auto& [id, head] : *heads) {
    auto told = told_.heads.find(id);
    if (told == told_.heads.end() || told->second != head) moved.push_back(id);
  }
  for (const auto& [id, head] : told_.heads) {
    if (!heads->contains(id)) moved.push_back(id);
  }
  for (const std::string& id : moved) {
    auto head = heads->find(id);
    note(look_at_branch(
        id, head == heads->end() ? std::nullopt : std::optional(*CommitId::parse(head->second))));
  }
  note(look_at_words());
}

void ChangeTeller::look_at(std::string_view id) {
  if (!changes::is_id(id)) return;
  std::lock_guard lock(mutex_);
  auto head = backend_.repository.head_of(changes::branch_of(id));
  bool is_gone = !head && head.error().code == ErrorCode::kNotFound;
  if (!head && !is_gone) return note(std::move(head).error());
  note(look_at_branch(std::string(id), is_gone ? std::nullopt : *head));
  note(look_at_words());
}

// Published, and not yet live.
Result<bool> ChangeTeller::is_to_come(const CommitId& published_as) const {
  const publish::LivePointer live = backend_.publisher.shown().newest;
  auto is_live = live ? storage::is_ancestor(backend_.repository, published_as, live->commit)
                      : Result<bool>(false);
  // Of one that is nowhere any more nobody will ever say that it is live.
  if (!is_live || *is_live) return false;
  auto served = TRY(backend_.changes->served_head());
  return storage::is_ancestor(backend_.repository, published_as, served);
}

// "": nobody that we know of has pushed it.
Result<std::string> ChangeTeller::pusher_of(const std::string& change,
                                            const CommitId& commit) const {
  if (!backend_.reviews) return std::string();
  for (const storage::PusherRow& pusher : TRY(backend_.reviews->pushers(change))) {
    if (pusher.commit == commit.hex()) return pusher.actor;
  }
  return std::string();
}

Status ChangeTeller::add_commit(Fresh& fresh,
                                const CommitRecord& commit,
                                std::string_view what) const {
  RecordPtr record =
      TRY(changes::read_record(backend_.repository, fresh.change, commit.id, fresh.served));
  if (!record) return {};
  std::string by = changes::actor_of(commit);
  if (by.empty()) by = changes::trailer_of(commit.message, "Stet-Scheduled-By");
  if (by.empty()) by = TRY(pusher_of(fresh.change, commit.id));
  Json data = {{"change", brief_json(*record)}, {"by", by}};
  if (record->published_as) data["commit"] = record->published_as->hex();
  fresh.add(what,
            id_of(fresh.change, commit.id.hex(), what),
            {commit.committer.when.seconds},
            std::move(data));
  return {};
}

// Edits that come together are one event; what was noted is one each.
Status ChangeTeller::add_commits(Fresh& fresh,
                                 const changes::Line& line,
                                 const std::string& told) const {
  const std::vector<CommitRecord>& commits = line.commits;
  auto seen = std::find_if(commits.begin(), commits.end(), [&](const CommitRecord& commit) {
    return commit.id.hex() == told;
  });
  const CommitRecord& newest = commits.front();
  bool is_whole = told.empty() && line.has_beginning;
  if (seen == commits.end() && !is_whole) {  // somebody has pushed it anew, or for the first time
    fresh.head = newest.id.hex();
    return add_commit(fresh, newest, told.empty() ? "created" : "updated");
  }
  const CommitRecord* edit = nullptr;
  for (auto commit = std::make_reverse_iterator(seen); commit != commits.rend(); ++commit) {
    auto said = changes::note_of(commit->message);
    if (said && edit) TRY(add_commit(fresh, *edit, "updated"));
    if (said && said->published_as && TRY(is_to_come(*said->published_as))) return {};
    if (said) TRY(add_commit(fresh, *commit, event_of(said->verb)));
    edit = said ? nullptr : &*commit;
    fresh.head = commit->id.hex();
  }
  return edit ? add_commit(fresh, *edit, "updated") : Status();
}

Status ChangeTeller::look_at_branch(const std::string& id, const std::optional<CommitId>& head) {
  auto known = told_.heads.find(id);
  std::string told = known == told_.heads.end() ? "" : known->second;
  if (!head) return told.empty() ? Status() : tell({}, {.change = id});
  if (told == head->hex()) return {};
  auto served = TRY(backend_.repository.head_of(backend_.branch()));
  Fresh fresh{.change = id, .served = served, .head = told};
  auto line = TRY(changes::line_of(backend_.repository, *head, served));
  if (line.commits.empty()) {
    fresh.head = head->hex();
  } else {
    TRY(add_commits(fresh, line, told));
  }
  return fresh.head == told ? Status() : tell(fresh, {.change = id, .head = fresh.head});
}

Status ChangeTeller::look_at_words() {
  if (!backend_.reviews || !backend_.changes) return {};
  Fresh fresh;
  storage::NewsStep step;
  auto add = [&](const auto& row, Instant at, std::string_view what, auto more) -> Status {
    auto record = backend_.changes->find(row.change);
    if (!record && record.error().code == ErrorCode::kNotFound) return {};
    if (!record) return std::move(record).error();
    Json data = {{"change", brief_json(**record)}, {"by", row.user}, {"number", row.number}};
    data.update(more(**record));
    fresh.add(what,
              id_of(row.change, row.commit, what) + "-" + std::to_string(row.number),
              at,
              std::move(data));
    return {};
  };
  for (const auto& row : TRY(backend_.reviews->reviews_after(told_.review, kWordsAtOnce))) {
    TRY(add(row, row.at, "reviewed", [&](const Record& record) {
      return Json({{"review", to_json(record, row)}});
    }));
    step.review = row.number;
  }
  for (const auto& row : TRY(backend_.reviews->comments_after(told_.comment, kWordsAtOnce))) {
    TRY(add(row, row.created, "commented", [&](const Record&) {
      return Json({{"comment", to_json(row)}});
    }));
    step.comment = row.number;
  }
  TRY(add_dismissals(fresh, step));
  if (step.review == 0 && step.comment == 0 && step.dismissal == 0) return {};
  return tell(fresh, step);
}

Status ChangeTeller::add_dismissals(Fresh& fresh, storage::NewsStep& step) const {
  for (const auto& [number, review] :
       TRY(backend_.reviews->dismissals_after(told_.dismissal, kWordsAtOnce))) {
    step.dismissal = number;
    auto record = backend_.changes->find(review.change);
    if (!record && record.error().code == ErrorCode::kNotFound) continue;
    if (!record) return std::move(record).error();
    constexpr std::string_view kWhat = "review_dismissed";
    std::string id = id_of(review.change, review.commit, kWhat);
    fresh.add(kWhat,
              id + "-" + std::to_string(review.number),
              backend_.clock.now(),
              {{"change", brief_json(**record)},
               {"by", review.dismissed_by},
               {"number", review.number},
               {"review", to_json(**record, review)}});
  }
  return {};
}

Result<std::vector<events::ToldEvent>> ChangeTeller::told_between(std::int64_t after,
                                                                  std::int64_t until) {
  std::vector<events::ToldEvent> told;
  auto rows = TRY(news_->between(after, until, kReplayedMax + 1));
  if (rows.size() > kReplayedMax) {
    Json json = {{"reason", "too_many"}, {"read", {"/api/v1/changes"}}};
    told.push_back({std::string(events::kSkipped), dump(json), {.news = until}});
    return told;
  }
  for (const storage::NumberedNews& row : rows) {
    Json body = Json::parse(row.body, nullptr, false);
    if (!body.is_object() || !body.contains("data")) continue;
    told.push_back({row.type, dump(body["data"]), {.news = row.number}});
  }
  return told;
}

void ChangeTeller::tell_blocked(const Record& record, const changes::Blocked& blocked) {
  std::lock_guard lock(mutex_);
  Fresh fresh;
  fresh.add(
      "blocked",
      id_of(record.id, record.head.hex(), "blocked-") +
          fingerprint(blocked.reason).hex().substr(0, kShortId),
      blocked.since,
      {{"change", brief_json(record)}, {"by", record.scheduled_by}, {"reason", blocked.reason}});
  note(tell(fresh, {}));
}

Status ChangeTeller::tell(const Fresh& fresh, const storage::NewsStep& step) {
  auto numbers = TRY(news_->tell(fresh.rows, step, backend_.clock.now()));
  if (!step.change.empty()) {
    if (step.head.empty()) {
      told_.heads.erase(step.change);
    } else {
      told_.heads[step.change] = step.head;
    }
  }
  told_.review = std::max(told_.review, step.review);
  told_.comment = std::max(told_.comment, step.comment);
  told_.dismissal = std::max(told_.dismissal, step.dismissal);
  for (std::size_t i = 0; i < fresh.items.size(); ++i) {
    if (!numbers[i] || !backend_.events) continue;
    const Fresh::Item& item = fresh.items[i];
    backend_.events->tell({item.type, dump(item.data), {.news = numbers[i]}});
  }
  if (backend_.webhooks && !fresh.rows.empty()) backend_.webhooks->wake();
  return {};
}

void tell_change(const Backend& backend, std::string_view id) {
  if (backend.changes) backend.changes->say(id);
}

void tell_written(const Call& call) { tell_change(call.backend, call.change->id); }

}  // namespace stet::api
